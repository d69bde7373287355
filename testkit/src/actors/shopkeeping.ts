import type { Relayed } from '@kaishi/protocol/account';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { type OfferTerms, termsToAbi } from '@kaishi/protocol/order';
import { toCanonicalHex } from '@kaishi/protocol/platform/canonical-json';
import { type ListingContent, type ShopProfile, UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import { type Address, encodeFunctionData, zeroAddress } from 'viem';
import type { Actor } from './actor.ts';

const DAY = 86_400;

/** Opens a shop and returns its id. */
export async function openShop(actor: Actor, shop: { slug: string; profile?: Partial<ShopProfile>; payout?: Address }): Promise<bigint> {
	const { contracts } = await actor.client.market();
	const profile: ShopProfile = { name: { en: `Shop ${shop.slug}`, 'zh-CN': `小店 ${shop.slug}` }, kind: 'c2c', ...shop.profile };
	const data = encodeFunctionData({ abi: shopAbi, functionName: 'open', args: [shop.slug, shop.payout ?? actor.address, toCanonicalHex(profile)] });
	return onlyId((await actor.execute([{ to: contracts.shop, data }])).created.shopIds);
}

/** Replaces a shop's whole profile. */
export async function setProfile(actor: Actor, shopId: bigint, profile: ShopProfile): Promise<Relayed> {
	const { contracts } = await actor.client.market();
	return actor.execute([
		{ to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'setProfile', args: [shopId, toCanonicalHex(profile)] }) },
	]);
}

/** Terms a careful seller would choose, in the market's first stablecoin; `change` what matters to the test. */
export async function ordinaryTerms(actor: Actor, change: Partial<OfferTerms> = {}): Promise<OfferTerms> {
	const market = await actor.client.market();
	const currency = market.currencies.find((c) => c.authorization) ?? market.currencies[0];
	if (!currency) throw new Error('the market accepts no currency');
	return {
		currency: currency.address,
		unitPrice: 25n * 10n ** BigInt(currency.decimals),
		shippingPrice: 3n * 10n ** BigInt(currency.decimals),
		returnShippingPrice: 0n,
		shipDate: 0,
		shipBySeconds: 3 * DAY,
		confirmBySeconds: 10 * DAY,
		cancelSeconds: 3600,
		returnSeconds: 7 * DAY,
		warrantySeconds: 0,
		restockingBps: 0,
		warrantyBps: 0,
		remedies: 0,
		affiliateBps: 0,
		arbitrator: market.arbitrators[0] ?? zeroAddress,
		splits: [],
		...change,
	};
}

export const ordinaryContent: ListingContent = {
	title: { en: 'Spring tea, 50 g', 'zh-CN': '明前龙井 50 克' },
	description: { en: 'Picked before the rains.', 'zh-CN': '清明前采摘。' },
	category: 'tea',
	kind: 'physical',
	media: [],
	options: [],
	variants: [{ values: [] }],
};

/** Publishes a new listing, or with `sequence` the next version of one; returns the listing id. */
export async function publishListing(
	actor: Actor,
	listing: { shopId: bigint; sequence?: number; content?: ListingContent; terms: OfferTerms[]; stocks?: (number | null)[] },
): Promise<bigint> {
	return onlyId((await relayListing(actor, listing)).created.listingIds);
}

/** As `publishListing`, with content that need not be valid: what a hostile seller would send. */
export async function relayListing(
	actor: Actor,
	listing: { shopId: bigint; sequence?: number; content?: unknown; terms: OfferTerms[]; stocks?: (number | null)[] },
): Promise<Relayed> {
	const { contracts } = await actor.client.market();
	const stocks = listing.terms.map((_, i) => listing.stocks?.[i]).map((stock) => (stock === null ? Number(UNLIMITED_STOCK) : (stock ?? 10)));
	const content = toCanonicalHex(listing.content ?? ordinaryContent);
	const data = encodeFunctionData({
		abi: catalogAbi,
		functionName: 'publish',
		args: [listing.shopId, listing.sequence ?? 0, content, listing.terms.map(termsToAbi), stocks],
	});
	return actor.execute([{ to: contracts.catalog, data }]);
}

export async function delistListing(actor: Actor, listingId: bigint): Promise<Relayed> {
	const { contracts } = await actor.client.market();
	return actor.execute([{ to: contracts.catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'delist', args: [listingId] }) }]);
}

function onlyId(ids: string[]): bigint {
	const [id] = ids;
	if (id === undefined) throw new Error('the relayer answered without the new id');
	return BigInt(id);
}
