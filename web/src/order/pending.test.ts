import { expect, test } from 'vitest';
import { isSamePurchase, isSameWish, type PendingPurchase, type PurchaseWish } from './pending.ts';

const zero = '0x0000000000000000000000000000000000000000';
const terms: PurchaseWish['terms'] = {
	currency: zero,
	unitPrice: '5',
	shippingPrice: '0',
	shipBySeconds: 1,
	confirmBySeconds: 1,
	cancelSeconds: 0,
	returnSeconds: 0,
	returnShippingPrice: '0',
	shipDate: 0,
	warrantySeconds: 0,
	restockingBps: 0,
	warrantyBps: 0,
	remedies: 0,
	affiliateBps: 0,
	arbitrator: zero,
	splits: [],
};
const wish: PurchaseWish = {
	validBefore: 1000,
	offerId: '1',
	version: 1,
	terms,
	buyer: '0xAbcd000000000000000000000000000000000000',
	quantity: '1',
	affiliate: zero,
	feeBps: 0,
	details: null,
};
const pending: PendingPurchase = {
	orderId: '0x01',
	order: {
		offerId: '1',
		version: 1,
		terms,
		buyer: '0xabcd000000000000000000000000000000000000',
		quantity: '1',
		affiliate: zero,
		feeBps: 0,
		detailsHash: '0x00',
		validBefore: '1000',
		salt: '0x00',
	},
	details: null,
	detailsSalt: null,
};

test('the same wish is the same order', () => {
	expect(isSamePurchase(pending, wish, 900)).toBe(true);
});

test.each([
	['another quantity', { quantity: '2' }],
	['another version', { version: 2 }],
	['another price', { terms: { ...terms, unitPrice: '6' } }],
	['another buyer', { buyer: '0x1111111111111111111111111111111111111111' }],
	['another address', { details: { name: 'n', phone: '12345', country: 'CN', region: '', city: 'c', street: 's', postcode: '', note: '' } }],
	['another referrer', { affiliate: '0x1111111111111111111111111111111111111111' }],
	['another fee', { feeBps: 10 }],
])('%s is another order', (_, change) => {
	expect(isSamePurchase(pending, { ...wish, ...change }, 900)).toBe(false);
});

test('behavior: an order about to expire is not tried again', () => {
	expect(isSamePurchase(pending, wish, 945)).toBe(false);
});

test('behavior: a new version or fee does not make it another wish, another quantity does', () => {
	expect(isSameWish(pending, { ...wish, version: 2, feeBps: 10, terms: { ...terms, unitPrice: '6' } })).toBe(true);
	expect(isSameWish(pending, { ...wish, quantity: '2' })).toBe(false);
});
