import { beforeEach, expect, test } from 'vitest';
import { LiveStream, type LiveStreamOptions } from './live-stream.ts';
import type { Part } from './part-cutter.ts';
import { AVCC } from './test-publisher.ts';

let nowMs: number;
let asked: number;
let told: string[];
let recorded: Part[];
beforeEach(() => {
	nowMs = 1_000_000;
	asked = 0;
	told = [];
	recorded = [];
});

function openStream(options: Partial<LiveStreamOptions> = {}) {
	const recorder = { add: (_: Buffer, part: Part) => void recorded.push(part), end: async () => undefined };
	const stream = new LiveStream({ patienceMs: 60_000, recorder, onEvent: ({ type }) => told.push(type), now: () => nowMs, ...options });
	const source = { account: '', tell: () => undefined, requestKey: () => void asked++, close: () => undefined };
	const come = () => {
		stream.attach(source);
		stream.configureVideo(0, { kind: 'video', avcC: AVCC, width: 640, height: 360 });
	};
	come();
	return { stream, source, come };
}

/** Thirty pictures a second from the n-th on, a key picture every second. */
function send(stream: LiveStream, from: number, count: number): void {
	for (let i = from; i < from + count; i++) {
		nowMs = 1_000_000 + (i * 1000) / 30;
		stream.takePicture(0, { timestampUs: (i * 1e6) / 30, durationUs: 0, isKey: i % 30 === 0, compositionUs: 0, data: Buffer.alloc(100) });
	}
}

test('behavior: before the show begins nothing is kept for playlists, nor recorded; from then on all of it', () => {
	const { stream } = openStream({ isEarly: true });
	send(stream, 0, 75);
	const { window, lane } = stream.renditions.get(0)!;
	expect([window.segments, recorded, told, stream.state]).toEqual([[], [], [], 'live']);
	stream.begin();
	stream.begin();
	expect([told, asked, lane.group.length, recorded]).toEqual([['started'], 1, 0, []]);
	send(stream, 75, 60);
	expect(window.segments[0]?.number).toBe(0);
	expect(recorded[0]).toMatchObject({ startUs: 3_000_000, beginsSegment: true });
});

test('behavior: without key pictures segments end by force, and what comes next waits for one', () => {
	const { stream } = openStream();
	const { window } = stream.renditions.get(0)!;
	const picture = (ms: number, isKey: boolean, bytes: number) => {
		nowMs = 1_000_000 + ms;
		stream.takePicture(0, { timestampUs: ms * 1000, durationUs: 0, isKey, compositionUs: 0, data: Buffer.alloc(bytes) });
	};
	const held = () => recorded.reduce((sum, { bytes }) => sum + bytes.length, 0);
	for (let i = 0; i < 60; i++) picture(i * 33, i === 0, 1_000_000);
	// Beside the key picture that began it.
	expect(held()).toBeLessThanOrEqual(17 * 1024 * 1024);
	expect(held()).toBeGreaterThan(15_000_000);
	const before = recorded.length;
	for (let i = 60; i < 1000; i++) picture(i * 33, i === 60, 100);
	const later = recorded.slice(before).reduce((sum, { durationUs }) => sum + durationUs, 0);
	expect(later).toBeGreaterThan(11_000_000);
	expect(later).toBeLessThan(12_500_000);
	expect(window.segments.length).toBe(2);
	for (let i = 0; i < 100; i++) window.setInit(Buffer.from([i]));
	expect([0, 1, 2, 50, 99, 100].filter((number) => window.init(number) !== null)).toEqual([0, 100]);
	stream.end('host');
});

test('behavior: a host who tries things out and leaves is not waited for', () => {
	const { stream, source, come } = openStream({ isEarly: true });
	send(stream, 0, 31);
	stream.detach(source);
	stream.begin();
	expect([stream.state, told]).toEqual(['waiting', []]);
	come();
	send(stream, 60, 31);
	expect(told).toEqual(['started']);
	stream.end('host');
});

test('behavior: a paused show takes no picture, also from a host who went and came back', () => {
	const { stream, source, come } = openStream();
	send(stream, 0, 31);
	stream.pause();
	const { length } = recorded;
	send(stream, 31, 60);
	stream.detach(source);
	come();
	send(stream, 91, 60);
	expect([recorded.length, stream.state]).toEqual([length, 'paused']);
	stream.resume();
	send(stream, 151, 60);
	expect(recorded.length).toBeGreaterThan(length);
	expect(told).toEqual(['started', 'paused', 'resumed']);
	stream.end('host');
});
