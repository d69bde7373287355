import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopAccountOf, variantOfOffer } from '@kaishi/protocol/shop';
import { type ChannelReads, type ChannelView, type PurchaseStatus, type PurchaseWire, shopOfAccount, type TabPurchaseView } from '@kaishi/protocol/tab';
import { getAddress } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { describeVariant, listingVersions, shopNames, versionKey } from '../shop/public.ts';
import { type ChannelContext, channelPurpose } from './channel-context.ts';
import { type ChainTab, findChainTab, findState, listGivenBack, listPurchases, newestEpoch, type PurchaseRow } from './channel-store.ts';
import type { TabId } from './reserved.ts';

export function createChannelReads({ db }: { db: Queryable }): ChannelReads {
	return {
		purchasesOf: async (account) => toViews(db, await listPurchases(db, 'account', account)),
		salesOf: async (seller) => toViews(db, await listPurchases(db, 'seller', seller)),
		salesOfShop: async (shopId) => toViews(db, await listPurchases(db, 'seller', getAddress(shopAccountOf(BigInt(shopId))))),
	};
}

/** Where a tab's purchases stand. Refuses with `Tabs_NotOpen` when it was never opened. */
export async function channelOf(context: ChannelContext, id: TabId): Promise<ChannelView> {
	const { db, operator } = context;
	const [tab, newest] = await Promise.all([findChainTab(db, id), newestEpoch(db, id)]);
	if (tab === null) throw new Refusal('Tabs_NotOpen', 'notFound', { account: id.account, key: id.key, validUntil: '0' });
	const current = newest !== null && newest.status !== 'paid' && newest.status !== 'lost' ? newest : null;
	const takesPurchases = !tab.released && !tab.closing && (current === null || current.status === 'open') && tab.payable_from === null;
	const [last, refunds, fee] = await Promise.all([
		current && findState(db, id, current.epoch),
		takesPurchases && current ? listGivenBack(db, id, current.epoch).then((rows) => toViews(db, rows)) : [],
		context.fee(),
	]);
	const { reserved } = context;
	// Orders may not count on what was refunded; purchases on the tab may.
	const elsewhere = reserved.promisedOn(id) - reserved.promisedFor(id, channelPurpose(tab));
	const available = takesPurchases ? freeOf(tab, elsewhere + BigInt(current?.spent ?? 0)) : 0n;
	return {
		epoch: tab.epoch,
		last,
		over: tab.released,
		open: takesPurchases,
		payableFrom: tab.payable_from,
		available: available.toString(),
		fee,
		operator,
		refunds,
	};
}

const freeOf = ({ remaining }: ChainTab, promised: bigint) => (BigInt(remaining) > promised ? BigInt(remaining) - promised : 0n);

function statusOf({ status, given_back_at, refunded_version }: PurchaseRow): PurchaseStatus {
	if (refunded_version !== null) return 'refunded';
	if (status === 'paid') return 'paid';
	if (status === 'lost') return 'lost';
	if (status === 'open') return given_back_at === null ? 'owed' : 'refunding';
	return 'claimed';
}

export async function toViews(db: Queryable, rows: readonly PurchaseRow[]): Promise<TabPurchaseView[]> {
	const bought = rows.map((row) => ({ row, purchase: JSON.parse(row.body) as PurchaseWire }));
	const goods = bought.flatMap(({ row, purchase }) => (row.listing_id === null ? [] : [{ listingId: row.listing_id, version: purchase.version }]));
	const shopIds = bought.map(({ row }) => shopOfAccount(row.seller)?.toString() ?? null);
	const [versions, shops] = await Promise.all([listingVersions(db, goods), shopNames(db, [...new Set(shopIds.filter((id) => id !== null))])]);
	return bought.map(({ row, purchase }, i) => {
		const { id, account, key, token, epoch, listing_id: listingId } = row;
		const version = listingId === null ? undefined : versions.get(versionKey(listingId, purchase.version));
		const described = listingId === null ? null : describeVariant(version, variantOfOffer(BigInt(purchase.offerId)));
		return {
			...{ id, purchase, account, key, epoch, version: String(row.version), at: row.at, status: statusOf(row) },
			amount: { currency: token, amount: row.amount },
			goods: listingId === null || described === null ? null : { listingId, title: described.title, variant: described.variant },
			shop: shops.get(shopIds[i] ?? '') ?? null,
		};
	});
}
