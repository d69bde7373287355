import { expect, test } from 'vitest';
import { LiveEdge, type Stretch } from './live-edge.ts';

const one = (startSeconds: number, endSeconds: number): Stretch[] => [{ startSeconds, endSeconds }];

test('default: jumps to just behind the newest frame, then plays at its own pace', () => {
	const edge = new LiveEdge();
	expect(edge.steer(0, 0, one(98, 100))).toEqual({ do: 'jump', toSeconds: 100 - 0.12 });
	expect(edge.steer(100, 99.9, one(98, 100.02))).toEqual({ do: 'rate', rate: 1 });
});

test('behavior: a hair faster behind, a hair slower when nearly dry', () => {
	const edge = new LiveEdge();
	expect(edge.steer(0, 99.5, one(98, 100))).toEqual({ do: 'rate', rate: 1.15 });
	expect(edge.steer(0, 99.75, one(98, 100))).toEqual({ do: 'rate', rate: 1.05 });
	expect(edge.steer(0, 99.97, one(98, 100))).toEqual({ do: 'rate', rate: 0.97 });
});

test('behavior: running dry widens the distance once, calm narrows it again', () => {
	const edge = new LiveEdge();
	edge.steer(0, 99.9, one(98, 100));
	edge.steer(100, 100, one(98, 100));
	edge.steer(200, 100, one(98, 100));
	expect(edge.stalls).toBe(1);
	expect(edge.targetSeconds).toBeCloseTo(0.18);
	edge.steer(300, 100, one(98, 100.2));
	edge.steer(5000, 104.8, one(98, 105));
	expect(edge.targetSeconds).toBeCloseTo(0.162);
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
