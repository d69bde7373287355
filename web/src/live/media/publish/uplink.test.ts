import { expect, test } from 'vitest';
import { Uplink } from './uplink.ts';

function watch(uplink: Uplink, fromMs: number, seconds: number, queuedMs: number): void {
	for (let atMs = fromMs; atMs < fromMs + seconds * 1000; atMs += 1000) uplink.observe(atMs, queuedMs);
}

test('default: a free line carries all that is planned', () => {
	const uplink = new Uplink();
	watch(uplink, 0, 60, 20);
	expect(uplink.share).toBe(1);
});

test('behavior: one full second is forgiven, two lower the picture, and never below what can be seen', () => {
	const uplink = new Uplink();
	expect(uplink.observe(0, 900)).toBe(false);
	expect(uplink.observe(1000, 900)).toBe(true);
	expect(uplink.share).toBeCloseTo(0.7);
	watch(uplink, 2000, 60, 900);
	expect(uplink.share).toBe(0.15);
});

test('behavior: calm raises it again, step by step', () => {
	const uplink = new Uplink();
	watch(uplink, 0, 4, 900);
	const low = uplink.share;
	watch(uplink, 4000, 9, 0);
	expect(uplink.share).toBeCloseTo(low * 1.15);
	watch(uplink, 13_000, 120, 0);
	expect(uplink.share).toBe(1);
});
