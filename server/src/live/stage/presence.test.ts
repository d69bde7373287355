import { expect, test } from 'vitest';
import { Presence } from './presence.ts';

test('default: people count once, with however many sockets, and a moment longer than they stay', () => {
	const presence = new Presence();
	const guo = { visitor: 'guo', address: '203.0.113.7' };
	presence.join(guo);
	presence.join(guo);
	presence.join({ visitor: 'mei', address: '203.0.113.8' });
	expect(presence.count(0)).toBe(2);
	presence.leave(guo, 1000);
	presence.leave(guo, 1000);
	expect(presence.count(5000)).toBe(2);
	expect(presence.count(6001)).toBe(1);
});

test('behavior: of one address at most twenty people are believed, and so many hearts; this machine is believed', () => {
	const presence = new Presence();
	for (let i = 0; i < 200; i++) presence.join({ visitor: `forged ${i}`, address: '203.0.113.7' });
	for (let i = 0; i < 3; i++) presence.join({ visitor: `honest ${i}`, address: `198.51.100.${i}` });
	expect(presence.count(0)).toBe(23);
	for (let i = 0; i < 50; i++) presence.join({ visitor: `here ${i}`, address: 'local' });
	expect(presence.count(0)).toBe(73);
	const likes = Array.from({ length: 200 }, () => presence.likes('203.0.113.7', 30));
	expect(likes.slice(0, 5)).toEqual([30, 30, 30, 30, 30]);
	expect(likes.filter((count) => count > 0).length).toBeLessThan(100);
	expect(presence.likes('local', 30)).toBe(30);
});
