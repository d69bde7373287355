import { expect, test } from 'vitest';
import { LiveEdge, type Stretch } from './live-edge.ts';

const one = (startSeconds: number, endSeconds: number): Stretch[] => [{ startSeconds, endSeconds }];

test('default: jumps to just behind the newest frame, then plays at its own pace', () => {
	const edge = new LiveEdge();
	expect(edge.steer(0, 0, one(98, 100))).toEqual({ do: 'jump', toSeconds: 100 - 0.12 });
	expect(edge.steer(100, 99.9, one(98, 100.02))).toEqual({ do: 'rate', rate: 1 });
});

test('behavior: the faster the farther behind, until it is close again; a hair slower when nearly dry', () => {
	const edge = new LiveEdge();
	expect(edge.steer(0, 99.83, one(98, 100))).toEqual({ do: 'rate', rate: 1 });
	expect(edge.steer(0, 99.5, one(98, 100))).toEqual({ do: 'rate', rate: 1.4 });
	expect(edge.steer(0, 99.7, one(98, 100))).toEqual({ do: 'rate', rate: 1.2 });
	expect(edge.steer(0, 99.8, one(98, 100))).toEqual({ do: 'rate', rate: 1.08 });
	expect(edge.steer(0, 99.83, one(98, 100))).toEqual({ do: 'rate', rate: 1.08 });
	expect(edge.steer(0, 99.87, one(98, 100))).toEqual({ do: 'rate', rate: 1 });
	expect(edge.steer(0, 99.97, one(98, 100))).toEqual({ do: 'rate', rate: 0.97 });
});

test('behavior: running dry widens the distance by a step, calm narrows it by half of what was not needed', () => {
	const edge = new LiveEdge();
	edge.steer(0, 99.9, one(98, 100));
	edge.steer(100, 100, one(98, 100));
	edge.steer(200, 100, one(98, 100));
	expect(edge.stalls).toBe(1);
	expect(edge.targetSeconds).toBeCloseTo(0.18);
	edge.steer(300, 100, one(98, 100.2));
	edge.steer(700, 100.6, one(98, 100.75));
	edge.steer(1400, 101.2, one(98, 101.4));
	expect(edge.targetSeconds).toBeCloseTo(0.18 - (0.15 - 0.05) / 2);
});

test('behavior: a line that is never calm keeps the distance it asks for', () => {
	const edge = new LiveEdge();
	edge.steer(0, 99.9, one(98, 100));
	edge.steer(100, 100, one(98, 100));
	for (let second = 1; second < 20; second++) edge.steer(second * 1000, 100 + second, one(98, 100.04 + second));
	expect(edge.targetSeconds).toBeCloseTo(0.18);
});

/** Plays thirty pictures a second that come when `comesAt` says, ms. @returns how old each of a hundred moments a second was on the glass, ms. */
function play(forMs: number, comesAt: (pictureMs: number) => number): number[] {
	const edge = new LiveEdge();
	const pictures = Array.from({ length: (forMs * 3) / 100 }, (_, index) => ({ at: comesAt((index * 100) / 3), end: (index + 1) / 30 }));
	let [played, rate, end, next] = [0, 1, 0, 0];
	return Array.from({ length: forMs / 10 }, (_, index) => {
		const nowMs = index * 10;
		for (; (pictures[next]?.at ?? Number.POSITIVE_INFINITY) <= nowMs; next++) end = Math.max(end, pictures[next]?.end ?? 0);
		const steer = nowMs % 100 === 0 && end > 0 ? edge.steer(nowMs, played, one(0, end)) : { do: 'rate' as const, rate };
		if (steer.do === 'jump') played = steer.toSeconds;
		else rate = steer.rate;
		played = Math.min(end, played + rate / 100);
		return nowMs - played * 1000;
	});
}

const mostOf = (lateMs: readonly number[], fromMs: number, toMs: number) => Math.max(...lateMs.slice(fromMs / 10, toMs / 10));

test('behavior: after a second of trouble the picture is young again within four', () => {
	// nothing comes for 300, 200 and 350 ms in turn; what was kept back comes all at once
	const stops = [
		[5000, 300],
		[5500, 200],
		[6000, 350],
	] as const;
	const late = play(12_000, (at) => stops.reduce((comes, [from, forMs]) => (comes >= from && comes < from + forMs ? from + forMs : comes), at));
	expect(mostOf(late, 5000, 6500)).toBeGreaterThan(300);
	expect(mostOf(late, 10_000, 12_000)).toBeLessThan(160);
});

test('behavior: a picture that stands although enough has come is set going by a jump; to begin, and after a jump, it is given more time', () => {
	const edge = new LiveEdge();
	let [nowMs, played] = [7000, 100];
	const jumpsWithin = (ms: number, pace: number) => {
		const jumps: number[] = [];
		for (const fromMs = nowMs; nowMs < fromMs + ms; nowMs += 100) {
			played += pace / 10;
			const steer = edge.steer(nowMs, played, one(98, played + 0.3));
			if (steer.do === 'jump') jumps.push(nowMs - fromMs);
			if (steer.do === 'jump') played = steer.toSeconds;
		}
		return jumps;
	};
	expect(jumpsWithin(2000, 0)).toEqual([800, 1700]);
	expect(jumpsWithin(5000, 1)).toEqual([]);
	expect(jumpsWithin(2000, 0)).toEqual([100, 600, 1500]);
	edge.restart();
	expect(jumpsWithin(700, 0)).toEqual([]);
});

test('behavior: stands as long as it likes when nothing has come, or whoever watches has stopped it', () => {
	const edge = new LiveEdge();
	for (let ms = 0; ms < 3000; ms += 100) expect(edge.steer(ms, 100, one(98, 100.1)).do).toBe('rate');
	for (let ms = 3000; ms < 6000; ms += 100) expect(edge.steer(ms, 100, one(98, 100.5), false).do).toBe('rate');
});

test('behavior: waiting for the first frames, or for those after a break, is no stall', () => {
	const edge = new LiveEdge();
	edge.steer(0, 10, one(9, 10));
	edge.steer(100, 10, one(9, 10.2));
	edge.restart();
	edge.steer(200, 10.2, one(9, 10.2));
	expect(edge.stalls).toBe(0);
});

test('behavior: plays to the brink of a hole, then jumps over it', () => {
	const edge = new LiveEdge();
	const stretches = [...one(98, 100), ...one(100.3, 100.5)];
	expect(edge.steer(0, 99.7, stretches)).toMatchObject({ do: 'rate' });
	expect(edge.steer(0, 99.99, stretches)).toEqual({ do: 'jump', toSeconds: 100.38 });
	expect(edge.steer(0, 99.99, [...one(98, 100), ...one(100.45, 100.5)])).toEqual({ do: 'jump', toSeconds: 100.45 });
});

test('behavior: what ran past the newest frame is put back', () => {
	expect(new LiveEdge().steer(0, 101, one(98, 100))).toEqual({ do: 'jump', toSeconds: 100 - 0.12 });
});
