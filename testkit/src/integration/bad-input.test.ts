import { crc32, deflateSync } from 'node:zlib';
import { orderToWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { offerIdOf, sequenceOfListing } from '@kaishi/protocol/shop';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	buy,
	draftOrder,
	openShop,
	ordinaryContent,
	ordinaryTerms,
	type PasskeyUser,
	publishListing,
	relayListing,
	toWire,
	type WalletUser,
} from '../actors/index.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';
import { expectRefusedUnchanged } from './expectations.ts';

let market: TestMarket;
let seller: PasskeyUser;
let buyer: WalletUser;
let shopId: bigint;
let offer: { offerId: bigint; terms: Awaited<ReturnType<typeof ordinaryTerms>> };

beforeAll(async () => {
	market = await openTestMarket();
	seller = await market.passkeyUser();
	buyer = await market.walletUser();
	shopId = await openShop(seller, { slug: 'careful-shop' });
	const terms = await ordinaryTerms(seller);
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
	offer = { offerId: offerIdOf(listingId, 0), terms };
});
afterAll(() => market?.close());

describe('signatures', () => {
	test('forged: somebody else signs the buyer’s order', async () => {
		const thief = await market.walletUser();
		const order = await draftOrder(buyer, offer);
		const signature = await thief.signOrder(order);
		await expectRefusedUnchanged(market, /InvalidSignature/, () => thief.client.relay('order', { order: orderToWire(order), signature }));
	});

	test('forged: a passkey operation with one byte turned', async () => {
		const operation = await seller.signOperation([{ to: (await seller.client.market()).contracts.shop, data: '0x12345678' }]);
		const turned = `${operation.signature.slice(0, 400)}${operation.signature[400] === '0' ? '1' : '0'}${operation.signature.slice(401)}` as const;
		await expectRefusedUnchanged(market, /Signature|AA2\d|UserOperation/i, () =>
			seller.client.relay('user-operation', toWire({ ...operation, signature: turned as `0x${string}` })),
		);
	});

	test('replayed: the same order twice is one order', async () => {
		const order = await draftOrder(buyer, offer);
		const token = (await buyer.client.market()).currencies.find((c) => c.address === offer.terms.currency)?.authorization;
		const body = await buyer.signAuthorizedOrder(order, token!);
		const first = await buyer.client.relay('authorized-order', body);
		const before = await market.fingerprints();
		const again = await buyer.client.relay('authorized-order', body).catch((error: unknown) => error);
		if (again instanceof Refusal) expect(again.code).toMatch(/AlreadyPlaced|AuthorizationUsed|Relayer_/);
		else expect(again).toEqual(first);
		await market.processAll();
		expect(await market.fingerprints()).toEqual(before);
	});

	test('another chain’s signature', async () => {
		const order = await draftOrder(buyer, offer);
		const signature = await buyer.signOrder(order, 1);
		await expectRefusedUnchanged(market, /InvalidSignature/, () => buyer.client.relay('order', { order: orderToWire(order), signature }));
		const operation = await seller.signOperation([{ to: (await seller.client.market()).contracts.shop, data: '0x12345678' }], 1);
		await expectRefusedUnchanged(market, /Signature|AA2\d|UserOperation/i, () => seller.client.relay('user-operation', toWire(operation)));
	});

	test('expired intent', async () => {
		const order = await draftOrder(buyer, offer, { validBefore: BigInt((await buyer.client.now()) - 10) });
		await expectRefusedUnchanged(market, /Expired/, () => buyer.place(order));
	});

	test('expired wallet request', async () => {
		const { shop } = (await buyer.client.market()).contracts;
		const request = await buyer.signForward({ to: shop, data: '0x12345678' }, { deadline: (await buyer.client.now()) - 10 });
		await expectRefusedUnchanged(market, /Expired/, () => buyer.client.relay('forward', request));
	});
});

describe('terms', () => {
	test('a price nobody offered', async () => {
		const terms = { ...offer.terms, unitPrice: 1n };
		await expectRefusedUnchanged(market, /^Catalog_TermsMismatch$/, () => buy(buyer, { ...offer, terms }));
	});

	test('other words than the buyer saw, at the same terms', async () => {
		const listingId = await publishListing(seller, { shopId, terms: [offer.terms] });
		const seen = { offerId: offerIdOf(listingId, 0), terms: offer.terms };
		const content = { ...ordinaryContent, title: { en: 'Something else' } };
		await publishListing(seller, { shopId, sequence: sequenceOfListing(listingId), content, terms: [offer.terms], stocks: [5] });
		await expectRefusedUnchanged(market, /^Catalog_TermsMismatch$/, () => buy(buyer, seen));
		const { orderId } = await buy(buyer, { ...seen, version: 2 });
		expect((await market.reads.order.order(orderId, null))?.order.version).toBe(2);
	});

	test('more than there is', async () => {
		await expectRefusedUnchanged(market, /^Catalog_SoldOut$/, () => buy(buyer, { ...offer, quantity: 15n }));
	});

	test('quantities that overflow', async () => {
		await expectRefusedUnchanged(market, /^Request_Invalid$|InvalidQuantity|SoldOut/, () => buy(buyer, { ...offer, quantity: 0n }));
		const order = await draftOrder(buyer, offer);
		const signature = await buyer.signOrder(order);
		for (const quantity of [(1n << 64n).toString(), (1n << 255n).toString(), '-1', '1e3', '']) {
			await expectRefusedUnchanged(market, /^Request_Invalid$/, () => buyer.client.relay('order', { order: { ...orderToWire(order), quantity }, signature }));
		}
		await expectRefusedUnchanged(market, /SoldOut|InvalidQuantity|Overflow|Insufficient/, () => buy(buyer, { ...offer, quantity: (1n << 64n) - 1n }));
	});

	test('the last piece: two buyers race, one wins, the other is told at once', async () => {
		const terms = await ordinaryTerms(seller);
		const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [1] });
		const last = { offerId: offerIdOf(listingId, 0), terms };
		const rival = await market.walletUser();
		const outcomes = await Promise.allSettled([buy(buyer, last), buy(rival, last)]);
		expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
		const lost = outcomes.find((o) => o.status === 'rejected');
		expect(lost?.reason).toBeInstanceOf(Refusal);
		expect(lost?.reason?.code).toBe('Catalog_SoldOut');
		expect((await market.reads.shop.listing(listingId.toString()))?.stock).toBe(0);
	});
});

describe('content', () => {
	test('more than eight kilobytes', async () => {
		const content = { ...ordinaryContent, description: { en: 'x'.repeat(9000) } };
		await expectRefusedUnchanged(market, /^Catalog_InvalidContent$|TooLarge/, () => relayListing(seller, { shopId, content, terms: [offer.terms] }));
	});

	test('a script in a title stays text', async () => {
		const title = { en: '<script>alert(1)</script><img src=x onerror=alert(1)>', 'zh-CN': '<b>粗</b>' };
		const listingId = await publishListing(seller, { shopId, content: { ...ordinaryContent, title }, terms: [offer.terms] });
		expect((await market.reads.shop.listing(listingId.toString()))?.title).toEqual(title);
	});

	test('a picture that is not one', async () => {
		await expectRefusedUnchanged(market, /^Media_/, () => upload(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')));
	});

	test('a zip bomb as a photo', async () => {
		await expectRefusedUnchanged(market, /^Media_/, () => upload(bombPng(30_000)));
	});
});

async function upload(bytes: Buffer): Promise<unknown> {
	await seller.signIn();
	const response = await seller.client.fetch('/api/media', { method: 'POST', headers: { 'content-type': 'image/png' }, body: new Uint8Array(bytes) });
	const body = (await response.json()) as { error?: { code: string; kind: 'invalid'; details: Record<string, string> } };
	if (body.error) throw new Refusal(body.error.code, body.error.kind, body.error.details);
	return body;
}

/** A black square of `side` pixels in a few hundred kilobytes: gigabytes once unpacked. */
function bombPng(side: number): Buffer {
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const frame = Buffer.alloc(8);
		frame.writeUInt32BE(data.length, 0);
		frame.writeUInt32BE(crc32(body), 4);
		return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([1, 0, 0, 0, 0], 8);
	// one bit per pixel keeps the test small; decoders still unfold it to bytes
	const pixels = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 });
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', pixels),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
