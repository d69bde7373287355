import { expect, test } from 'vitest';
import { firstSpan, moveEnd, windowAround } from './clip-span.ts';

test('default: half a minute up to what has just been seen, out of three minutes around it', () => {
	const within = windowAround(600_200, 3_600_000);
	expect(within).toEqual({ fromMs: 510_000, toMs: 690_000 });
	expect(firstSpan(600_200, within)).toEqual({ fromMs: 570_000, toMs: 600_000 });
});

test('behavior: at the ends of a recording, and of one that is shorter', () => {
	expect(windowAround(0, 3_600_000)).toEqual({ fromMs: 0, toMs: 180_000 });
	expect(windowAround(3_600_000, 3_600_000)).toEqual({ fromMs: 3_420_000, toMs: 3_600_000 });
	const short = windowAround(3000, 12_345);
	expect(short).toEqual({ fromMs: 0, toMs: 12_000 });
	expect(firstSpan(3000, short)).toEqual({ fromMs: 0, toMs: 12_000 });
});

test('behavior: a handle takes the other one along, never beyond a minute nor below a second', () => {
	const within = { fromMs: 0, toMs: 180_000 };
	expect(moveEnd({ fromMs: 0, toMs: 30_000 }, 'toMs', 100_000, within)).toEqual({ fromMs: 40_000, toMs: 100_000 });
	expect(moveEnd({ fromMs: 40_000, toMs: 100_000 }, 'fromMs', 0, within)).toEqual({ fromMs: 0, toMs: 60_000 });
	expect(moveEnd({ fromMs: 0, toMs: 30_000 }, 'fromMs', 50_000, within)).toEqual({ fromMs: 50_000, toMs: 51_000 });
	expect(moveEnd({ fromMs: 50_000, toMs: 80_000 }, 'toMs', 10_000, within)).toEqual({ fromMs: 9000, toMs: 10_000 });
	expect(moveEnd({ fromMs: 0, toMs: 30_000 }, 'fromMs', 999_999, within)).toEqual({ fromMs: 179_000, toMs: 180_000 });
	expect(moveEnd({ fromMs: 0, toMs: 30_000 }, 'toMs', -5, within)).toEqual({ fromMs: 0, toMs: 1000 });
});
