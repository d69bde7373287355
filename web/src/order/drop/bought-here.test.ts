import { beforeEach, expect, test, vi } from 'vitest';
import { boughtBefore, forgetBought, rememberBought } from './bought-here.ts';

const orderId = `0x${'0a'.repeat(32)}` as const;
const mine = { account: '0xB1', offerId: '7' };
const kept = new Map<string, string>();
beforeEach(() => {
	kept.clear();
	vi.stubGlobal('sessionStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
		removeItem: (key: string) => kept.delete(key),
	});
});

test('default: what was bought of an offer is known to its buyer until it is forgotten', () => {
	rememberBought(mine, orderId);
	const others = [
		{ ...mine, offerId: '8' },
		{ ...mine, account: '0xb2' },
	];
	expect([mine, { ...mine, account: '0xb1' }, ...others].map(boughtBefore)).toEqual([orderId, orderId, null, null]);
	forgetBought(mine);
	expect(boughtBefore(mine)).toBeNull();
});

test('error: what is no order is shown to nobody, and a browser that keeps nothing shows nothing again', () => {
	rememberBought(mine, '0x"><script>');
	expect(boughtBefore(mine)).toBeNull();
	vi.stubGlobal('sessionStorage', undefined);
	rememberBought(mine, orderId);
	expect(boughtBefore(mine)).toBeNull();
	forgetBought(mine);
});
