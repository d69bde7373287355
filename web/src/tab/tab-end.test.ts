import { MAX_TAB_SECONDS } from '@kaishi/protocol/tab';
import { expect, test } from 'vitest';
import { lastings, tabEnd } from './tab-end.ts';

const now = Math.floor(Date.UTC(2026, 10, 22, 14, 30) / 1000);

test('default: tonight is the next midnight where the reader is', () => {
	const end = new Date(tabEnd('midnight', now) * 1000);
	expect([end.getHours(), end.getMinutes(), end.getSeconds()]).toEqual([0, 0, 0]);
	expect(tabEnd('midnight', now) - now).toBeGreaterThan(0);
	expect(tabEnd('midnight', now) - now).toBeLessThanOrEqual(86_400);
});

test('behavior: minutes before midnight it is the next one', () => {
	const midnight = tabEnd('midnight', now);
	expect(tabEnd('midnight', midnight - 601)).toBe(midnight);
	expect(tabEnd('midnight', midnight - 600)).toBe(midnight + 86_400);
});

test('behavior: every choice is later than the one before and short enough for the contract', () => {
	const ends = lastings.map((lasting) => tabEnd(lasting, now));
	expect([...ends].sort((a, b) => a - b)).toEqual(ends);
	for (const end of ends) expect(end - now).toBeLessThan(MAX_TAB_SECONDS);
});
