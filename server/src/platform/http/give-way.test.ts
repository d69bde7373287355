import { expect, test } from 'vitest';
import { giveWay } from './give-way.ts';

test('default: a page waits until the crowd is through', async () => {
	const crowd = [300, 200, 100, 10];
	let looks = 0;
	await giveWay(() => crowd[Math.min(looks++, crowd.length - 1)] ?? 0);
	expect(looks).toBe(4);
});

test('behavior: a crowd that does not end keeps nobody waiting for ever', async () => {
	let looks = 0;
	await giveWay(() => {
		looks++;
		return 1000;
	});
	expect(looks).toBeGreaterThan(1);
});
