import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { deliveryDetails, detailsHashOf } from './details.ts';
import { orderFromWire } from './wire.ts';

const address = `0x${'1'.repeat(40)}`;
const bytes = `0x${'2'.repeat(64)}`;
const terms = {
	currency: address,
	unitPrice: '1',
	shippingPrice: '0',
	shipBySeconds: 0,
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
	arbitrator: address,
	splits: [],
};
const wire = {
	offerId: '1',
	version: 1,
	terms,
	buyer: address,
	quantity: '1',
	affiliate: address,
	feeBps: 0,
	detailsHash: bytes,
	validBefore: '1',
	salt: bytes,
};

describe('orderFromWire', () => {
	test('default', () => {
		expect(orderFromWire(wire)).toMatchObject({ offerId: 1n, version: 1, quantity: 1n, terms: { unitPrice: 1n } });
	});

	test.each([
		['quantity above uint64', { ...wire, quantity: (2n ** 64n).toString() }],
		['price above uint128', { ...wire, terms: { ...terms, unitPrice: (2n ** 128n).toString() } }],
		['a version above uint32', { ...wire, version: 2 ** 32 }],
		['a version as text', { ...wire, version: '1' }],
		['no version', { ...wire, version: undefined }],
		['a negative number', { ...wire, quantity: '-1' }],
		['an exponent', { ...wire, quantity: '1e3' }],
		['a fraction', { ...wire, feeBps: 1.5 }],
		['a short salt', { ...wire, salt: '0x12' }],
		['an unknown field', { ...wire, admin: true }],
		['too many splits', { ...wire, terms: { ...terms, splits: Array.from({ length: 17 }, () => ({ recipient: address, bps: 1 })) } }],
	])('error: %s', (_, bad) => {
		expect(() => orderFromWire(bad)).toThrow(v.ValiError);
	});
});

describe('detailsHashOf', () => {
	const details = { name: '林月', phone: '+86 138 0000 0000', country: 'CN', region: '', city: '杭州', street: '文三路 1 号', postcode: '', note: '' };
	const salt = `0x${'3'.repeat(64)}` as const;

	test('behavior: the order of fields does not matter, the salt and every field do', () => {
		const parsed = v.parse(deliveryDetails, details);
		const hash = detailsHashOf(parsed, salt);
		expect(detailsHashOf(Object.fromEntries(Object.entries(parsed).reverse()) as typeof parsed, salt)).toBe(hash);
		expect(detailsHashOf(parsed, `0x${'4'.repeat(64)}`)).not.toBe(hash);
		expect(detailsHashOf({ ...parsed, note: 'x' }, salt)).not.toBe(hash);
	});
});
