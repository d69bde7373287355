import { createHash } from 'node:crypto';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { detailsHashOf, type Invoice, orderIdOf, termsFromWire, termsHashOf } from '@kaishi/protocol/order';
import { offerIdOf, type ShopProfile, shopRoles } from '@kaishi/protocol/shop';
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	type Actor,
	buy,
	buyWithDelivery,
	disputeWithReason,
	openShop,
	openTestMarket,
	ordinaryContent,
	ordinaryDelivery,
	ordinaryTerms,
	publishListing,
	readPdf,
	refund,
	rule,
	setProfile,
	shipWithTracking,
	type TestMarket,
	type Wanted,
} from '../../../testkit/src/index.ts';

let market: TestMarket;
let seller: Actor;
let buyer: Actor;
let stranger: Actor;
let staff: Actor;
let shopId: bigint;
let offer: Wanted;

const profile: ShopProfile = {
	name: { en: 'Lane Tea', 'zh-CN': '巷口茶舍' },
	kind: 'b2c',
	tax: {
		seller: { name: '杭州巷口茶业有限公司', street: '文三路 1 号', city: '杭州', country: 'CN', ids: [{ label: '税号', value: '91330100MA2XXXXX0K' }] },
		regions: [{ region: 'CN', name: '增值税', standard: 1300, reduced: 900 }],
	},
};

beforeAll(async () => {
	market = await openTestMarket();
	[seller, buyer, stranger, staff] = [await market.passkeyUser(), await market.walletUser(), await market.walletUser(), await market.passkeyUser()];
	shopId = await openShop(seller, { slug: 'invoicing', profile });
	const content = {
		...ordinaryContent,
		parcel: { weightGrams: 120, sizeMm: [100, 60, 60] as [number, number, number] },
		customs: { origin: 'CN', hsCode: '090210', duties: 'dap' as const },
	};
	const terms = await ordinaryTerms(seller);
	offer = { offerId: offerIdOf(await publishListing(seller, { shopId, content, terms: [terms], stocks: [100] }), 0), terms };
	for (const actor of [seller, buyer, stranger, staff]) await actor.signIn();
});
afterAll(() => market?.close());

const invoiceOf = (actor: Actor, id: Hex, kind = 'invoice') => actor.client.get<Invoice>(`/api/orders/${id}/${kind}`);
const pdfOf = async (actor: Actor, id: Hex, query = '', kind = 'invoice') => {
	const response = await actor.client.fetch(`/api/orders/${id}/${kind}.pdf${query}`);
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toBe('application/pdf');
	return new Uint8Array(await response.arrayBuffer());
};
const unit = (amount: number) => String(BigInt(Math.round(amount * 100)) * 10n ** 4n);
const setStaff = (roles: number) =>
	seller.execute([
		{ to: market.deployment.contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [shopId, staff.address, roles] }) },
	]);

describe('an invoice', () => {
	test('default: tax, parties and proof of a paid order, the same for both sides', async () => {
		const { order, orderId } = await buyWithDelivery(buyer, offer);
		const invoice = await invoiceOf(buyer, orderId);
		expect(await invoiceOf(seller, orderId)).toEqual(invoice);
		expect(invoice).toMatchObject({ schema: 'kaishi.invoice/1', typeCode: '380', number: `KS${shopId}-000001`, settlement: { state: 'held' } });
		// 28 with 13 % in it: 3.2212 is rounded to the cent, the lines share it
		expect(invoice.totals).toEqual({ gross: unit(28), tax: unit(3.22), net: unit(24.78) });
		expect(invoice.lines.map((line) => line.tax)).toEqual([unit(2.88), unit(0.34)]);
		expect(invoice.taxes).toMatchObject([{ region: 'CN', category: 'S', bps: 1300, taxClass: 'standard' }]);
		expect(invoice.seller.legal?.name).toBe('杭州巷口茶业有限公司');
		expect(invoice.buyer.details?.name).toBe('Lin Yue');
		expect(invoice.goods.customs).toEqual({ origin: 'CN', hsCode: '090210', duties: 'dap' });
		// what somebody who trusts no operator recomputes
		expect(orderIdOf(order, invoice.proof.chainId, invoice.proof.orderBook)).toBe(invoice.proof.orderId);
		expect(termsHashOf(termsFromWire(invoice.order.terms))).toBe(invoice.proof.termsHash);
		expect(detailsHashOf(invoice.buyer.details as never, invoice.proof.detailsSalt as Hex)).toBe(order.detailsHash);
	});

	test('behavior: the table that stood when the order was placed counts for good', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		const before = await invoiceOf(buyer, orderId);
		await setProfile(seller, shopId, { ...profile, tax: { regions: [{ region: 'CN', standard: 600 }] } });
		expect(await invoiceOf(buyer, orderId)).toEqual(before);
		const later = await buyWithDelivery(buyer, offer);
		expect((await invoiceOf(buyer, later.orderId)).taxes).toMatchObject([{ bps: 600 }]);
		await setProfile(seller, shopId, profile);
	});

	test('behavior: numbers follow the sales of a shop without a gap', async () => {
		const first = await buyWithDelivery(buyer, offer);
		const second = await buyWithDelivery(buyer, offer);
		const count = async (id: Hex) => Number((await invoiceOf(seller, id)).number.split('-')[1]);
		expect(await count(second.orderId)).toBe((await count(first.orderId)) + 1);
	});

	test('behavior: rebuilding every table gives the same document', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		const before = await invoiceOf(buyer, orderId);
		await market.reindex();
		expect(await invoiceOf(buyer, orderId)).toEqual(before);
	});

	test('error: strangers, former staff and the arbitrator learn nothing', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		const arbitrator = market.arbitrator();
		await arbitrator.signIn();
		await setStaff(shopRoles.catalogue | shopRoles.money | shopRoles.live);
		for (const kind of ['invoice', 'invoice.pdf', 'credit-note', 'credit-note.pdf'])
			for (const other of [stranger, arbitrator, staff]) expect((await other.client.fetch(`/api/orders/${orderId}/${kind}`)).status, kind).toBe(404);
		expect((await market.client().fetch(`/api/orders/${orderId}/invoice`)).status).toBe(401);
		await setStaff(shopRoles.orders);
		expect((await invoiceOf(staff, orderId)).proof.orderId).toBe(orderId);
		await setStaff(0);
		expect((await staff.client.fetch(`/api/orders/${orderId}/invoice`)).status).toBe(404);
	});
});

describe('a credit note', () => {
	test('default: a refund is credited in full, line by line', async () => {
		const { order, orderId } = await buyWithDelivery(buyer, offer);
		await expect(invoiceOf(buyer, orderId, 'credit-note')).rejects.toMatchObject({ code: 'Order_NoCreditNote', kind: 'notFound' });
		await refund(seller, order);
		const [invoice, note] = [await invoiceOf(buyer, orderId), await invoiceOf(buyer, orderId, 'credit-note')];
		expect(invoice.settlement.state).toBe('refunded');
		expect(note).toMatchObject({ typeCode: '381', number: `${invoice.number}-C`, precedingInvoice: invoice.number, totals: invoice.totals });
	});

	test('behavior: a ruling is credited in part, tax and all', async () => {
		const { order, orderId } = await buyWithDelivery(buyer, offer);
		await shipWithTracking(seller, order);
		await disputeWithReason(buyer, order, 'Half of it is broken.');
		await rule(market.arbitrator(), order, 5000);
		const note = await invoiceOf(seller, orderId, 'credit-note');
		expect(note.totals).toEqual({ gross: unit(14), tax: unit(1.61), net: unit(12.39) });
		expect((await invoiceOf(buyer, orderId)).settlement).toMatchObject({ state: 'divided', toSeller: unit(14), toBuyer: unit(14) });
	});
});

describe('as PDF', () => {
	test('default: another program finds the Chinese, the hashes and the sums; equal documents have equal bytes', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		const bytes = await pdfOf(buyer, orderId, '?lang=zh-CN');
		expect(
			createHash('sha256')
				.update(await pdfOf(seller, orderId, '?lang=zh-CN'))
				.digest('hex'),
		).toBe(createHash('sha256').update(bytes).digest('hex'));
		const invoice = await invoiceOf(buyer, orderId);
		const { pages, info } = await readPdf(bytes);
		const text = pages.join('\n');
		const { proof } = invoice;
		for (const part of ['销售账单', '明前龙井 50 克', '杭州巷口茶业有限公司', '91330100MA2XXXXX0K', 'Lin Yue', '文三路 1 号', '28.00', '3.22', '24.78', '13%'])
			expect(text).toContain(part);
		for (const part of [orderId, proof.termsHash, proof.placed.transactionHash, proof.placed.blockHash, proof.orderBook, invoice.number])
			expect(text).toContain(part);
		expect(info).toMatchObject({ Title: `销售账单 ${invoice.number}`, Author: '杭州巷口茶业有限公司' });
		expect((await readPdf(await pdfOf(buyer, orderId))).pages.join('\n')).toContain('Spring tea, 50 g');
		expect(bytes.length).toBeLessThan(150_000);
	});

	test('behavior: drawing is rationed for each account', async () => {
		const { orderId } = await buyWithDelivery(buyer, offer);
		await setStaff(shopRoles.orders);
		const answers: number[] = [];
		for (let i = 0; i < 40; i++) answers.push((await staff.client.fetch(`/api/orders/${orderId}/invoice.pdf`)).status);
		expect([answers[0], answers.at(-1)]).toEqual([200, 429]);
		expect((await buyer.client.fetch(`/api/orders/${orderId}/invoice.pdf`)).status).toBe(200);
		await setStaff(0);
	});

	test('behavior: hostile text stays in its place', async () => {
		const content = {
			...ordinaryContent,
			title: { en: `${'W'.repeat(119)}x` },
			variants: [{ values: [{ en: '𝕬 שלום 🧧 ẞ Łódź' }], sku: '=HYPERLINK("x")' }],
			options: [{ en: 'Kind' }],
		};
		const offerId = offerIdOf(await publishListing(seller, { shopId, content, terms: [offer.terms] }), 0);
		const { orderId } = await buyWithDelivery(
			buyer,
			{ ...offer, offerId },
			{
				...ordinaryDelivery,
				name: `Li\u202Eevil\u0007${'很'.repeat(60)}`,
				street: `${'x'.repeat(199)}`,
				note: '',
			},
		);
		const { pages } = await readPdf(await pdfOf(buyer, orderId));
		expect(pages.length).toBeLessThanOrEqual(2);
		const text = pages.join('\n');
		expect(text).not.toMatch(/[\u0000-\u0008\u202A-\u202E]/);
		expect(text).toContain('Lievil');
		expect(text).toContain('Łódź');
		expect(text).toContain('28.00');
	});
});

describe('the report', () => {
	test('default: a row for every document of the period, formulas disarmed', async () => {
		const shop = await openShop(seller, { slug: 'reporting', profile: { ...profile, tax: { regions: [{ region: 'CN', name: '=1+1', standard: 1300 }] } } });
		const content = { ...ordinaryContent, title: { en: '=cmd|"/c calc"!A1' } };
		const wanted = { ...offer, offerId: offerIdOf(await publishListing(seller, { shopId: shop, content, terms: [offer.terms] }), 0) };
		const kept = await buyWithDelivery(buyer, wanted);
		const back = await buy(buyer, wanted);
		await refund(seller, back.order);
		const today = new Date(market.now() * 1000).toISOString().slice(0, 10);
		const csv = await (await seller.client.fetch(`/api/shops/${shop}/invoices.csv?from=${today}&to=${today}`)).text();
		const rows = csv.trim().split('\r\n').slice(1);
		expect(rows).toHaveLength(3);
		expect(rows[0]).toContain(kept.orderId);
		expect(rows[0]).toContain(`"'=cmd|""/c calc""!A1"`);
		expect(rows[0]).toContain(`,'=1+1,13,24.78,3.22,28,`);
		// no address: the shop's table has no row for nowhere
		expect(rows[2]).toMatch(/credit_note.*,O,,0,-28,0,-28,/);
	});

	test.each([
		['another shop’s', 1, 'from=2026-01-01&to=2026-01-31', 403],
		['a period backwards', 0, 'from=2026-02-01&to=2026-01-31', 400],
		['more than a year', 0, 'from=2025-01-01&to=2026-06-01', 400],
		['no day', 0, 'from=2026-02-31&to=2026-03-01', 400],
		['no period', 0, '', 400],
	])('error: %s', async (_, who, query, status) => {
		expect((await ([seller, stranger][who] as Actor).client.fetch(`/api/shops/${shopId}/invoices.csv?${query}`)).status).toBe(status);
	});
});
