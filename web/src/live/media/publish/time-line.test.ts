import { expect, test } from 'vitest';
import { TimeLine } from './time-line.ts';

const SHARED = 1_700_000_000_000_000;
/** A piece every 20 ms of the source's clock; `lagUs` later it arrives. */
function run(line: TimeLine, from: number, pieces: number, lagUs: (index: number) => number): number[] {
	return Array.from({ length: pieces }, (_, index) => {
		const endUs = (from + index) * 20_000;
		return line.stamp(endUs, SHARED + endUs + lagUs(index)) - SHARED - endUs;
	});
}

test('default: pieces keep their own distances, however unevenly they arrive', () => {
	const stamps = run(new TimeLine(), 0, 40, (index) => (index % 7) * 4000);
	expect(new Set(stamps)).toEqual(new Set([0]));
});

test('behavior: a source that fell behind for good is moved to where it is now', () => {
	const line = new TimeLine();
	run(line, 0, 60, () => 0);
	expect(run(line, 60, 160, () => 300_000).at(-1)).toBe(300_000);
});

test('behavior: a first piece that came late does not shift all others', () => {
	expect(run(new TimeLine(), 0, 200, (index) => (index === 0 ? 400_000 : 0)).at(-1)).toBe(0);
});

test('behavior: stamps never go back', () => {
	const line = new TimeLine();
	const stamps = [line.stamp(0, 400_000), ...Array.from({ length: 80 }, (_, index) => line.stamp((index + 1) * 20_000, (index + 1) * 20_000))];
	expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
	expect(new Set(stamps).size).toBe(stamps.length);
});
