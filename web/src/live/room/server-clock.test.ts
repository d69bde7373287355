import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

test('default: before anything was heard it is this browser’s own', () => {
	expect(new ServerClock().at(5000)).toBe(5000);
});

test('default: an answer stands for the middle of its way', () => {
	const clock = new ServerClock();
	clock.hear({ askedAt: 1000, heardAt: 1200, now: 9100 });
	expect(clock.at(1100)).toBe(9100);
	expect(clock.at(2100)).toBe(10_100);
});

test('behavior: the quickest answer is believed, not the last', () => {
	const clock = new ServerClock();
	clock.hear({ askedAt: 0, heardAt: 20, now: 1010 });
	clock.hear({ askedAt: 1000, heardAt: 3000, now: 3900 });
	expect(clock.at(0)).toBe(1000);
});

test('behavior: what was overheard counts only until somebody asked', () => {
	const clock = new ServerClock();
	clock.overhear(900, 1000);
	clock.overhear(1950, 2000);
	expect(clock.at(0)).toBe(-50);
	clock.hear({ askedAt: 2000, heardAt: 2100, now: 2150 });
	clock.overhear(9000, 2200);
	expect(clock.at(0)).toBe(100);
});

test('behavior: a clock that was set back in between tells nothing', () => {
	const clock = new ServerClock();
	clock.hear({ askedAt: 2000, heardAt: 1000, now: 50 });
	expect(clock.at(7)).toBe(7);
});

test('behavior: an old quick answer is forgotten, so that a drifting clock is followed', () => {
	const clock = new ServerClock();
	clock.hear({ askedAt: 0, heardAt: 2, now: 1 });
	for (let i = 1; i <= 8; i++) clock.hear({ askedAt: i * 1000, heardAt: i * 1000 + 40, now: i * 1000 + 520 });
	expect(clock.at(0)).toBe(500);
});
