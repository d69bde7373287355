import { PUBLISH_HEADER_BYTES } from '@kaishi/protocol/live';
import type { WebSocket } from 'ws';

/** A baseline 640×360 configuration, as Chromium's encoder writes it. */
export const AVCC = Buffer.from('0142e01effe1000e6742e01e8c8d5028042c0c8080018868ce3c80010004', 'hex');

export interface TestPublisher {
	socket: WebSocket;
	texts: { type: string; [key: string]: unknown }[];
	configure(options?: { renditions?: number[]; audio?: boolean }): void;
	/** The n-th picture, 30 a second, a key picture every second. */
	picture(index: number, options?: { rendition?: number; bytes?: number; key?: boolean }): void;
	sound(index: number): void;
	say(message: unknown): void;
}

/** Sends what an encoder would; its pictures are of the right form and show nothing. */
export function createTestPublisher(socket: WebSocket): TestPublisher {
	const texts: TestPublisher['texts'] = [];
	socket.on('message', (data: Buffer, isBinary) => !isBinary && texts.push(JSON.parse(data.toString())));
	const send = (type: number, rendition: number, timestampUs: number, durationUs: number, payload: Buffer) => {
		const frame = Buffer.alloc(PUBLISH_HEADER_BYTES + payload.length);
		frame[0] = type;
		frame[1] = rendition;
		frame.writeDoubleBE(timestampUs, 2);
		frame.writeUInt32BE(durationUs, 10);
		payload.copy(frame, PUBLISH_HEADER_BYTES);
		socket.send(frame);
	};
	return {
		socket,
		texts,
		configure({ renditions = [0], audio = true } = {}) {
			if (audio) send(0, 0, 0, 0, Buffer.from(JSON.stringify({ kind: 'audio', codec: 'opus', channels: 1, sampleRate: 48000 })));
			for (const rendition of renditions) {
				const config = {
					kind: 'video',
					rendition,
					codec: 'avc1.42e01e',
					description: AVCC.toString('base64'),
					width: 640 >> rendition,
					height: 360 >> rendition,
				};
				send(0, 0, 0, 0, Buffer.from(JSON.stringify(config)));
			}
		},
		picture(index, { rendition = 0, bytes = 1000, key = index % 30 === 0 } = {}) {
			send(key ? 1 : 2, rendition, Math.round((index * 1e6) / 30), 33_333, Buffer.alloc(bytes, index));
		},
		sound: (index) => send(3, 0, index * 20_000, 20_000, Buffer.alloc(160, index)),
		say: (message) => socket.send(JSON.stringify(message)),
	};
}
