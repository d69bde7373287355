import type { Address, Hex } from 'viem';
import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';
import type { Money } from '../platform/money.ts';
import type { Page, Proof } from '../platform/proof.ts';
import type { ReviewView } from '../review/index.ts';
import type { DeliveryDetails, TrackingNote } from './details.ts';
import type { OrderRole, OrderState, Remedy, Side } from './lifecycle.ts';
import type { DeadlineDefault, NextAction } from './next-actions.ts';
import type { OrderWire } from './wire.ts';

/** `remedyTaken`: the buyer asked for what the terms grant by themselves. The others are states. */
export type OrderEventKind = Exclude<OrderState, 'none'> | 'remedyTaken';

/** What the buyer asked for. */
export interface RemedyRequest {
	remedy: Remedy;
	/** The asked part of what the escrow holds. */
	bps: number;
	/** The terms grant it without anyone's consent. */
	byRight: boolean;
}

/** What a side told with a step; seen by the two sides and the arbitrator. */
export type OrderNote =
	| { kind: 'tracking'; carrier: string; number: string }
	| { kind: 'reason'; reason: string /** Served at `/api/orders/:id/pictures/<cid>/<rendition>`. */; pictures: MediaView[] };

export interface OrderEventView {
	kind: OrderEventKind;
	by: Address;
	/** Unix seconds. */
	at: number;
	/** Refunded: 0 late, 1 cancelled by the buyer, 2 given by the seller, 3 request granted, 4 goods came back, 5 dispute not answered. */
	cause?: number;
	/** Until when the state it led to waits. */
	deadline?: number;
	request?: RemedyRequest;
	/** Null when there is none, and for strangers. */
	note: OrderNote | null;
	proof: Proof;
}

export interface OrderSummary {
	id: Hex;
	state: OrderState;
	deadline: number;
	placedAt: number;
	quantity: number;
	total: Money;
	listing: { id: string; version: number; title: LocalText; image: MediaView | null; variant: LocalText | null; kind: 'physical' | 'digital' };
	shop: { id: string; slug: string; name: LocalText };
	buyer: Address;
}

/** Everything a party sees of an order; for strangers `role` is null and the private parts are null. */
export interface OrderView extends OrderSummary {
	/** Exactly what was agreed: bring it back to the contract for every step. */
	order: OrderWire;
	subtotal: Money;
	shipping: Money;
	/** Who gets what if it completes; after the end, who got what. */
	payouts: { kind: 'seller' | 'split' | 'affiliate' | 'fee' | 'buyer'; account: Address | null; amount: string }[];
	events: OrderEventView[];
	role: OrderRole | null;
	/** Steps taken so far; what the sides sign, they sign for one of them. */
	step: number;
	/** The agreed arbitrator is the house court, which takes a fee from both sides. */
	court: boolean;
	/** While requested, returning, returned or replacing. */
	request: RemedyRequest | null;
	/** What the escrow holds now. */
	held: Money;
	/** The sale is completed; only the reserve is held. */
	underWarranty: boolean;
	nextActions: NextAction[];
	/** What happens by itself at `deadline`. */
	deadlineDefault: DeadlineDefault | null;
	delivery: DeliveryDetails | null;
	tracking: TrackingNote | null;
	/** What was last said in a request or a dispute. */
	disputeReason: string | null;
	/** The parcel on its way back. */
	returnTracking: TrackingNote | null;
	/** Signed offers to end it by a split that could be accepted now, newest first; for the two sides only. */
	offers: SettlementOfferView[];
	/** Digital goods: whether a download waits for this viewer at `/api/orders/:id/download`. */
	hasDownload: boolean;
	reviews: { ofSeller: ReviewView | null; ofBuyer: ReviewView | null };
}

export interface SettlementOfferView {
	by: Address;
	side: Side;
	/** The buyer's part of what the escrow holds. */
	buyerBps: number;
	step: number;
	/** Unix seconds. */
	validBefore: number;
	signature: Hex;
	/** Unix seconds. */
	at: number;
}

/** Answers asked by pages; the server implements it, the web consumes it through `locals.reads.order`. */
export interface OrderReads {
	/** Null when the id was never placed. */
	order(id: Hex, viewer: Address | null): Promise<OrderView | null>;
	ordersOfBuyer(buyer: Address, filter: OrderFilter): Promise<Page<OrderSummary>>;
	ordersOfShop(shopId: string, filter: OrderFilter): Promise<Page<OrderSummary>>;
	/** Balances held inside the market, by account (a person's address or a shop's account), zero ones left out. */
	balancesOf(account: Address): Promise<Money[]>;
	ledgerOf(account: Address, cursor?: string | null): Promise<Page<LedgerEntry>>;
	/** Orders disputed now that name this arbitrator. */
	disputesOf(arbitrator: Address): Promise<OrderSummary[]>;
	shopFigures(shopId: string): Promise<ShopFigures>;
}

export interface OrderFilter {
	states?: OrderState[];
	cursor?: string | null;
	limit?: number;
}

/** One movement of an account's balance. */
export interface LedgerEntry {
	kind:
		| 'deposit'
		| 'withdrawal'
		| 'payment'
		| 'sale'
		| 'share'
		| 'refund'
		| 'ruling'
		| 'settlement'
		| 'transfer'
		| 'courtFee'
		| 'reward'
		| 'appeal'
		| 'stake'
		| 'insurance'
		| 'bond'
		| 'compensation'
		| 'setAside'
		| 'givenBack'
		| 'tabSpent'
		| 'tabSale'
		| 'bidSetAside'
		| 'bidGivenBack'
		| 'bidSpent'
		| 'pot'
		| 'potReturned'
		| 'won';
	/** Signed decimal string: negative leaves the account. */
	amount: string;
	currency: Address;
	orderId: Hex | null;
	at: number;
	proof: Proof;
}

/** What a seller looks at first. Money is per currency. */
export interface ShopFigures {
	toShip: number;
	/** Requests of buyers that wait for an answer. */
	toAnswer: number;
	/** Parcels that came back or are about to. */
	toInspect: number;
	/** Other pieces that are due. */
	toReplace: number;
	disputed: number;
	outOfStock: number;
	unreviewed: number;
	inEscrow: Money[];
	available: Money[];
	/** Days are UTC, oldest first, 30 of them. */
	daily: { day: string; orders: number; revenue: Money[] }[];
	onTimeRate: number | null;
	refundRate: number | null;
	/** Of ended orders: how many were asked to be returned, exchanged or paid back after they were shipped. */
	returnRate: number | null;
}
