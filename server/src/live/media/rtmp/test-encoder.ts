import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { readAmf, writeAmf } from './amf0.ts';
import { ChunkReader, writeChunks } from './chunks.ts';

/** High profile 640×360, as x264 writes it. */
export const X264_AVCC = Buffer.from('0164001effe100196764001eacd940a02ff961000003000100000300' + '3c0f162d9601000668ebe3cb22c0', 'hex');
const AAC_SPECIFIC = Buffer.from([0x11, 0x90]);

export interface TestEncoder {
	socket: Socket;
	/** `code` of every status the door has sent. */
	statuses: string[];
	/** Sends both configurations. */
	configure(): void;
	/** `compositionMs`: B-pictures are shown later than they are decoded. */
	picture(timestampMs: number, isKey: boolean, compositionMs?: number): void;
	sound(timestampMs: number): void;
	/** Any bytes, as they are. */
	raw(bytes: Buffer): void;
}

/** Speaks RTMP to a door as OBS does, up to its answer to `publish`; or until it hangs up. */
export async function openTestEncoder(port: number, key: string): Promise<TestEncoder> {
	const socket = connect(port, '127.0.0.1');
	socket.on('error', () => undefined);
	const reader = new ChunkReader();
	const statuses: string[] = [];
	let greeting = Buffer.alloc(0);
	const hear = (bytes: Buffer) => {
		let rest = bytes;
		if (greeting.length < 3073) {
			greeting = Buffer.concat([greeting, bytes]);
			if (greeting.length < 3073) return;
			rest = greeting.subarray(3073);
			socket.write(Buffer.alloc(1536));
			send(20, writeAmf('connect', 1, { app: 'live', type: 'nonprivate', tcUrl: 'rtmp://localhost/live' }), 0);
			send(20, writeAmf('createStream', 4, null), 0);
			send(20, writeAmf('publish', 5, null, key, 'live'), 1);
		}
		for (const { type, body } of reader.read(rest)) {
			if (type === 1) reader.chunkBytes = body.readUInt32BE(0);
			if (type !== 20) continue;
			const [name, , , about] = readAmf(body);
			if (name === 'onStatus') statuses.push(String((about as { code: string }).code));
		}
	};
	const send = (type: number, body: Buffer, streamId = 1, timestamp = 0) => {
		socket.write(writeChunks({ type, streamId, timestamp, body }, type === 8 ? 4 : type === 9 ? 6 : 3, 128));
	};
	socket.on('data', hear);
	await once(socket, 'connect');
	socket.write(Buffer.concat([Buffer.from([3]), Buffer.alloc(1536)]));
	await new Promise<void>((resolve) => {
		const looking = setInterval(() => {
			if (statuses.length === 0 && !socket.destroyed) return;
			clearInterval(looking);
			resolve();
		}, 5);
	});
	return {
		socket,
		statuses,
		configure() {
			send(9, Buffer.concat([Buffer.from([0x17, 0, 0, 0, 0]), X264_AVCC]));
			send(8, Buffer.concat([Buffer.from([0xaf, 0]), AAC_SPECIFIC]));
		},
		picture(timestampMs, isKey, compositionMs = 0) {
			const head = Buffer.from([isKey ? 0x17 : 0x27, 1, 0, 0, 0]);
			head.writeIntBE(compositionMs, 2, 3);
			send(9, Buffer.concat([head, Buffer.alloc(2000, timestampMs)]), 1, timestampMs);
		},
		sound: (timestampMs) => send(8, Buffer.concat([Buffer.from([0xaf, 1]), Buffer.alloc(180)]), 1, timestampMs),
		raw: (bytes) => socket.write(bytes),
	};
}
