import { expect, test } from 'vitest';
import { createReservations, type TabId } from './reserved.ts';

const tab: TabId = { account: `0x${'a1'.repeat(20)}`, key: `0x${'b2'.repeat(20)}`, token: `0x${'c3'.repeat(20)}` };
const shouted: TabId = { ...tab, account: `0x${'A1'.repeat(20)}` };

test('default: purposes share what is left, whatever the spelling of the tab', () => {
	const book = createReservations();
	book.reserve(tab, 'order', 60n, 100n);
	book.reserve(shouted, 'channel:0', 40n, 100n);
	expect(book.promisedOn(tab)).toBe(100n);
	expect(() => book.reserve(tab, 'other', 1n, 100n)).toThrow(expect.objectContaining({ code: 'Tabs_OverLimit', details: { left: '0', wanted: '1' } }));
	book.release(tab, 'order');
	expect(book.promisedOn(shouted)).toBe(40n);
});

test('behavior: a purpose replaces what it promised; a refusal changes nothing', () => {
	const book = createReservations();
	book.reserve(tab, 'channel:0', 40n, 100n);
	book.reserve(tab, 'channel:0', 100n, 100n);
	expect(() => book.reserve(tab, 'channel:0', 101n, 100n)).toThrow('Tabs_OverLimit');
	expect(book.promisedOn(tab)).toBe(100n);
	book.reserve(tab, 'channel:0', 30n, 100n);
	expect(book.promisedOn(tab)).toBe(30n);
});

test('behavior: what was restored counts even beyond what is left', () => {
	const book = createReservations();
	book.restore(tab, 'order', 80n);
	expect(() => book.reserve(tab, 'channel:0', 1n, 50n)).toThrow(expect.objectContaining({ details: { left: '0', wanted: '1' } }));
});

test('behavior: a promise that is paid while the chain is asked is not counted as free money', async () => {
	const book = createReservations();
	book.reserve(tab, 'order', 60n, 100n);
	const answers = [100n, 40n];
	const asking = book.reserveAsking(tab, 'channel:0', 70n, async () => {
		const left = answers.shift() as bigint;
		// The order is paid right after the first answer was read.
		if (left === 100n) book.release(tab, 'order');
		return left;
	});
	await expect(asking).rejects.toMatchObject({ code: 'Tabs_OverLimit', details: { left: '40', wanted: '70' } });
	expect(answers).toEqual([]);
});

test('behavior: a sum is put in place of a former one unless somebody has promised otherwise meanwhile', () => {
	const book = createReservations();
	book.restore(tab, 'channel:0', 40n);
	book.replace(tab, 'channel:0', 40n, 30n);
	expect([book.promisedFor(tab, 'channel:0'), book.promisedOn(tab)]).toEqual([30n, 30n]);
	book.replace(tab, 'channel:0', 40n, 10n);
	expect(book.promisedFor(tab, 'channel:0')).toBe(30n);
	expect(book.promisedFor(tab, 'other')).toBe(0n);
});
