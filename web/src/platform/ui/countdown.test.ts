import { expect, test } from 'vitest';
import { countdownParts } from './countdown.ts';

test.each([
	[-5, 0, '00:00:00'],
	[0, 0, '00:00:00'],
	[59.9, 0, '00:00:59'],
	[3661, 0, '01:01:01'],
	[86_400, 1, '00:00:00'],
	[3 * 86_400 - 1, 2, '23:59:59'],
])('%d seconds', (seconds, days, clock) => {
	expect(countdownParts(seconds)).toEqual({ days, clock });
});
