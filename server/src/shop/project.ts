import { listingOfOffer, type ShopProfile, shopOfListing, shopRoles } from '@kaishi/protocol/shop';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Projection } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../platform/indexer/proof.ts';
import { readProfile, searchTextOf } from './content.ts';
import { projectDeal, projectDelisting, projectListing } from './project-listing.ts';
import { completeSale, markSale, sales, takeBackSale } from './project-sale.ts';
import { treasuryHandlers } from './project-treasury.ts';
import { shopTables } from './tables.ts';

type Handler<Args> = (db: Queryable, event: ChainEvent<Args>) => Promise<void>;

/** Folds Shop, Catalog and, for stock and standing, OrderBook events into the shop's tables. */
export function createShopProjection(): Projection {
	return {
		domain: 'shop',
		tables: shopTables,
		handlers: {
			'Shop.ShopOpened': openShop,
			'Shop.ShopProfileChanged': changeProfile,
			'Shop.ShopPayoutChanged': changePayout,
			'Shop.ShopStaffChanged': changeStaff,
			'Shop.Transfer': transferShop,
			...treasuryHandlers,
			'Catalog.ListingPublished': projectListing,
			'Catalog.ListingDelisted': projectDelisting,
			'Catalog.StockChanged': changeStock,
			'Catalog.OfferPledged': pledge,
			'Catalog.DealOpened': projectDeal,
			'OrderBook.OrderAdvanced': markSale,
			'OrderBook.OrderWarranted': completeSale,
			'OrderBook.OrderCompleted': completeSale,
			'OrderBook.OrderRefunded': takeBackSale,
		},
		folds: { 'OrderBook.OrderPlaced': sales },
		topics: topicsOf,
	};
}

const openShop: Handler<{ shopId: bigint; owner: Address; slug: string; payout: Address; profile: Hex }> = async (db, event) => {
	const { shopId, owner, slug, payout, profile: content } = event.args;
	const profile = readProfile(content);
	await db.query(
		`insert into shop.shops (shop_id, slug, owner, payout, valid, profile, search, opened_at, ${PROOF_COLUMNS})
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		[
			shopId.toString(),
			slug,
			owner,
			payout,
			profile !== null,
			JSON.stringify(profile),
			searchTextOf([profile?.name, profile?.tagline]),
			event.timestamp,
			...proofValues(event),
		],
	);
	await keepProfile(db, event, profile);
};

const changeProfile: Handler<{ shopId: bigint; profile: Hex }> = async (db, event) => {
	const profile = readProfile(event.args.profile);
	await db.query('update shop.shops set valid = $2, profile = $3, search = $4 where shop_id = $1', [
		event.args.shopId.toString(),
		profile !== null,
		JSON.stringify(profile),
		searchTextOf([profile?.name, profile?.tagline]),
	]);
	await keepProfile(db, event, profile);
};

/** Orders keep to the profile that stood when they were placed. */
async function keepProfile(db: Queryable, event: ChainEvent<{ shopId: bigint }>, profile: ShopProfile | null): Promise<void> {
	await db.query(`insert into shop.profile_versions (shop_id, valid, profile, ${PROOF_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
		event.args.shopId.toString(),
		profile !== null,
		JSON.stringify(profile),
		...proofValues(event),
	]);
}

const changePayout: Handler<{ shopId: bigint; payout: Address }> = async (db, { args }) => {
	await db.query('update shop.shops set payout = $2 where shop_id = $1', [args.shopId.toString(), args.payout]);
};

const changeStaff: Handler<{ shopId: bigint; staff: Address; roles: number }> = async (db, { args }) => {
	const shopId = args.shopId.toString();
	if (args.roles === 0) await db.query('delete from shop.staff where shop_id = $1 and account = $2', [shopId, args.staff]);
	else
		await db.query(
			`insert into shop.staff (shop_id, account, roles) values ($1, $2, $3) on conflict (shop_id, account)
			do update set roles = excluded.roles, limits = case when excluded.roles::int & $4::int = 0 then '{}'::jsonb else shop.staff.limits end`,
			[shopId, args.staff, args.roles, shopRoles.money],
		);
};

/** A new owner starts clean, as in Shop.sol; the payout follows in an event of its own. Minting changes nothing: ShopOpened said it all. */
const transferShop: Handler<{ from: Address; to: Address; tokenId: bigint }> = async (db, { args }) => {
	if (BigInt(args.from) === 0n) return;
	const shopId = args.tokenId.toString();
	await db.query('update shop.shops set owner = $2, tenure = tenure + 1 where shop_id = $1', [shopId, args.to]);
	await db.query('delete from shop.staff where shop_id = $1', [shopId]);
};

/** Set by the seller or by a restock: the event names the outcome. */
const changeStock: Handler<{ offerId: bigint; stock: number }> = async (db, { args }) => {
	await db.query('update shop.offers set stock = $2 where offer_id = $1', [args.offerId.toString(), args.stock.toString()]);
};

/** Made, prolonged or ended: the event names the operator and the new end. */
const pledge: Handler<{ offerId: bigint; operatorId: number; until: number }> = async (db, { args }) => {
	await db.query('update shop.offers set pledged_to = $2, pledged_until = $3 where offer_id = $1', [args.offerId.toString(), args.operatorId, args.until]);
};

async function topicsOf(_db: Queryable, event: ChainEvent<never>): Promise<string[]> {
	const args = event.args as { shopId?: bigint; tokenId?: bigint; listingId?: bigint; offerId?: bigint };
	const listingId = args.listingId ?? (args.offerId === undefined ? undefined : listingOfOffer(args.offerId));
	const shopId = args.shopId ?? args.tokenId ?? (listingId === undefined ? undefined : shopOfListing(listingId));
	const topics = event.name.startsWith('OrderBook.') ? [] : ['catalog'];
	if (listingId !== undefined) topics.push(`listing:${listingId}`);
	if (shopId !== undefined) topics.push(`shop:${shopId}`);
	return topics;
}
