import { expect, test } from 'vitest';
import { RenditionChoice } from './rendition-choice.ts';

const calm = { lateMs: 20, stalls: 0, droppedShare: 0 };
const late = { ...calm, lateMs: 1500 };

/** Looks once a second. */
function watch(choice: RenditionChoice, fromMs: number, seconds: number, sample: typeof calm): { atMs: number; rendition: number }[] {
	const asked: { atMs: number; rendition: number }[] = [];
	for (let atMs = fromMs; atMs < fromMs + seconds * 1000; atMs += 1000) {
		const rendition = choice.observe(atMs, sample);
		if (rendition !== null) asked.push({ atMs, rendition });
	}
	return asked;
}

test('default: a calm line stays at the best', () => {
	expect(watch(new RenditionChoice([0, 1], 0), 0, 120, calm)).toEqual([]);
});

test('behavior: frames that come late for a while go down one size, in the end to sound', () => {
	const choice = new RenditionChoice([0, 1], 0);
	expect(watch(choice, 0, 14, late)).toEqual([
		{ atMs: 3000, rendition: 1 },
		{ atMs: 12_000, rendition: -1 },
	]);
	expect(watch(choice, 14_000, 10, late)).toEqual([]);
});

test('behavior: one late moment is forgiven', () => {
	const choice = new RenditionChoice([0, 1], 0);
	expect(watch(choice, 0, 2, late)).toEqual([]);
	expect(watch(choice, 2000, 5, calm)).toEqual([]);
});

test('behavior: three stalls within twelve seconds, or a device too slow for five, go down', () => {
	const stalling = new RenditionChoice([0, 1], 0);
	expect([0, 4000, 8000].map((atMs) => stalling.observe(atMs, { ...calm, stalls: 1 }))).toEqual([null, null, 1]);
	expect(watch(new RenditionChoice([0, 1], 0), 0, 8, { ...calm, droppedShare: 0.5 })).toEqual([{ atMs: 5000, rendition: 1 }]);
});

test('behavior: a busy device or a jumpy line never costs the last picture', () => {
	expect(watch(new RenditionChoice([0, 1], 1), 0, 60, { lateMs: 200, stalls: 1, droppedShare: 0.6 })).toEqual([]);
});

test('behavior: going up again takes twenty calm seconds, and twice as long after a try that failed', () => {
	const choice = new RenditionChoice([0, 1], 1);
	expect(watch(choice, 0, 21, calm)).toEqual([{ atMs: 20_000, rendition: 0 }]);
	expect(watch(choice, 21_000, 4, late)).toEqual([{ atMs: 24_000, rendition: 1 }]);
	expect(watch(choice, 25_000, 60, calm)).toEqual([{ atMs: 64_000, rendition: 0 }]);
});
