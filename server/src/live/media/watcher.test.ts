import { Duplex } from 'node:stream';
import { AUDIO_ONLY } from '@kaishi/protocol/live';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveStream } from './live-stream.ts';
import type { StreamSource } from './stream-source.ts';
import { AVCC } from './test-publisher.ts';
import type { AudioTrack } from './track.ts';
import { Watcher } from './watcher.ts';

let nowMs: number;
let stream: LiveStream;
let asked: number[];
const SOUND: AudioTrack = { kind: 'audio', codec: 'opus', channels: 1, sampleRate: 48_000, specific: Buffer.alloc(0) };
const source: StreamSource = { account: '', tell: () => undefined, requestKey: (rendition) => asked.push(rendition), close: () => undefined };
/** The host is there and says what it sends. */
const come = () => {
	stream.attach(source);
	stream.configureAudio(SOUND);
	for (const rendition of [0, 1]) stream.configureVideo(rendition, { kind: 'video', avcC: AVCC, width: 640 >> rendition, height: 360 >> rendition });
};
/** The host was there and goes. */
const away = () => {
	send(0, 10);
	stream.detach(source);
};
beforeEach(() => {
	nowMs = 1_000_000;
	asked = [];
	stream = new LiveStream({ patienceMs: 1000, recorder: null, onEvent: () => undefined, now: () => nowMs });
	come();
});
afterEach(() => stream.end('host'));

/** Pictures of both renditions, 30 a second, a key picture every two seconds. */
function send(from: number, count: number, bytes = 20_000): void {
	for (let i = from; i < from + count; i++) {
		nowMs = 1_000_000 + (i * 1000) / 30;
		const timestampUs = (i * 1e6) / 30;
		for (const rendition of [0, 1]) {
			stream.takePicture(rendition, { timestampUs, durationUs: 33_333, isKey: i % 60 === 0, compositionUs: 0, data: Buffer.alloc(bytes >> rendition) });
		}
		stream.takeSound({ timestampUs, durationUs: 20_000, isKey: true, compositionUs: 0, data: Buffer.alloc(160) });
	}
}

/** A socket whose reader takes what it is let; `heard` is what it took, message by message. */
function openSocket() {
	const heard: Buffer[] = [];
	let isOpen = true;
	let waiting: (() => void) | null = null;
	const socket = new Duplex({
		read: () => undefined,
		write(chunk: Buffer, _, done) {
			heard.push(chunk);
			if (isOpen) done();
			else waiting = done;
		},
	});
	return {
		socket,
		heard,
		stall: () => (isOpen = false),
		go() {
			isOpen = true;
			waiting?.();
		},
		inits: () => heard.filter((chunk) => chunk[0] === 0x81).map((chunk) => JSON.parse(chunk.subarray(chunk[1] === 126 ? 4 : 2).toString())),
	};
}

function watch(wanted: number) {
	const reader = openSocket();
	const terminate = () => void reader.socket.destroy();
	const context = { renditions: () => stream.views(), startedAtMs: () => stream.startedAtMs, close: () => undefined, terminate };
	const watcher = new Watcher(reader.socket, wanted, context);
	stream.addWatcher(watcher);
	return { ...reader, watcher };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a watcher', () => {
	test('behavior: one that stalls costs at most 1 MB, whatever comes, and goes on with a key picture', async () => {
		const viewer = watch(0);
		send(0, 1);
		await settle();
		viewer.stall();
		let most = 0;
		for (let second = 0; second < 60; second++) {
			send(1 + second * 30, 30);
			most = Math.max(most, viewer.socket.writableLength);
		}
		expect(most).toBeLessThanOrEqual(1024 * 1024);
		expect(viewer.watcher.skipped).toBeGreaterThan(1000);
		const before = viewer.heard.length;
		viewer.go();
		await settle();
		send(1801, 60);
		await settle();
		expect(viewer.heard.length).toBeGreaterThan(before + 50);
		expect(viewer.watcher.isStalled(nowMs + 100_000)).toBe(false);
	});

	test('behavior: one that has taken nothing for half a minute is let go', () => {
		const viewer = watch(0);
		send(0, 1);
		viewer.stall();
		send(1, 60);
		stream.tend();
		nowMs += 29_000;
		stream.tend();
		expect(viewer.socket.destroyed).toBe(false);
		nowMs += 2000;
		stream.tend();
		expect(viewer.socket.destroyed).toBe(true);
	});

	test('behavior: goes over to another rendition with its next key picture, to sound at once', async () => {
		const viewer = watch(0);
		send(0, 10);
		viewer.watcher.wanted = 1;
		stream.place(viewer.watcher);
		send(10, 10);
		await settle();
		expect(viewer.inits().map(({ rendition }) => rendition)).toEqual([0]);
		send(20, 41);
		await settle();
		expect(viewer.inits().map(({ rendition }) => rendition)).toEqual([0, 1]);
		viewer.watcher.wanted = AUDIO_ONLY;
		stream.place(viewer.watcher);
		await settle();
		expect(viewer.inits().at(-1)).toMatchObject({ rendition: AUDIO_ONLY, mime: 'audio/mp4; codecs="opus"' });
	});

	test('behavior: a rendition that falls silent is left for one that does not', async () => {
		const viewer = watch(1);
		send(0, 10);
		for (let i = 120; i < 240; i++) {
			nowMs = 1_000_000 + (i * 1000) / 30;
			stream.takePicture(0, { timestampUs: (i * 1e6) / 30, durationUs: 0, isKey: i % 60 === 0, compositionUs: 0, data: Buffer.alloc(100) });
			if (i % 30 === 0) stream.tend();
		}
		await settle();
		expect(viewer.inits().map(({ rendition }) => rendition)).toEqual([1, 0]);
	});

	test('behavior: a host whose clock jumps by hours stays where the show is', () => {
		send(0, 60);
		const later = { durationUs: 0, compositionUs: 0, data: Buffer.alloc(100) };
		nowMs += 33;
		stream.takePicture(0, { ...later, timestampUs: 9e12, isKey: false });
		expect(stream.droppedFrames).toBe(1);
		stream.takePicture(0, { ...later, timestampUs: 9e12, isKey: true });
		stream.takePicture(0, { ...later, timestampUs: 9e12 + 33_000, isKey: false });
		expect(stream.droppedFrames).toBe(1);
	});

	test.each<[string, (() => unknown)[]]>([
		['before anything came', []],
		['while the host is away', [away]],
		['while the host is away, after another who was there before', [() => watch(0), away]],
		['when the host is back but has not said what it sends', [away, () => stream.attach(source)]],
		['when the host is back and its first picture is not there yet', [away, come]],
		['while the show is paused', [() => send(0, 10), () => stream.pause()]],
		['between a pause and the picture after it', [() => send(0, 10), () => stream.pause(), () => stream.resume()]],
		['when a host who paused and left goes on', [() => send(0, 10), () => stream.pause(), () => stream.detach(source), () => stream.resume()]],
	])('behavior: who comes %s sees the next picture', async (_, steps) => {
		for (const step of steps) step();
		const viewer = watch(0);
		if (stream.source === null || stream.renditions.get(0)?.isConfigured !== true) come();
		if (stream.state === 'paused') stream.resume();
		send(300, 61);
		await settle();
		expect(viewer.inits().filter(({ type }) => type === 'init')).toMatchObject([{ rendition: 0, mime: 'video/mp4; codecs="avc1.42e01e,opus"' }]);
		expect(viewer.heard.at(-1)?.toString('latin1')).toContain('moof');
	});

	test('behavior: sound that is announced late holds the picture up for no longer than a new key picture takes', async () => {
		stream = new LiveStream({ patienceMs: 1000, recorder: null, onEvent: () => undefined, now: () => nowMs });
		stream.attach(source);
		stream.configureVideo(0, { kind: 'video', avcC: AVCC, width: 640, height: 360 });
		const viewer = watch(0);
		send(0, 10);
		asked = [];
		stream.configureAudio(SOUND);
		expect(asked).toEqual([0]);
		send(60, 1);
		await settle();
		expect(viewer.inits().map(({ mime }) => mime)).toEqual(['video/mp4; codecs="avc1.42e01e"', 'video/mp4; codecs="avc1.42e01e,opus"']);
	});
});
