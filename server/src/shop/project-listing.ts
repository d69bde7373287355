import { type AbiTerms, termsFromAbi, termsToWire } from '@kaishi/protocol/order';
import { type ListingContent, offerIdOf } from '@kaishi/protocol/shop';
import { type Hex, hexToBytes } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { readListing, searchTextOf } from './content.ts';

interface Published {
	listingId: bigint;
	shopId: bigint;
	version: number;
	content: Hex;
	terms: readonly AbiTerms[];
	stocks: readonly number[];
}

/** A new listing or a new version of one: the version is kept for good, the offers are replaced as in Catalog.sol. */
export async function projectListing(db: Queryable, event: ChainEvent<Published>): Promise<void> {
	const { listingId, version, content, terms, stocks } = event.args;
	const listing = readListing(content, terms.length);
	const body = JSON.stringify(listing);
	const wires = terms.map((one) => termsToWire(termsFromAbi(one)));
	await db.query(
		`insert into shop.listing_versions (listing_id, version, valid, content, body, terms, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		[listingId.toString(), version, listing !== null, Buffer.from(hexToBytes(content)), body, JSON.stringify(wires), ...proofValues(event)],
	);
	await writeListing(db, event, listing, body);
	await db.query('delete from shop.offers where listing_id = $1', [listingId.toString()]);
	await db.query(
		`insert into shop.offers (offer_id, listing_id, variant, version, terms, stock)
		 select offer_id, $1, variant, $2, terms, stock from unnest($3::numeric[], $4::int[], $5::text[], $6::numeric[]) as o (offer_id, variant, terms, stock)`,
		[
			listingId.toString(),
			version,
			wires.map((_, variant) => offerIdOf(listingId, variant).toString()),
			wires.map((_, variant) => variant),
			wires.map((wire) => JSON.stringify(wire)),
			stocks.map(String),
		],
	);
}

async function writeListing(db: Queryable, event: ChainEvent<Published>, listing: ListingContent | null, body: string): Promise<void> {
	const { listingId, shopId, version, terms } = event.args;
	const cheapest = terms.reduce((best, one) => (one.unitPrice < best.unitPrice ? one : best));
	const varies = terms.some((one) => one.unitPrice !== cheapest.unitPrice || one.currency !== cheapest.currency);
	const search = searchTextOf([listing?.title, listing?.description, ...(listing?.attributes ?? []).map((attribute) => attribute.value)]);
	const { rows } = await db.query<{ was_listed: boolean | null }>(
		`with before as (select valid and listed and deal_of is null as was_listed from shop.listings where listing_id = $1::numeric)
		 insert into shop.listings (listing_id, shop_id, version, valid, listed, category, kind, body, search, currency, min_price, price_varies, per_account, published_at, updated_at, ${PROOF_COLUMNS})
		 values ($1::numeric, $2, $3, $4, true, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15, $16, $17, $18, $19, $20)
		 on conflict (listing_id) do update set version = excluded.version, valid = excluded.valid, listed = true, category = excluded.category, kind = excluded.kind,
			body = excluded.body, search = excluded.search, currency = excluded.currency, min_price = excluded.min_price, price_varies = excluded.price_varies, per_account = excluded.per_account, deal_of = null,
			updated_at = excluded.updated_at, block_number = excluded.block_number, block_hash = excluded.block_hash, transaction_hash = excluded.transaction_hash,
			log_index = excluded.log_index, at = excluded.at, contract = excluded.contract, event = excluded.event
		 returning (select was_listed from before) as was_listed`,
		[
			listingId.toString(),
			shopId.toString(),
			version,
			listing !== null,
			listing?.category ?? '',
			listing?.kind ?? 'physical',
			body,
			search,
			cheapest.currency,
			cheapest.unitPrice.toString(),
			varies,
			listing?.perAccount ?? null,
			event.timestamp,
			...proofValues(event),
		],
	);
	await countListing(db, shopId, Number(listing !== null) - Number(rows[0]?.was_listed ?? false));
}

export async function projectDelisting(db: Queryable, { args }: ChainEvent<{ listingId: bigint; shopId: bigint }>): Promise<void> {
	const { rows } = await db.query<{ was_listed: boolean }>(
		`with before as (select valid and listed and deal_of is null as was_listed from shop.listings where listing_id = $1::numeric)
		 update shop.listings set listed = false where listing_id = $1::numeric returning (select was_listed from before) as was_listed`,
		[args.listingId.toString()],
	);
	await db.query('delete from shop.offers where listing_id = $1', [args.listingId.toString()]);
	await countListing(db, args.shopId, -Number(rows[0]?.was_listed ?? false));
}

/** Follows the listing's publication: a deal is bought by its own address, and found in no list. */
export async function projectDeal(
	db: Queryable,
	{ args }: ChainEvent<{ listingId: bigint; shopId: bigint; from: readonly bigint[]; operatorId: number; until: number; perBuyer: number }>,
): Promise<void> {
	const listingId = args.listingId.toString();
	const { rows } = await db.query<{ valid: boolean }>('update shop.listings set deal_of = $2 where listing_id = $1 returning valid', [
		listingId,
		((args.from[0] ?? 0n) >> 16n).toString(),
	]);
	await countListing(db, args.shopId, -Number(rows[0]?.valid ?? false));
	await db.query(
		`update shop.offers o set pledged_to = $2, pledged_until = $3, deal_per_buyer = $4, deal_from = d.source
		 from unnest($5::int[], $6::numeric[]) as d (variant, source) where o.listing_id = $1 and o.variant = d.variant`,
		[listingId, args.operatorId, args.until, args.perBuyer, args.from.map((_, variant) => variant), args.from.map(String)],
	);
}

async function countListing(db: Queryable, shopId: bigint, change: number): Promise<void> {
	if (change !== 0) await db.query('update shop.shops set listing_count = listing_count + $2 where shop_id = $1', [shopId.toString(), change]);
}
