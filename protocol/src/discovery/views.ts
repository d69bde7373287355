import type { Address, Hex } from 'viem';
import type { OrderEventKind, OrderState } from '../order/index.ts';
import type { LocalText } from '../platform/local-text.ts';
import type { MarketContracts } from '../platform/market-contracts.ts';
import type { Currency, Money } from '../platform/money.ts';
import type { Page, Proof } from '../platform/proof.ts';

/** One step of one trade, without identities. */
export interface TradeView {
	orderId: Hex;
	kind: OrderEventKind;
	total: Money;
	listing: { id: string; title: LocalText };
	shop: { slug: string; name: LocalText };
	at: number;
	proof: Proof;
}

export interface MarketTotals {
	shops: number;
	listings: number;
	orders: Record<OrderState, number>;
	settled: Money[];
	inEscrow: Money[];
	reviews: number;
	feesPaid: Money[];
	/** UTC days, oldest first, 30 of them. */
	daily: { day: string; orders: number }[];
	head: { number: string; hash: Hex; timestamp: number };
}

/** What anybody needs to talk to this market: also the body of GET /api/market. */
export interface MarketInfo {
	name: string;
	chainId: number;
	/** Embedded chain with test money and a faucet. */
	embedded: boolean;
	/** Where wallets and auditors reach the chain. */
	rpcUrl: string;
	contracts: MarketContracts;
	/** Who settles what is bought here, and signs receipts; null where nobody does. */
	operator: { id: number; signer: Address } | null;
	currencies: Currency[];
	feeBps: number;
	/** Whom the seller's editor names by default. */
	arbitrators: Address[];
	/** Chain time minus wall-clock time, seconds (time travel in tests). */
	clockOffset: number;
}

/** Everything an auditor needs to check one order alone. */
export interface OrderProof {
	orderId: Hex;
	state: OrderState;
	steps: { proof: Proof; raw: { address: Address; topics: Hex[]; data: Hex } }[];
	listing: { listingId: string; version: number; proof: Proof; content: string; contentHash: Hex };
	/** EIP-712 typed data whose digest is the order id. */
	typedData: { domain: Record<string, unknown>; message: unknown };
}

export interface DiscoveryReads {
	market(): Promise<MarketInfo>;
	totals(): Promise<MarketTotals>;
	trades(cursor?: string | null): Promise<Page<TradeView>>;
	orderProof(orderId: Hex): Promise<OrderProof | null>;
}
