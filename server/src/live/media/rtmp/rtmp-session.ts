import type { Socket } from 'node:net';
import { ByteRate } from '../byte-rate.ts';
import type { LiveStream } from '../live-stream.ts';
import { MAX_BYTES_PER_SECOND } from '../publish-socket.ts';
import type { StreamSource } from '../stream-source.ts';
import { type Amf, readAmf, writeAmf } from './amf0.ts';
import { ChunkReader, type RtmpMessage, writeChunks } from './chunks.ts';
import { type FlvTag, readAudioTag, readVideoTag } from './flv-tags.ts';

/** The show that a stream key opens. */
export type OpenByKey = (key: string) => { stream: LiveStream; account: string } | null;

const HANDSHAKE_BYTES = 1536;
const OUR_CHUNK_BYTES = 4096;
const WINDOW_BYTES = 2_500_000;
const MAX_CHUNK_BYTES = 1024 * 1024;
/** Nothing for so long: gone. */
const SILENCE_MS = 20_000;
/** Until it has shown a key. */
const KEY_MS = 10_000;
const UNKEYED = { messageBytes: 16 * 1024, unfinishedBytes: 64 * 1024 };
const KEYED = { messageBytes: 4 * 1024 * 1024, unfinishedBytes: 4 * 1024 * 1024 };
const LEAST_CHUNK_BYTES = 128;
const TYPES = { chunkSize: 1, acknowledged: 3, window: 5, bandwidth: 6, audio: 8, video: 9, command: 20 } as const;
const MEDIA_STREAM = 1;

/** One encoder at the RTMP door. */
export class RtmpSession implements StreamSource {
	account = '';
	/** Null before it has shown a key. */
	key: string | null = null;
	readonly #socket: Socket;
	readonly #open: OpenByKey;
	readonly #reader = new ChunkReader();
	readonly #rate = new ByteRate(MAX_BYTES_PER_SECOND);
	#greeting: Buffer | null = Buffer.alloc(0);
	#greeted = false;
	#got = 0;
	#acknowledged = 0;
	#stream: LiveStream | null = null;
	#writeChunkBytes = 128;
	#sampleRate = 48_000;

	readonly #keyless: NodeJS.Timeout;

	constructor(socket: Socket, open: OpenByKey, keyMs = KEY_MS) {
		this.#socket = socket;
		this.#open = open;
		this.#reader.bounds = UNKEYED;
		this.#keyless = setTimeout(() => socket.destroy(), keyMs);
		socket.setNoDelay(true);
		socket.setTimeout(SILENCE_MS, () => socket.destroy());
		socket.on('data', (bytes) => this.#onData(bytes));
		socket.on('error', () => undefined);
		socket.on('close', () => {
			clearTimeout(this.#keyless);
			this.#stream?.detach(this);
		});
	}

	tell(): void {}

	/** Encoders send key pictures at their own pace. */
	requestKey(): void {}

	close(reason: string): void {
		if (this.#socket.destroyed) return;
		const code = reason === 'ended' ? 'NetStream.Unpublish.Success' : 'NetStream.Publish.BadName';
		this.#command(MEDIA_STREAM, 'onStatus', 0, null, { level: 'error', code, description: reason });
		this.#socket.end();
	}

	#onData(bytes: Buffer): void {
		if (!this.#rate.take(bytes.length)) {
			this.#socket.destroy();
			return;
		}
		try {
			const rest = this.#greeting === null ? bytes : this.#greet(this.#greeting, bytes);
			if (rest === null) return;
			this.#acknowledge(bytes.length);
			for (const message of this.#reader.read(rest)) this.#take(message);
		} catch {
			// No encoder sends that.
			this.#socket.destroy();
		}
	}

	/** The handshake (§5.2), in its simple form; what comes after it, null while it is not over. */
	#greet(before: Buffer, bytes: Buffer): Buffer | null {
		const heard = Buffer.concat([before, bytes]);
		this.#greeting = heard;
		if (heard.length >= 1 && heard[0] !== 3) throw new Error('not RTMP');
		if (!this.#greeted && heard.length >= 1 + HANDSHAKE_BYTES) {
			this.#greeted = true;
			const theirs = heard.subarray(1, 1 + HANDSHAKE_BYTES);
			this.#socket.write(Buffer.concat([Buffer.from([3]), Buffer.alloc(HANDSHAKE_BYTES), theirs]));
		}
		if (heard.length < 1 + 2 * HANDSHAKE_BYTES) return null;
		this.#greeting = null;
		return heard.subarray(1 + 2 * HANDSHAKE_BYTES);
	}

	#acknowledge(bytes: number): void {
		this.#got += bytes;
		if (this.#got - this.#acknowledged < WINDOW_BYTES / 2) return;
		this.#acknowledged = this.#got;
		this.#control(TYPES.acknowledged, this.#got);
	}

	#take({ type, timestamp, body }: RtmpMessage): void {
		if (type === TYPES.chunkSize) this.#setChunkBytes(body.readUInt32BE(0) & 0x7fffffff);
		else if (type === TYPES.command) this.#onCommand(readAmf(body));
		else if (type === TYPES.video) this.#onTag(readVideoTag(body, timestamp));
		else if (type === TYPES.audio) this.#onTag(readAudioTag(body, timestamp, this.#sampleRate));
	}

	#setChunkBytes(bytes: number): void {
		if (bytes < LEAST_CHUNK_BYTES) throw new Error('chunks that are all header');
		this.#reader.chunkBytes = Math.min(MAX_CHUNK_BYTES, bytes);
	}

	#onCommand([name, id, , first]: Amf[]): void {
		if (name === 'connect') {
			this.#control(TYPES.window, WINDOW_BYTES);
			this.#control(TYPES.bandwidth, WINDOW_BYTES, 2);
			this.#control(TYPES.chunkSize, OUR_CHUNK_BYTES);
			const about = { level: 'status', code: 'NetConnection.Connect.Success', description: 'welcome', objectEncoding: 0 };
			this.#command(0, '_result', id, { fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, about);
		} else if (name === 'createStream') this.#command(0, '_result', id, null, MEDIA_STREAM);
		else if (name === 'publish') this.#publish(typeof first === 'string' ? first : '');
		else if (name === 'deleteStream' || name === 'FCUnpublish') this.#stream?.detach(this);
		else if (name === 'play') this.#socket.destroy();
	}

	#publish(key: string): void {
		const show = this.#stream === null ? this.#open(key) : null;
		if (!show || show.stream.state === 'ended') {
			this.close('this key opens nothing');
			return;
		}
		this.key = key;
		clearTimeout(this.#keyless);
		this.#reader.bounds = KEYED;
		this.account = show.account;
		this.#stream = show.stream;
		show.stream.attach(this);
		this.#command(MEDIA_STREAM, 'onStatus', 0, null, { level: 'status', code: 'NetStream.Publish.Start', description: 'on air' });
	}

	#onTag(tag: FlvTag | null | undefined): void {
		const stream = this.#stream;
		if (tag === undefined) this.close('H.264 and AAC only');
		if (!tag || stream?.source !== this) return;
		if (tag.kind === 'video-config') stream.configureVideo(0, tag.track);
		else if (tag.kind === 'audio-config') {
			this.#sampleRate = tag.track.sampleRate;
			stream.configureAudio(tag.track);
		} else if (tag.kind === 'picture') stream.takePicture(0, tag.unit);
		else stream.takeSound(tag.unit);
	}

	#control(type: number, value: number, extra?: number): void {
		const body = Buffer.alloc(extra === undefined ? 4 : 5);
		body.writeUInt32BE(value >>> 0);
		if (extra !== undefined) body[4] = extra;
		this.#write({ type, streamId: 0, timestamp: 0, body }, 2);
		if (type === TYPES.chunkSize) this.#writeChunkBytes = value;
	}

	#command(streamId: number, ...values: readonly Amf[]): void {
		this.#write({ type: TYPES.command, streamId, timestamp: 0, body: writeAmf(...values) }, 3);
	}

	#write(message: RtmpMessage, chunkStream: number): void {
		this.#socket.write(writeChunks(message, chunkStream, this.#writeChunkBytes));
	}
}
