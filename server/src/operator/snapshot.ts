import type { OfferTermsWire } from '@kaishi/protocol/order';
import { dealEnd } from '@kaishi/protocol/shop/deal-end';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';

/** An offer as the tables have it. */
export interface OfferRow {
	offerId: string;
	listingId: string;
	version: number;
	terms: OfferTermsWire;
	/** Null: without end. */
	stock: bigint | null;
	/** Whose tabs alone may take it, until when; null when anybody may. */
	pledge: { operatorId: number; until: number } | null;
	/** Units one account may have of the listing. */
	perAccount: bigint | null;
	/** When it ends for buyers, if it is a flash deal: then nothing of it is sold, however it is paid. */
	dealUntil: number | null;
}

/** A tab as the tables have it. */
export interface TabRow {
	account: Address;
	/** In lower case. */
	key: Address;
	currency: Address;
	left: bigint;
	validUntil: number;
	/** Null: any shop. */
	shopId: string | null;
	operatorId: number;
}

/** The world as of one block: everything in it fits together. */
export interface Snapshot {
	/** By decimal id. */
	offers: Map<string, OfferRow>;
	/** By {@link tabId}. */
	tabs: Map<string, TabRow>;
	/** Which of the orders asked about are in the tables. */
	placed: ReadonlySet<Hex>;
	/** Units by {@link unitsId}: what the account has of the listing, refunded orders not counted, unless it is a flash deal, as its contract counts. */
	units: Map<string, bigint>;
	/** The newest block that the tables hold. */
	block: number;
	/** How many calls of governance have been carried out: while it is the same, so are the rules. */
	decided: number;
	/** Calls of governance that wait: of which contract, and from when on anybody may carry them out, Unix seconds. */
	decisions: readonly { target: Address; from: number }[];
}

export interface SnapshotRequest {
	offerIds: readonly string[];
	/** Keys in lower case. */
	tabs: readonly { account: Address; key: Address; currency: Address }[];
	orderIds: readonly Hex[];
	units: readonly { account: Address; listingId: string }[];
}

export const tabId = (tab: { account: string; key: string; currency: string }) => `${tab.account}/${tab.key}/${tab.currency}`.toLowerCase();
export const unitsId = (account: string, listingId: string) => `${account.toLowerCase()}/${listingId}`;

const UNLIMITED = 281_474_976_710_655n;

// One statement, because a statement sees one moment: stock and the orders it has been taken for must not be read apart.
const SNAPSHOT = `select
	(select json_agg(json_build_object('offer_id', o.offer_id::text, 'listing_id', o.listing_id::text, 'version', o.version, 'terms', o.terms::json,
		'stock', o.stock::text, 'pledged_to', o.pledged_to, 'pledged_until', o.pledged_until, 'per_account', case when o.deal_from is null then (l.body::json ->> 'perAccount')::bigint else nullif(o.deal_per_buyer, 0) end,
		'is_deal', o.deal_from is not null))
		from shop.offers o join shop.listings l using (listing_id) where o.offer_id = any($1::numeric[]) and l.valid and l.listed) as offers,
	(select json_agg(json_build_object('account', t.account, 'key', t.key, 'currency', t.currency, 'left', t.remaining::text, 'valid_until', t.valid_until,
		'shop_id', t.shop_id::text, 'operator_id', t.operator_id))
		from tab.tabs t where (t.account, t.currency) in (select * from unnest($2::text[], $3::text[])) and lower(t.key) = any($7::text[])) as tabs,
	(select json_agg(o.order_id) from "order".orders o where o.order_id = any($4::text[])) as placed,
	(select json_agg(json_build_object('account', account, 'listing_id', listing_id, 'units', units)) from (
		select o.buyer as account, o.listing_id::text as listing_id, sum(o.quantity)::text as units from "order".orders o
		where (o.buyer, o.listing_id) in (select * from unnest($5::text[], $6::numeric[]))
			and (o.state <> 'refunded' or exists (select 1 from shop.listings d where d.listing_id = o.listing_id and d.deal_of is not null)) group by 1, 2) counted) as units,
	(select number from indexer.cursor) as block,
	(select count(*)::int from governance.calls where state = 'done') as decided,
	(select json_agg(json_build_object('target', target, 'from', ready_at)) from governance.calls where state = 'waiting') as decisions`;

interface Row {
	offers:
		| {
				offer_id: string;
				listing_id: string;
				version: number;
				terms: OfferTermsWire;
				stock: string;
				pledged_to: number | null;
				pledged_until: number | null;
				per_account: number | null;
				is_deal: boolean;
		  }[]
		| null;
	tabs: { account: Address; key: string; currency: Address; left: string; valid_until: number; shop_id: string | null; operator_id: number }[] | null;
	placed: Hex[] | null;
	units: { account: string; listing_id: string; units: string }[] | null;
	block: number | null;
	decided: number;
	decisions: { target: Address; from: number }[] | null;
}

/** Reads everything that a gathering of intents is about. It looks into the tables of shops, tabs, orders and governance, which only their domains write. */
export async function takeSnapshot(db: Queryable, { offerIds, tabs, orderIds, units }: SnapshotRequest): Promise<Snapshot> {
	const { rows } = await db.query<Row & Record<string, unknown>>(SNAPSHOT, [
		offerIds,
		tabs.map(({ account }) => account),
		tabs.map(({ currency }) => currency),
		orderIds,
		units.map(({ account }) => account),
		units.map(({ listingId }) => listingId),
		tabs.map(({ key }) => key),
	]);
	const row = rows[0];
	return {
		offers: new Map((row?.offers ?? []).map((offer) => [offer.offer_id, toOffer(offer)])),
		tabs: new Map(
			(row?.tabs ?? []).map((tab) => [
				tabId(tab),
				{
					account: tab.account,
					key: tab.key.toLowerCase() as Address,
					currency: tab.currency,
					left: BigInt(tab.left),
					validUntil: tab.valid_until,
					shopId: tab.shop_id,
					operatorId: tab.operator_id,
				},
			]),
		),
		placed: new Set(row?.placed ?? []),
		units: new Map((row?.units ?? []).map((one) => [unitsId(one.account, one.listing_id), BigInt(one.units)])),
		block: row?.block ?? 0,
		decided: row?.decided ?? 0,
		decisions: row?.decisions ?? [],
	};
}

function toOffer(row: NonNullable<Row['offers']>[number]): OfferRow {
	const stock = BigInt(row.stock);
	const pledged = row.pledged_to !== null && row.pledged_until !== null ? { operatorId: row.pledged_to, until: row.pledged_until } : null;
	return {
		offerId: row.offer_id,
		listingId: row.listing_id,
		version: row.version,
		terms: row.terms,
		stock: stock === UNLIMITED ? null : stock,
		pledge: pledged?.operatorId === 0 ? null : pledged,
		dealUntil: row.is_deal && pledged ? dealEnd(pledged.until, pledged.operatorId) : null,
		perAccount: row.per_account === null ? null : BigInt(row.per_account),
	};
}
