import type { Address, Hex } from 'viem';
import type { Relayed } from '../account/index.ts';
import type { LocalText } from '../platform/local-text.ts';
import type { Money } from '../platform/money.ts';
import type { PayeeWire, PurchaseWire, TabStateWire } from './wire.ts';

/** A state that both sides signed, with the payees behind its hash: enough for either to settle alone. */
export interface SignedTabState {
	state: TabStateWire;
	payees: PayeeWire[];
	keySignature: Hex;
	operatorSignature: Hex;
}

/** POST /api/tabs/purchases → `SignedTabState`: `state` is what follows by `withPurchase`. The same purchase again gets the same answer. */
export interface TabPurchaseRequest {
	state: TabStateWire;
	purchase: PurchaseWire;
	/** By the tab's key, over `tabStateDigest`. */
	keySignature: Hex;
}

/** POST /api/tabs/refunds → `SignedTabState`: takes a purchase back that its seller gave back; `state` follows by `withRefund`. */
export interface TabRefundRequest {
	state: TabStateWire;
	purchaseId: Hex;
	keySignature: Hex;
}

/** POST /api/tabs/settle → `Relayed`: `state` follows by `closeBook`. Pays what was bought and gives the rest back at once. */
export interface TabSettleRequest {
	state: TabStateWire;
	keySignature: Hex;
}
export type TabSettled = Relayed;

/** `tabChannelStatement` signed by the key, in place of a signed-in account. */
export interface TabChannelQuery {
	account: Address;
	key: Address;
	token: Address;
	/** Unix seconds; good for five minutes. */
	at: number;
	signature: Hex;
}
export const CHANNEL_QUERY_SECONDS = 300;

/** What a key signs to be told of its tab (EIP-191). */
export const tabChannelStatement = ({ account, key, token, at }: Omit<TabChannelQuery, 'signature'>): string =>
	`Kaishi: show the tab of ${account.toLowerCase()}, key ${key.toLowerCase()}, ${token.toLowerCase()}, at ${at}`;

/** POST /api/tabs/channel: where a tab's purchases stand, so that a browser can go on from there. */
export interface ChannelView {
	/** Settlements so far: versions count anew in each. */
	epoch: number;
	/** The newest state of this epoch that both signed; null: nothing bought since the last settlement. */
	last: SignedTabState | null;
	/** Given back: the tab is no more. */
	over: boolean;
	/** Takes purchases. Not while something is being paid out: see `payableFrom`. */
	open: boolean;
	/** Unix seconds; null: nothing is claimed. */
	payableFrom: number | null;
	/** What can still be bought, base units. */
	available: string;
	fee: { bps: number; recipient: Address };
	operator: { id: number; signer: Address };
	/** Purchases of this epoch that their sellers gave back, for the key to sign for. */
	refunds: TabPurchaseView[];
}

/** `owed`: bought. `refunding`: given back, waits for the key. `refunded`: taken off again. `claimed`: is being paid out. `paid`: the sellers have it. `lost`: the tab was over first. */
export const purchaseStatuses = ['owed', 'refunding', 'refunded', 'claimed', 'paid', 'lost'] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];

export interface TabPurchaseView {
	id: Hex;
	purchase: PurchaseWire;
	account: Address;
	key: Address;
	epoch: number;
	/** The tab's version with it. */
	version: string;
	amount: Money;
	status: PurchaseStatus;
	/** Unix seconds. */
	at: number;
	/** Of goods: what and from whom. */
	goods: { listingId: string; title: LocalText; variant: LocalText | null } | null;
	shop: { id: string; slug: string; name: LocalText } | null;
}

/** GET /api/tabs/purchases?role=buyer|seller|shop&shopId=: newest first, at most a hundred. */
export interface ChannelReads {
	purchasesOf(account: Address): Promise<TabPurchaseView[]>;
	/** Tips to an account. */
	salesOf(account: Address): Promise<TabPurchaseView[]>;
	salesOfShop(shopId: string): Promise<TabPurchaseView[]>;
}

/** Codes of the state channel besides those of the contract. */
export const tabRefusals = [
	'Tab_AlreadyPaidOut',
	'Tab_Closing',
	'Tab_InvalidPurchase',
	'Tab_NotForTabs',
	'Tab_OrdersPending',
	'Tab_OutOfStep',
	'Tab_TooManyPayees',
	'Tab_UnknownPurchase',
	'Tab_WrongAmount',
] as const;
export type TabRefusal = (typeof tabRefusals)[number];
