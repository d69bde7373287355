import { deliveryDetails } from '@kaishi/protocol/order';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { type AddressField, emptyAddress, faultOf, firstFault, trimmed } from './address.ts';

const good = { name: '王小明', phone: '+86 138 0013 8000', country: 'CN', region: '浙江', city: '杭州', street: '龙井路 1 号', postcode: '310000', note: '' };

test('a good address has no fault, and the server takes it', () => {
	expect(firstFault(good)).toBeNull();
	expect(v.safeParse(deliveryDetails, trimmed(good)).success).toBe(true);
});

test('the first missing field is named in the order of the form', () => {
	expect(firstFault(emptyAddress('CN'))).toBe('name');
	expect(firstFault({ ...good, city: ' ' })).toBe('city');
});

const samples: [AddressField, string][] = [
	['name', ''],
	['name', 'x'.repeat(81)],
	['phone', 'call me'],
	['phone', '12'],
	['phone', '138-0013-8000'],
	['region', ''],
	['region', 'x'.repeat(81)],
	['street', 'x'.repeat(200)],
	['street', 'x'.repeat(201)],
	['postcode', 'x'.repeat(17)],
	['note', 'x'.repeat(300)],
	['note', 'x'.repeat(301)],
	['company', 'x'.repeat(120)],
	['company', 'x'.repeat(121)],
	['taxId', 'DE 123.456-789'],
	['taxId', 'DE'],
	['taxId', 'x'.repeat(25)],
	['taxId', '=1+1'],
];
test.each(samples)('%s %s: form and server agree', (field, value) => {
	const server = v.safeParse(deliveryDetails, { ...good, [field]: value }).success;
	expect(faultOf(field, value) === null).toBe(server);
});
