import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { giveClockCamera } from './camera.ts';

/** What we use of node-media-server's client, an implementation of RTMP that shares nothing with ours. */
interface RtmpClient {
	connect(url: string): Promise<void>;
	sendConnect(): Promise<unknown>;
	sendCreateStream(): Promise<unknown>;
	sendPublish(name: string): Promise<unknown>;
	sendPacket(packet: { codec_type: number; dts: number; size: number; data: Buffer }): void;
	disconnect(): void;
	onCloseCallback: () => void;
	urlInfo: { streamName: string };
}

/** A program such as OBS, sending by RTMP. */
export interface Encoder {
	/** Resolves when the market hung up. */
	closed: Promise<void>;
	stop(): void;
}

const AUDIO = 8;
const VIDEO = 9;
const KEY_FRAME = 0x17;
const INNER_FRAME = 0x27;
const SOUND = 0xaf;
/** AAC-LC, 48 kHz, stereo; and 1,024 samples of silence in it. */
const AAC_CONFIG = Buffer.from([SOUND, 0, 0x11, 0x90]);
const AAC_SILENCE = Buffer.from([SOUND, 1, 0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80]);
const AAC_FRAME_MS = 1024 / 48;

type Unit = { kind: 'config' | 'key' | 'delta'; atMs: number; data: string };

/** Films a clock in `page`, encodes it there, and pushes it with silence to the server and key that the console shows. */
export async function startEncoder(page: Page, server: string, key: string): Promise<Encoder> {
	const client = await connectTo(`${server}/${key}`);
	const closed = new Promise<void>((resolve) => {
		client.onCloseCallback = resolve;
	});
	let running = true;
	void closed.then(() => {
		running = false;
	});
	const send = (codec_type: number, dts: number, data: Buffer) => {
		try {
			if (running) client.sendPacket({ codec_type, dts: Math.round(dts), size: data.length, data });
		} catch {
			// hung up a moment before it is told so
			running = false;
		}
	};
	let soundMs = 0;
	send(AUDIO, 0, AAC_CONFIG);
	await giveClockCamera(page.context());
	await page.exposeFunction('sendUnit', ({ kind, atMs, data }: Unit) => {
		const head = Buffer.from([kind === 'delta' ? INNER_FRAME : KEY_FRAME, kind === 'config' ? 0 : 1, 0, 0, 0]);
		send(VIDEO, atMs, Buffer.concat([head, Buffer.from(data, 'base64')]));
		for (; kind !== 'config' && soundMs <= atMs; soundMs += AAC_FRAME_MS) send(AUDIO, soundMs, AAC_SILENCE);
	});
	await page.goto('/help');
	await page.evaluate(encodeClock);
	return { closed, stop: () => client.disconnect() };
}

async function connectTo(url: string): Promise<RtmpClient> {
	const Client = createRequire(import.meta.url)('node-media-server/src/protocol/rtmp_client.js') as new () => RtmpClient;
	const client = new Client();
	await client.connect(url);
	await client.sendConnect();
	await client.sendCreateStream();
	await client.sendPublish(client.urlInfo.streamName);
	return client;
}

/** Runs in the page. */
async function encodeClock(): Promise<void> {
	const { sendUnit, filmClockTrack, MediaStreamTrackProcessor } = window as unknown as {
		sendUnit(unit: Unit): Promise<void>;
		filmClockTrack(): MediaStreamTrack;
		MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => { readable: ReadableStream<VideoFrame> };
	};
	const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
	const began = performance.now();
	const encoder = new VideoEncoder({
		error: (error) => console.error(error.message),
		output: (chunk, metadata) => {
			const atMs = chunk.timestamp / 1000;
			const description = metadata?.decoderConfig?.description as ArrayBuffer | undefined;
			if (description) void sendUnit({ kind: 'config', atMs, data: base64(new Uint8Array(description)) });
			const data = new Uint8Array(chunk.byteLength);
			chunk.copyTo(data);
			void sendUnit({ kind: chunk.type, atMs, data: base64(data) });
		},
	});
	encoder.configure({ codec: 'avc1.42e01e', width: 640, height: 360, bitrate: 1_200_000, framerate: 30, latencyMode: 'realtime', avc: { format: 'avc' } });
	const frames = new MediaStreamTrackProcessor({ track: filmClockTrack() }).readable.getReader();
	const encode = async () => {
		for (let index = 0; ; index++) {
			const { value, done } = await frames.read();
			if (done) return;
			const frame = new VideoFrame(value, { timestamp: Math.round((performance.now() - began) * 1000) });
			value.close();
			if (encoder.encodeQueueSize < 3) encoder.encode(frame, { keyFrame: index % 60 === 0 });
			frame.close();
		}
	};
	void encode();
}
