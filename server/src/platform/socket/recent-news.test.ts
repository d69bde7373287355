import { expect, test } from 'vitest';
import { RecentNews } from './recent-news.ts';

const news = (topic: string, event = 'OrderShipped', block = '5') => ({ topic, block, event });

test('what was said of a topic lately, the last word per event', () => {
	let now = 1000;
	const recent = new RecentNews(() => now);
	recent.note(news('shop:1', 'OrderPlaced', '4'));
	now = 2000;
	recent.note(news('shop:1', 'OrderShipped', '5'));
	recent.note(news('shop:2'));
	now = 2500;
	recent.note(news('shop:1', 'OrderShipped', '6'));
	expect(recent.ofLast(0, 'shop:2')).toEqual([]);
	expect(recent.ofLast(600, 'shop:1')).toEqual([news('shop:1', 'OrderShipped', '6')]);
	expect(recent.ofLast(60_000, 'shop:1')).toEqual([news('shop:1', 'OrderPlaced', '4'), news('shop:1', 'OrderShipped', '6')]);
	expect(recent.ofLast(600, 'shop:3')).toEqual([]);
});

test('half a minute is remembered, and no more topics than fit', () => {
	let now = 0;
	const recent = new RecentNews(() => now);
	recent.note(news('shop:1'));
	now = 31_000;
	expect(recent.ofLast(60_000, 'shop:1')).toEqual([]);
	for (let i = 0; i < 20_001; i++) recent.note(news(`order:${i}`));
	expect(recent.ofLast(1000, 'order:0')).toEqual([]);
	expect(recent.ofLast(1000, 'order:1')).toHaveLength(1);
});
