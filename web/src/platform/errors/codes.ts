import { accountRefusals, chainRefusals } from '@kaishi/protocol/account';
import type {
	accountAbi,
	accountFactoryAbi,
	auctionsAbi,
	catalogAbi,
	courtAbi,
	deadlineAbi,
	entryPointAbi,
	faucetAbi,
	feeInsuranceAbi,
	forwarderAbi,
	juryAbi,
	operatorsAbi,
	orderBookAbi,
	potsAbi,
	recoveryAbi,
	reviewsAbi,
	shopAbi,
	tabsAbi,
	testTokenAbi,
} from '@kaishi/protocol/generated/index';
import { liveRefusals } from '@kaishi/protocol/live';

type ErrorNames<Abi extends readonly { type: string }[]> = Extract<Abi[number], { type: 'error'; name: string }>['name'];

/** Names of every error that the market's contracts can refuse with: a new one in a contract breaks the build until it has words. */
export type ContractErrorCode =
	| ErrorNames<typeof accountAbi>
	| ErrorNames<typeof accountFactoryAbi>
	| ErrorNames<typeof auctionsAbi>
	| ErrorNames<typeof catalogAbi>
	| ErrorNames<typeof courtAbi>
	| ErrorNames<typeof deadlineAbi>
	| ErrorNames<typeof feeInsuranceAbi>
	| ErrorNames<typeof juryAbi>
	| ErrorNames<typeof entryPointAbi>
	| ErrorNames<typeof faucetAbi>
	| ErrorNames<typeof forwarderAbi>
	| ErrorNames<typeof operatorsAbi>
	| ErrorNames<typeof orderBookAbi>
	| ErrorNames<typeof potsAbi>
	| ErrorNames<typeof recoveryAbi>
	| ErrorNames<typeof reviewsAbi>
	| ErrorNames<typeof shopAbi>
	| ErrorNames<typeof tabsAbi>
	| ErrorNames<typeof testTokenAbi>;

/** Refusals of this operator's server. */
export const serverErrorCodes = [
	...accountRefusals,
	...chainRefusals,
	...liveRefusals,
	'Cart_Full',
	'Cluster_NoLeader',
	'Dispute_InvalidReadingKey',
	'Dispute_NotReader',
	'Dispute_UnknownFile',
	'Media_Busy',
	'Media_DiskFull',
	'Media_NotFound',
	'Media_TooLarge',
	'Media_TooManyPixels',
	'Media_Unreadable',
	'Media_UnsupportedType',
	'Operator_Busy',
	'Operator_LimitReached',
	'Operator_NoReceipt',
	'Operator_Stopping',
	'Order_DownloadMissing',
	'Order_DownloadTooLarge',
	'Order_EmptyDownload',
	'Order_NoCreditNote',
	'Order_NoDownload',
	'Order_NoteMismatch',
	'Order_ReportTooLong',
	'Order_TooManyNotes',
	'Order_TooManyOffers',
	'Order_Unknown',
	'Request_ForeignOrigin',
	'Request_Invalid',
	'Request_InvalidCursor',
	'Request_InvalidJson',
	'Request_TooLarge',
	'Request_TooMany',
	'Request_UnknownPath',
	'Shop_TooManyWaits',
	'Shop_Unknown',
	'Social_Blocked',
	'Social_Blocking',
	'Social_Busy',
	'Social_MessageIdReused',
	'Social_NotStaff',
	'Social_NothingToShare',
	'Social_OwnShop',
	'Social_ShopChangedHands',
	'Social_TooManyFollows',
	'Social_UnknownBuyer',
	'Social_UnknownCard',
	'Social_UnknownConversation',
	'Social_UnknownPicture',
	'Storage_Full',
	'Tab_AlreadyPaidOut',
	'Tab_Closing',
	'Tab_InvalidPurchase',
	'Tab_NotForTabs',
	'Tab_OrdersPending',
	'Tab_OutOfStep',
	'Tab_TooManyPayees',
	'Tab_UnknownPurchase',
	'Tab_WrongAmount',
	'Tabs_OtherOperator',
] as const;
export type ServerErrorCode = (typeof serverErrorCodes)[number];

/** Refusals that arise in the browser. */
export const browserErrorCodes = [
	'Network_Lost',
	'Server_Failed',
	'Server_Refused',
	'Tab_Distrusted',
	'Passkey_Unsupported',
	'Passkey_Cancelled',
	'Passkey_Unknown',
	'Passkey_Failed',
	'Wallet_None',
	'Wallet_Rejected',
	'Wallet_WrongAccount',
	'Wallet_WrongChain',
	'Wallet_Failed',
] as const;
export type BrowserErrorCode = (typeof browserErrorCodes)[number];

export type ErrorCode = ContractErrorCode | ServerErrorCode | BrowserErrorCode;
