import type { Refusal } from '@kaishi/protocol/platform/errors';
import { m } from '../i18n/index.ts';
import type { ErrorCode } from './codes.ts';

type Words = (details: Record<string, string>) => string;

const contract: Words = () => m.errors_contract();
const signature: Words = () => m.errors_signature();
const expired: Words = () => m.errors_expired();
const funds: Words = () => m.errors_funds();
const already: Words = () => m.errors_already();
const forbidden: Words = () => m.errors_forbidden();
const content: Words = () => m.errors_content();
const closed: Words = () => m.errors_closed();
const busy: Words = () => m.errors_busy();

/** Every code that can reach a person, with its words. Typed exhaustively: a new contract error without words breaks the build. */
const words: Record<ErrorCode, Words> = {
	// Accounts and signatures
	AccountUnauthorized: forbidden,
	ERC7579DecodingError: contract,
	ERC7579UnsupportedExecType: contract,
	UnsupportedExecutionMode: contract,
	FailedCall: contract,
	FailedDeployment: contract,
	InvalidInitialization: contract,
	NotInitializing: contract,
	InvalidShortString: contract,
	StringTooLong: contract,
	OutOfRangeAccess: contract,
	MultiSignerERC7913AlreadyExists: already,
	MultiSignerERC7913InvalidSigner: signature,
	MultiSignerERC7913NonexistentSigner: signature,
	MultiSignerERC7913UnreachableThreshold: contract,
	MultiSignerERC7913ZeroThreshold: contract,
	InsufficientBalance: funds,
	DelegateAndRevert: contract,
	FailedOp: signature,
	FailedOpWithRevert: signature,
	PostOpReverted: contract,
	ReentrancyGuardReentrantCall: contract,
	SenderAddressResult: contract,
	SignatureValidationFailed: signature,
	ERC2771ForwarderExpiredRequest: expired,
	ERC2771ForwarderInvalidSigner: signature,
	ERC2771ForwarderMismatchedValue: contract,
	ERC2771ForwarderNoRefundReceiver: contract,
	ERC2771UntrustfulTarget: contract,
	InvalidAccountNonce: already,
	// Catalogue and shops
	Catalog_InvalidContent: content,
	Catalog_InvalidTerms: (d) => m.errors_Catalog_InvalidTerms({ variant: String(Number(d.variant ?? 0) + 1) }),
	Catalog_InvalidVariants: () => m.errors_Catalog_InvalidVariants(),
	Catalog_NotOrderBook: contract,
	Catalog_SoldOut: (d) => m.errors_Catalog_SoldOut({ left: d.left ?? '0' }),
	Catalog_TermsMismatch: () => m.errors_Catalog_TermsMismatch(),
	Catalog_Unauthorized: forbidden,
	Catalog_UnknownListing: () => m.errors_Catalog_UnknownListing(),
	ERC721IncorrectOwner: forbidden,
	ERC721InsufficientApproval: forbidden,
	ERC721InvalidApprover: forbidden,
	ERC721InvalidOperator: forbidden,
	ERC721InvalidOwner: forbidden,
	ERC721InvalidReceiver: contract,
	ERC721InvalidSender: contract,
	ERC721NonexistentToken: contract,
	Shop_InvalidContent: content,
	Shop_InvalidPayout: () => m.errors_Shop_InvalidPayout(),
	Shop_InvalidSlug: () => m.errors_Shop_InvalidSlug(),
	Shop_SlugTaken: () => m.errors_Shop_SlugTaken(),
	Shop_Unauthorized: forbidden,
	// Orders and money
	OrderBook_AlreadyPlaced: already,
	OrderBook_ArbitratorNotAllowed: () => m.errors_OrderBook_ArbitratorNotAllowed(),
	OrderBook_CurrencyNotAllowed: () => m.errors_OrderBook_CurrencyNotAllowed(),
	OrderBook_Expired: expired,
	OrderBook_InvalidAffiliate: () => m.errors_OrderBook_InvalidAffiliate(),
	OrderBook_InvalidQuantity: () => m.errors_OrderBook_InvalidQuantity(),
	OrderBook_InvalidShare: contract,
	OrderBook_InvalidSignature: signature,
	OrderBook_NotArbitrator: forbidden,
	OrderBook_NotBuyer: forbidden,
	OrderBook_NotSeller: forbidden,
	OrderBook_TooEarly: () => m.errors_OrderBook_TooEarly(),
	OrderBook_TooLate: () => m.errors_OrderBook_TooLate(),
	OrderBook_WrongFee: () => m.errors_OrderBook_WrongFee(),
	OrderBook_WrongState: () => m.errors_OrderBook_WrongState(),
	SafeERC20FailedOperation: funds,
	Vault_InsufficientBalance: funds,
	Vault_InvalidNonce: already,
	Vault_InvalidRecipient: () => m.errors_Vault_InvalidRecipient(),
	Vault_NativeTransferFailed: () => m.errors_Vault_NativeTransferFailed(),
	Vault_Unauthorized: forbidden,
	Vault_UnexpectedNative: contract,
	Vault_WrongAmountReceived: () => m.errors_Vault_WrongAmountReceived(),
	ECDSAInvalidSignature: signature,
	ECDSAInvalidSignatureLength: signature,
	ECDSAInvalidSignatureS: signature,
	ERC20InsufficientAllowance: funds,
	ERC20InsufficientBalance: funds,
	ERC20InvalidApprover: contract,
	ERC20InvalidReceiver: contract,
	ERC20InvalidSender: contract,
	ERC20InvalidSpender: contract,
	ERC2612ExpiredSignature: expired,
	ERC2612InvalidSigner: signature,
	ERC3009InvalidAuthorizationTime: expired,
	ERC3009InvalidSignature: signature,
	ERC3009UsedAuthorization: already,
	OwnableInvalidOwner: forbidden,
	OwnableUnauthorizedAccount: forbidden,
	SafeCastOverflowedUintDowncast: contract,
	TestToken_NotMinter: forbidden,
	Faucet_DailyCapReached: () => m.errors_Faucet_DailyCapReached(),
	Faucet_NativeTransferFailed: contract,
	Faucet_TooSoon: () => m.errors_Faucet_TooSoon(),
	// Reviews
	Reviews_AlreadyReplied: () => m.errors_Reviews_AlreadyReplied(),
	Reviews_AlreadyReviewed: () => m.errors_Reviews_AlreadyReviewed(),
	Reviews_InvalidContent: content,
	Reviews_InvalidRating: () => m.errors_Reviews_InvalidRating(),
	Reviews_NotParty: forbidden,
	Reviews_NothingToReply: () => m.errors_Reviews_NothingToReply(),
	Reviews_OrderNotEnded: () => m.errors_Reviews_OrderNotEnded(),
	// This operator's server
	Account_NotSignedIn: () => m.errors_Account_NotSignedIn(),
	Account_InvalidSignature: signature,
	Account_ChallengeExpired: () => m.errors_Account_ChallengeExpired(),
	Account_UnknownPasskey: () => m.errors_Account_UnknownPasskey(),
	Chain_Busy: busy,
	Chain_Closed: closed,
	Chain_Unreachable: closed,
	Chain_WrongChain: () => m.errors_Chain_WrongChain(),
	Chain_JournalFailed: closed,
	Media_DiskFull: () => m.errors_Media_DiskFull(),
	Media_NotFound: () => m.errors_Media_NotFound(),
	Media_TooLarge: () => m.errors_Media_TooLarge(),
	Media_TooManyPixels: () => m.errors_Media_TooManyPixels(),
	Media_Unreadable: () => m.errors_Media_Unreadable(),
	Media_UnsupportedType: () => m.errors_Media_UnsupportedType(),
	Request_Malformed: () => m.errors_Request_Malformed(),
	Request_TooLarge: () => m.errors_Request_TooLarge(),
	Request_TooMany: () => m.errors_Request_TooMany(),
	Request_NotFound: () => m.errors_Request_NotFound(),
	Request_WrongOrigin: () => m.errors_Server_Refused(),
	// The browser
	Network_Lost: () => m.errors_Network_Lost(),
	Server_Failed: () => m.errors_Server_Failed(),
	Server_Refused: () => m.errors_Server_Refused(),
	Passkey_Unsupported: () => m.errors_Passkey_Unsupported(),
	Passkey_Cancelled: () => m.errors_Passkey_Cancelled(),
	Passkey_Unknown: () => m.errors_Passkey_Unknown(),
	Passkey_Failed: () => m.errors_Passkey_Failed(),
	Wallet_None: () => m.errors_Wallet_None(),
	Wallet_Rejected: () => m.errors_Wallet_Rejected(),
	Wallet_WrongAccount: (d) => m.errors_Wallet_WrongAccount({ address: d.address ?? '' }),
	Wallet_WrongChain: (d) => m.errors_Wallet_WrongChain({ chainId: d.chainId ?? '' }),
	Wallet_Failed: (d) => m.errors_Wallet_Failed({ reason: d.reason ?? '' }),
};

/** The words of the code, or of its kind when an operator of another version refuses with one we do not know. */
export function wordsOf(refusal: Pick<Refusal, 'code' | 'kind' | 'details'>): string {
	const known = Object.hasOwn(words, refusal.code) ? words[refusal.code as ErrorCode] : undefined;
	if (known) return known(refusal.details);
	if (refusal.kind === 'forbidden') return m.errors_forbidden();
	if (refusal.kind === 'unauthenticated') return m.errors_Account_NotSignedIn();
	if (refusal.kind === 'notFound') return m.errors_Request_NotFound();
	if (refusal.kind === 'tooMany') return m.errors_Request_TooMany();
	if (refusal.kind === 'unavailable') return m.errors_Server_Failed();
	return m.errors_contract();
}
