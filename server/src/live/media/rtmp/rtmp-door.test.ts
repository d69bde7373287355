import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveStream } from '../live-stream.ts';
import type { StreamEvent } from '../stream-source.ts';
import { readAmf, writeAmf } from './amf0.ts';
import { sizeOfAvc } from './avc-size.ts';
import { ChunkReader, writeChunks } from './chunks.ts';
import { openRtmpDoor, type RtmpDoor } from './rtmp-door.ts';
import { openTestEncoder, X264_AVCC } from './test-encoder.ts';

const KEY = '00112233445566aa-good';
let door: RtmpDoor;
let stream: LiveStream;
let events: StreamEvent[];
let keys: string[];

beforeEach(async () => {
	events = [];
	keys = [KEY];
	stream = new LiveStream({ patienceMs: 60_000, recorder: null, onEvent: (event) => events.push(event) });
	door = await openRtmpDoor({ host: '127.0.0.1', port: 0 }, (key) => (keys.includes(key) ? { stream, account: '0xhost' } : null));
});
afterEach(() => {
	stream.end('closed');
	door.close();
});

test('default: what an encoder sends is the show’s picture and sound', async () => {
	const encoder = await openTestEncoder(door.port, KEY);
	expect(encoder.statuses).toEqual(['NetStream.Publish.Start']);
	encoder.configure();
	for (let i = 0; i < 12; i++) {
		encoder.picture(i * 40, i === 0, 40);
		encoder.sound(i * 21);
	}
	await vi.waitFor(() => expect(stream.renditions.get(0)?.lane.group.length).toBeGreaterThanOrEqual(12));
	const { lane, window } = stream.renditions.get(0)!;
	expect(lane.mime).toBe('video/mp4; codecs="avc1.64001e,mp4a.40.2"');
	expect(lane.video).toMatchObject({ width: 640, height: 360 });
	expect(window.segments[0]?.parts.length).toBeGreaterThan(0);
	expect(events).toMatchObject([{ type: 'started' }]);
	encoder.socket.destroy();
	await vi.waitFor(() => expect(events.at(-1)?.type).toBe('away'));
});

test('error: a key that opens nothing, and one that no longer does', async () => {
	const stranger = await openTestEncoder(door.port, 'somebody-else');
	expect(stranger.statuses).toEqual(['NetStream.Publish.BadName']);
	const encoder = await openTestEncoder(door.port, KEY);
	keys = [];
	const closed = new Promise((resolve) => encoder.socket.once('close', resolve));
	door.recheck();
	await closed;
	await vi.waitFor(() => expect(stream.source).toBeNull());
});

test.each([
	['nothing of the kind', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
	['a message of 16 MB', Buffer.from([3, 0, 0, 0, 0xff, 0xff, 0xff, 9, 1, 0, 0, 0])],
	['a chunk that continues nothing', Buffer.from([0xc9])],
	['chunks of one byte', Buffer.from([3, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 1])],
	['AMF cut short', Buffer.from([3, 0, 0, 0, 0, 0, 2, 20, 0, 0, 0, 0, 2, 0])],
])('error: %s ends the connection, not the door', async (_, bytes) => {
	const encoder = await openTestEncoder(door.port, KEY);
	const closed = new Promise((resolve) => encoder.socket.once('close', resolve));
	encoder.raw(bytes);
	// Bytes that are a harmless chunk by chance are followed by more of them.
	for (let i = 0; i < 200 && !encoder.socket.destroyed; i++) encoder.raw(bytes);
	await closed;
	expect((await openTestEncoder(door.port, KEY)).statuses).toEqual(['NetStream.Publish.Start']);
});

/** One chunk of its own stream that begins a message of `length` bytes and holds `bytes` of them. */
const begun = (stream: number, length: number, bytes: number) => {
	const head = Buffer.alloc(12);
	head[0] = stream;
	head.writeUIntBE(length, 4, 3);
	return Buffer.concat([head, Buffer.alloc(bytes)]);
};

test('error: before a key is shown little is kept, and not for long', async () => {
	const reader = new ChunkReader();
	reader.bounds = { messageBytes: 16 * 1024, unfinishedBytes: 64 * 1024 };
	expect(() => [...reader.read(begun(3, 20_000, 128))]).toThrow('too large');
	const many = new ChunkReader();
	many.bounds = { messageBytes: 16 * 1024, unfinishedBytes: 64 * 1024 };
	for (let stream = 3; stream < 7; stream++) expect([...many.read(begun(stream, 16 * 1024, 128))]).toEqual([]);
	expect(() => [...many.read(begun(7, 16 * 1024, 128))]).toThrow('not whole');
	const restated = new ChunkReader();
	expect([...restated.read(begun(3, 1000, 128))]).toEqual([]);
	expect(() => [...restated.read(begun(3, 100, 100))]).toThrow('changes its length');
	const hasty = await openRtmpDoor({ host: '127.0.0.1', port: 0, keyMs: 50 }, () => null);
	const idle = connect(hasty.port, '127.0.0.1');
	const beat = setInterval(() => idle.write(Buffer.from([3])), 10);
	idle.on('error', () => undefined);
	await new Promise((resolve) => idle.once('close', resolve));
	clearInterval(beat);
	hasty.close();
});

test('behavior: chunks of any size, cut anywhere, give the same messages', () => {
	const body = Buffer.from(Array.from({ length: 1000 }, (_, i) => i & 255));
	for (const chunkBytes of [128, 200, 999, 1000, 4096]) {
		const reader = new ChunkReader();
		reader.chunkBytes = chunkBytes;
		const bytes = Buffer.concat([1, 2].map((timestamp) => writeChunks({ type: 9, streamId: 1, timestamp, body }, 6, chunkBytes)));
		const got = [];
		for (let at = 0; at < bytes.length; at += 7) got.push(...reader.read(bytes.subarray(at, at + 7)));
		expect(got).toEqual([1, 2].map((timestamp) => ({ type: 9, streamId: 1, timestamp, body })));
	}
});

test('behavior: values of commands come back as they went', () => {
	const values = ['connect', 1, { app: 'live', deep: { on: true } }, null, undefined, false];
	expect(readAmf(writeAmf(...values))).toEqual(values);
	expect(sizeOfAvc(X264_AVCC)).toEqual({ width: 640, height: 360 });
	expect(sizeOfAvc(Buffer.alloc(9))).toBeNull();
});
