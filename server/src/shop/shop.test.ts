import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { type OfferTerms, termsToAbi } from '@kaishi/protocol/order';
import { type ListingContent, type ListingView, offerIdOf, shopRoles, UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import { type Address, encodeFunctionData, type Hex, stringToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	buy,
	cancel,
	delistListing,
	openShop,
	openTestMarket,
	ordinaryContent,
	ordinaryTerms,
	type PasskeyUser,
	publishListing,
	refund,
	relayListing,
	ship,
	type TestMarket,
	type WalletUser,
} from '../../../testkit/src/index.ts';
import { readContract } from '../platform/chain/read-contract.ts';

let market: TestMarket;
let seller: PasskeyUser;
let buyer: WalletUser;
let terms: OfferTerms;

beforeAll(async () => {
	market = await openTestMarket();
	seller = await market.passkeyUser();
	buyer = await market.walletUser();
	terms = await ordinaryTerms(seller, { unitPrice: 1_000_000n, shippingPrice: 0n });
});
afterAll(() => market?.close());

/** Stock as the contract and the tables have it; they must agree. */
async function stockOf(offerId: bigint): Promise<number> {
	const [, stock] = await readContract(market.chain, {
		address: market.deployment.contracts.catalog,
		abi: catalogAbi,
		functionName: 'offerOf',
		args: [offerId],
	});
	const { rows } = await market.db.query<{ stock: string }>('select stock from shop.offers where offer_id = $1', [offerId.toString()]);
	expect(rows[0]?.stock).toBe(String(stock));
	return stock;
}

const setStock = (offerId: bigint, stock: number) =>
	seller.execute([
		{ to: market.deployment.contracts.catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'setStock', args: [offerId, stock] }) },
	]);
const callShop = (data: Hex) => seller.execute([{ to: market.deployment.contracts.shop, data }]);

describe('stock', () => {
	test('default: follows the contract through sales, restocks and the seller’s own changes', async () => {
		const shopId = await openShop(seller, { slug: 'stock-shop' });
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
		const offerId = offerIdOf(listingId, 0);
		const first = await buy(buyer, { offerId, terms, quantity: 2n });
		const second = await buy(buyer, { offerId, terms, quantity: 3n });
		expect(await stockOf(offerId)).toBe(0);
		expect((await market.reads.shop.listing(listingId.toString()))?.sold).toBe(5);
		await cancel(buyer, first.order);
		expect(await stockOf(offerId)).toBe(2);
		await setStock(offerId, 40);
		await ship(seller, second.order);
		// Shipped goods are not on the shelf: a refund then gives nothing back.
		await refund(seller, second.order);
		expect(await stockOf(offerId)).toBe(40);
		expect((await market.reads.shop.listing(listingId.toString()))?.sold).toBe(0);
	});

	test('behavior: unlimited stock stays unlimited', async () => {
		const shopId = await openShop(seller, { slug: 'endless-shop' });
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [null] });
		const offerId = offerIdOf(listingId, 0);
		const { order } = await buy(buyer, { offerId, terms, quantity: 7n });
		await cancel(buyer, order);
		expect(await stockOf(offerId)).toBe(Number(UNLIMITED_STOCK));
		expect((await market.reads.shop.listing(listingId.toString()))?.stock).toBeNull();
	});

	test('behavior: an order of an old version fills the shelf of the new one', async () => {
		const shopId = await openShop(seller, { slug: 'version-shop' });
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [3] });
		const offerId = offerIdOf(listingId, 0);
		const { order } = await buy(buyer, { offerId, terms });
		const dearer = { ...terms, unitPrice: 2_000_000n };
		await publishListing(seller, { shopId, sequence: 1, terms: [dearer], stocks: [10] });
		await cancel(buyer, order);
		expect(await stockOf(offerId)).toBe(11);
		const listing = (await market.reads.shop.listing(listingId.toString())) as ListingView;
		expect(listing).toMatchObject({ version: 2, price: { amount: '2000000' }, stock: 11 });
		expect(listing.history.map((one) => one.version)).toEqual([2, 1]);
	});

	test('behavior: delisted goods show their last terms, with nothing left, and come back with a new version', async () => {
		const shopId = await openShop(seller, { slug: 'closing-shop' });
		const listingId = await publishListing(seller, { shopId, terms: [terms, terms], stocks: [3, 4], content: twoVariants });
		await delistListing(seller, listingId);
		const shop = shopId.toString();
		expect((await market.reads.shop.listings({ shopId: shop })).items).toEqual([]);
		expect((await market.reads.shop.listings({ shopId: shop, includeDelisted: true })).items).toHaveLength(1);
		expect(await market.reads.shop.listing(listingId.toString())).toMatchObject({ listed: false, stock: 0, offers: [{ stock: 0 }, { stock: 0 }] });
		expect((await market.reads.shop.shop(shop))?.listingCount).toBe(0);
		await publishListing(seller, { shopId, sequence: 1, terms: [terms], stocks: [1] });
		expect((await market.reads.shop.shop(shop))?.listingCount).toBe(1);
	});
});

const twoVariants: ListingContent = {
	...ordinaryContent,
	options: [{ en: 'Size', 'zh-CN': '规格' }],
	variants: [{ values: [{ en: 'Small', 'zh-CN': '小' }] }, { values: [{ en: 'Large', 'zh-CN': '大' }], sku: 'L-1' }],
};

describe('content', () => {
	test.each([
		['not JSON', stringToHex('{')],
		['not UTF-8', '0xff'],
		['another schema', stringToHex('{"title":"Tea"}')],
		['a NUL that no text column holds', stringToHex(JSON.stringify({ ...ordinaryContent, variants: [{ values: [], sku: 'a\u0000b' }] }))],
		[
			'half a surrogate pair',
			stringToHex('{"title":{"en":"Tea"},"category":"tea","kind":"physical","media":[],"options":[],"variants":[{"values":[],"sku":"\\ud800"}]}'),
		],
		['fewer variants than offers', stringToHex(JSON.stringify(ordinaryContent)), 2],
		['nested without end', stringToHex('['.repeat(8000))],
	] as [string, Hex, number?][])('behavior: %s is kept, marked, hidden, and stops nobody', async (name, content, offers = 1) => {
		const shopId = await openShop(seller, { slug: `odd-${name.length}-${offers}` });
		const data = encodeFunctionData({
			abi: catalogAbi,
			functionName: 'publish',
			args: [shopId, 0, content, Array.from({ length: offers }, () => termsToAbi(terms)), Array.from({ length: offers }, () => 1)],
		});
		const relayed = await seller.execute([{ to: market.deployment.contracts.catalog, data }]);
		const listingId = relayed.created.listingIds[0] as string;
		const { rows } = await market.db.query<{ valid: boolean; content: Buffer }>('select valid, content from shop.listing_versions where listing_id = $1', [
			listingId,
		]);
		expect(rows[0]?.valid).toBe(false);
		expect(`0x${rows[0]?.content.toString('hex')}`).toBe(content);
		expect(await market.reads.shop.listing(listingId)).toBeNull();
		expect((await market.reads.shop.listings({ shopId: shopId.toString() })).items).toEqual([]);
		// The contract knows nothing of schemas: whoever orders all the same finds the order.
		const { orderId } = await buy(buyer, { offerId: offerIdOf(BigInt(listingId), 0), terms });
		expect((await market.reads.order.order(orderId, buyer.address))?.listing.title.en).toBe('Unreadable listing');
	});

	test('behavior: markup stays text', async () => {
		const shopId = await openShop(seller, { slug: 'script-shop', profile: { name: { en: '<img src=x onerror=alert(1)>' } } });
		const title = { en: '<script>alert(document.cookie)</script>' };
		const listingId = await publishListing(seller, { shopId, terms: [terms], content: { ...ordinaryContent, title } });
		expect((await market.reads.shop.listing(listingId.toString()))?.title).toEqual(title);
	});

	test('behavior: a shop whose profile does not read is hidden, and shown again after the next', async () => {
		const shopId = await openShop(seller, { slug: 'broken-shop' });
		const listingId = await publishListing(seller, { shopId, terms: [terms] });
		const setProfile = (profile: Hex) => callShop(encodeFunctionData({ abi: shopAbi, functionName: 'setProfile', args: [shopId, profile] }));
		await setProfile('0x00');
		expect(await market.reads.shop.shop('broken-shop')).toBeNull();
		expect(await market.reads.shop.listing(listingId.toString())).toBeNull();
		expect((await market.reads.shop.shopsOf(seller.address)).find(({ shop }) => shop.id === shopId.toString())?.shop.name).toEqual({ en: 'broken-shop' });
		await setProfile(stringToHex(JSON.stringify({ kind: 'b2c', name: { 'zh-CN': '修好了' } })));
		expect((await market.reads.shop.shop('broken-shop'))?.name).toEqual({ 'zh-CN': '修好了' });
	});
});

describe('ownership', () => {
	test('default: a sold shop has a new owner and payout, and no staff', async () => {
		const [staff, heir] = [await market.walletUser(), await market.walletUser()];
		const shopId = await openShop(seller, { slug: 'sold-shop' });
		const id = shopId.toString();
		const setStaff = (account: Address, roles: number) =>
			callShop(encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [shopId, account, roles] }));
		await setStaff(staff.address, shopRoles.orders | shopRoles.catalogue);
		expect(await market.reads.shop.can(id, staff.address, shopRoles.orders)).toBe(true);
		expect(await market.reads.shop.can(id, staff.address, shopRoles.orders | shopRoles.money)).toBe(false);
		expect(await market.reads.shop.can(id, staff.address, 0)).toBe(false);
		expect(await market.reads.shop.can(id, staff.address.toLowerCase() as Address, shopRoles.orders)).toBe(true);
		expect((await market.reads.shop.shopsOf(staff.address)).map(({ owner, roles }) => ({ owner, roles }))).toEqual([{ owner: false, roles: 3 }]);

		await callShop(encodeFunctionData({ abi: shopAbi, functionName: 'transferFrom', args: [seller.address, heir.address, shopId] }));
		expect(await market.reads.shop.can(id, staff.address, shopRoles.orders)).toBe(false);
		expect(await market.reads.shop.can(id, seller.address, shopRoles.orders)).toBe(false);
		expect(await market.reads.shop.can(id, heir.address, shopRoles.money)).toBe(true);
		expect(await market.reads.shop.shop('sold-shop')).toMatchObject({ owner: heir.address, payout: heir.address, staff: [] });
		for (const who of [staff, seller, heir]) {
			const onChain = await readContract(market.chain, {
				address: market.deployment.contracts.shop,
				abi: shopAbi,
				functionName: 'can',
				args: [shopId, who.address, shopRoles.orders],
			});
			expect(await market.reads.shop.can(id, who.address, shopRoles.orders)).toBe(onChain);
		}
	});

	test('behavior: a slug of digits does not stand in for another shop', async () => {
		const first = (await market.reads.shop.shops({ limit: 100, sort: 'newest' })).at(-1);
		const padded = String(first?.id).padStart(3, '0');
		await openShop(seller, { slug: padded });
		expect((await market.reads.shop.shop(String(first?.id)))?.slug).toBe(first?.slug);
	});
});

describe('search', () => {
	let shopId: string;
	beforeAll(async () => {
		const opened = await openShop(seller, { slug: 'search-shop', profile: { name: { en: 'Mei Kiln', 'zh-CN': '梅窑' } } });
		shopId = opened.toString();
		const publish = (title: ListingContent['title'], price: bigint, stock: number, more: Partial<ListingContent> = {}) =>
			publishListing(seller, {
				shopId: opened,
				terms: [{ ...terms, unitPrice: price }],
				stocks: [stock],
				content: { ...ordinaryContent, description: undefined, title, ...more },
			});
		await publish({ en: 'Celadon Teacup', 'zh-CN': '青瓷茶杯' }, 3_000_000n, 5, { category: 'ceramics' });
		await publish({ en: 'Oolong 100% leaf', 'zh-CN': '乌龙茶' }, 1_000_000n, 0);
		await publish({ 'zh-CN': '教程' }, 2_000_000n, 9, { category: 'digital', kind: 'digital' });
	});
	const titles = async (filter: object) => (await market.reads.shop.listings({ shopId, ...filter })).items.map((item) => item.title['zh-CN']);

	test.each([
		['茶', ['乌龙茶', '青瓷茶杯']],
		['TEACUP', ['青瓷茶杯']],
		['ｔｅａｃｕｐ 青瓷', ['青瓷茶杯']],
		['梅窑', ['教程', '乌龙茶', '青瓷茶杯']],
		['100%', ['乌龙茶']],
		['%', ['乌龙茶']],
		['tea_up', []],
		["' or 1=1 --", []],
		['a\u0000b', []],
		['\ud800', []],
		['  ', ['教程', '乌龙茶', '青瓷茶杯']],
	])('%j', async (query, expected) => expect(await titles({ query })).toEqual(expected));

	test('filters', async () => {
		expect(await titles({ category: 'ceramics' })).toEqual(['青瓷茶杯']);
		expect(await titles({ kind: 'digital' })).toEqual(['教程']);
		expect(await titles({ inStock: true })).toEqual(['教程', '青瓷茶杯']);
		expect(await titles({ currency: terms.currency.toLowerCase() })).toHaveLength(3);
		expect(await titles({ currency: '0x0000000000000000000000000000000000000000' })).toEqual([]);
		expect(await titles({ sort: 'priceUp' })).toEqual(['乌龙茶', '教程', '青瓷茶杯']);
		expect(await titles({ sort: 'priceDown' })).toEqual(['青瓷茶杯', '教程', '乌龙茶']);
	});

	test.each(['newest', 'popular', 'priceUp', 'priceDown'] as const)('pages by %s hold each listing once', async (sort) => {
		const seen: string[] = [];
		for (let cursor: string | null = null; ; ) {
			const page = await market.reads.shop.listings({ sort, cursor, limit: 2 });
			seen.push(...page.items.map((item) => item.id));
			cursor = page.next;
			if (cursor === null) break;
		}
		const all = await market.reads.shop.listings({ limit: 60 });
		expect(seen.toSorted()).toEqual(all.items.map((item) => item.id).toSorted());
	});

	test.each(['x', 'bnVsbA', Buffer.from('["1 or 1=1","2"]').toString('base64url')])('error: cursor %s', async (cursor) => {
		await expect(market.reads.shop.listings({ cursor })).rejects.toMatchObject({ code: 'Request_InvalidCursor' });
	});
});

test('error: a stranger publishes nothing', async () => {
	const shopId = await openShop(seller, { slug: 'guarded-shop' });
	await expect(relayListing(buyer, { shopId, terms: [terms] })).rejects.toMatchObject({ code: 'Catalog_Unauthorized' });
});
