import { ended, type InvoiceParts } from '@kaishi/protocol/order';
import type { Currency } from '@kaishi/protocol/platform/money';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, getAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { type ProofRow, toProof } from '../platform/indexer/proof.ts';
import { listingVersions, profilesAt, shopNames, versionKey } from '../shop/public.ts';
import { toOrder } from './agreement.ts';
import { findDeliveries } from './private-store.ts';
import type { OrderRow } from './query.ts';
import { lastEvents, saleNumbers } from './query-invoice.ts';

export interface InvoiceContext {
	db: Queryable;
	chainId: number;
	orderBook: Address;
	/** Those the market accepts, and those it accepted before. */
	currencies: readonly Currency[];
}

/** Gathers everything documents are computed from, for all orders at once. Private: whoever asks must be a side of each. */
export async function invoiceParts(context: InvoiceContext, rows: readonly OrderRow[]): Promise<InvoiceParts[]> {
	const { db } = context;
	const ids = rows.map((row) => row.order_id);
	const [versions, profiles, shops, numbers, ends, deliveries] = await Promise.all([
		listingVersions(
			db,
			rows.map((row) => ({ listingId: row.listing_id, version: row.version })),
		),
		profilesAt(
			db,
			rows.map((row) => ({ key: row.order_id, shopId: row.shop_id, blockNumber: row.block_number, logIndex: row.log_index })),
		),
		shopNames(
			db,
			rows.map((row) => row.shop_id),
		),
		saleNumbers(db, rows),
		lastEvents(db, ids),
		findDeliveries(db, ids),
	]);
	return rows.map((row): InvoiceParts => {
		const version = versions.get(versionKey(row.listing_id, row.version));
		const profile = profiles.get(row.order_id);
		return {
			chainId: context.chainId,
			orderBook: context.orderBook,
			currency: currencyOf(context.currencies, row.currency as Address),
			orderId: row.order_id,
			order: toOrder(row),
			saleNumber: numbers.get(row.order_id) ?? 0,
			placed: toProof(row),
			end: endOf(row, ends.get(row.order_id)),
			shop: { id: row.shop_id, account: getAddress(shopAccountOf(BigInt(row.shop_id))), name: shops.get(row.shop_id)?.name ?? { en: row.shop_id } },
			profile: profile?.content ? { content: profile.content, proof: profile.proof } : null,
			listing: version?.content ? { id: row.listing_id, variant: row.variant, content: version.content, proof: version.proof } : null,
			delivery: deliveries.get(row.order_id) ?? null,
		};
	});
}

function endOf(row: OrderRow, last: ProofRow | undefined): InvoiceParts['end'] {
	if (!ended(row.state) || !last || row.buyer_amount === null || row.seller_amount === null) return null;
	return { sellerAmount: BigInt(row.seller_amount), buyerAmount: BigInt(row.buyer_amount), total: BigInt(row.total), proof: toProof(last) };
}

/** A token that this operator knows nothing about is written in its base units. */
function currencyOf(currencies: readonly Currency[], address: Address): Currency {
	const known = currencies.find((currency) => currency.address.toLowerCase() === address.toLowerCase());
	return known ?? { address, symbol: `${address.slice(0, 8)}…`, name: address, decimals: 0, iso: null, asset: null, test: false, authorization: null };
}
