import { expect, test } from 'vitest';
import { planRenditions } from './renditions.ts';

const sizesOf = (width: number, height: number, most?: number) =>
	planRenditions({ width, height, framesPerSecond: 30 }, most).map((plan) => [plan.id, plan.width, plan.height]);

test.each([
	['a screen', 1920, 1080, [0, 1280, 720], [1, 640, 360]],
	['a camera', 1280, 720, [0, 1280, 720], [1, 640, 360]],
	['a phone held upright', 720, 1280, [0, 720, 1280], [1, 360, 640]],
	['a small camera', 640, 480, [0, 640, 480], [1, 320, 240]],
])('default: %s in two sizes', (_name, width, height, ...sizes) => {
	expect(sizesOf(width, height)).toEqual(sizes);
});

test('behavior: a picture too small to be halved is sent once', () => {
	expect(sizesOf(160, 120)).toEqual([[0, 160, 120]]);
});

test('behavior: a machine too slow for two sends the best one', () => {
	expect(sizesOf(1280, 720, 1)).toEqual([[0, 1280, 720]]);
});

test('behavior: sizes are even, as H.264 wants them, and more pixels get more bits', () => {
	const [large, small] = planRenditions({ width: 853, height: 481, framesPerSecond: 30 });
	expect([large?.width, large?.height, small?.width, small?.height].every((pixels) => (pixels ?? 1) % 2 === 0)).toBe(true);
	expect(large?.kbps).toBeGreaterThan(small?.kbps ?? Number.POSITIVE_INFINITY);
});
