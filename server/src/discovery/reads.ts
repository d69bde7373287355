import type { DiscoveryReads, MarketInfo, MarketTotals, TradeView } from '@kaishi/protocol/discovery';
import { type OrderState, orderStates } from '@kaishi/protocol/order';
import type { Page } from '@kaishi/protocol/platform/proof';
import type { Address } from 'viem';
import { countByState, feesPaid, fillDays, inEscrow, lastDays, listTrades, ordersPerDay, settled, type TradeRow } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Queryable } from '../platform/db/database.ts';
import { toPage } from '../platform/db/page.ts';
import { toProof } from '../platform/indexer/proof.ts';
import { countReviews } from '../review/public.ts';
import { countShopsAndListings, describeVariant, listingVersions, shopNames, versionKey } from '../shop/public.ts';
import { readOrderProof } from './order-proof.ts';
import { allowed, feeInForce } from './query.ts';

export interface DiscoveryContext {
	db: Queryable;
	chain: Pick<Chain, 'chainId' | 'head' | 'now' | 'request'>;
	/** The part of the market's description that never changes. */
	fixed: Omit<MarketInfo, 'feeBps' | 'clockOffset'>;
	/** Wall clock, Unix milliseconds. */
	clock(): number;
}

const TRADES = 30;

export function createDiscoveryReads(context: DiscoveryContext): DiscoveryReads {
	const { db, chain, fixed } = context;
	return {
		market: () => marketInfo(context),
		totals: () => marketTotals(context),
		trades: (cursor) => trades(db, cursor),
		orderProof: (orderId) => readOrderProof({ db, chain, orderBook: fixed.contracts.orderBook }, orderId),
	};
}

async function marketInfo({ db, chain, fixed, clock }: DiscoveryContext): Promise<MarketInfo> {
	const [feeBps, on] = await Promise.all([feeInForce(db), allowed(db)]);
	return {
		...fixed,
		currencies: fixed.currencies.filter((currency) => on.has(`currency:${currency.address}`)),
		arbitrators: fixed.arbitrators.filter((arbitrator) => on.has(`arbitrator:${arbitrator}`)),
		feeBps,
		clockOffset: chain.now() - Math.floor(clock() / 1000),
	};
}

async function marketTotals({ db, chain }: DiscoveryContext): Promise<MarketTotals> {
	const now = chain.now();
	const since = (lastDays(now)[0] ?? 0) * 86_400;
	const [counts, states, paid, escrow, reviews, fees, days, head] = await Promise.all([
		countShopsAndListings(db),
		countByState(db),
		settled(db),
		inEscrow(db, null),
		countReviews(db),
		feesPaid(db),
		ordersPerDay(db, null, since),
		chain.head(),
	]);
	return {
		...counts,
		orders: Object.fromEntries(orderStates.map((state) => [state, states.get(state) ?? 0])) as Record<OrderState, number>,
		settled: paid,
		inEscrow: escrow,
		reviews,
		feesPaid: fees,
		daily: fillDays(now, days),
		head: { number: head.number.toString(), hash: head.hash, timestamp: Number(head.timestamp) },
	};
}

async function trades(db: Queryable, cursor: string | null | undefined): Promise<Page<TradeView>> {
	const rows = await listTrades(db, cursor, TRADES);
	const [versions, shops] = await Promise.all([
		listingVersions(
			db,
			rows.map((row) => ({ listingId: row.listing_id, version: row.version })),
		),
		shopNames(
			db,
			rows.map((row) => row.shop_id),
		),
	]);
	const view = (row: TradeRow): TradeView => {
		const shop = shops.get(row.shop_id);
		return {
			orderId: row.order_id,
			kind: row.kind,
			total: { currency: row.currency as Address, amount: row.total },
			listing: { id: row.listing_id, title: describeVariant(versions.get(versionKey(row.listing_id, row.version)), 0).title },
			shop: { slug: shop?.slug ?? row.shop_id, name: shop?.name ?? { en: row.shop_id } },
			at: row.at,
			proof: toProof(row),
		};
	};
	return toPage(rows, TRADES, view, (row) => [row.block_number, row.log_index]);
}
