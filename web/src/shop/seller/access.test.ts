import { expect, test } from 'vitest';
import { dashboardOf, mayDo, rolesIn } from './access.ts';

test('default: roles by bits, everything for the owner', () => {
	expect(rolesIn(0b1010)).toEqual(['orders', 'money']);
	expect(mayDo({ owner: false, roles: 2, treasury: null, cold: false }, 'orders')).toBe(true);
	expect(mayDo({ owner: false, roles: 2, treasury: null, cold: false }, 'money')).toBe(false);
	expect(mayDo({ owner: true, roles: 0, treasury: null, cold: false }, 'money')).toBe(true);
});

test('behavior: a shop called "new" keeps its dashboard', () => {
	expect(dashboardOf({ id: '7', slug: 'tea' }, '/orders')).toBe('/sell/tea/orders');
	expect(dashboardOf({ id: '7', slug: 'new' })).toBe('/sell/7');
});
