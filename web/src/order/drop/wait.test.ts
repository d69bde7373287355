import { expect, test } from 'vitest';
import { waitMs } from './wait.ts';

test('default: twice as long each time, spread around it, and never for ever', () => {
	expect([0, 1, 2, 3].map((tries) => waitMs(tries, 0.5))).toEqual([250, 500, 1000, 2000]);
	expect([waitMs(1, 0), waitMs(1, 1)]).toEqual([250, 750]);
	expect(waitMs(40, 1)).toBe(12_000);
});
