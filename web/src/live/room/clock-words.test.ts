import { expect, test } from 'vitest';
import { clockOf, placeOf } from './clock-words.ts';

test.each([
	[0, '0:00'],
	[65_999, '1:05'],
	[600_000, '10:00'],
	[3_661_000, '1:01:01'],
	[-5, '0:00'],
])('%s ms is %s', (ms, text) => {
	expect(clockOf(ms)).toBe(text);
});

test.each([
	['1:05', 65_000],
	['1:01:01', 3_661_000],
	['65', 65_000],
	['', 0],
	['-3', 0],
	['1e9', 0],
	[null, 0],
])('a link to %s leads to %s ms', (text, ms) => {
	expect(placeOf(text)).toBe(ms);
});
