import { publishFrameTypes, type TrackConfig } from '@kaishi/protocol/live';
import { codecFor, type RenditionPlan } from './renditions.ts';
import { chunkFrame, configFrame } from './wire.ts';

/** A frame longer than this after the one before starts a new group of pictures: players would drop what leans on a gap. */
const GAP_US = 180_000;
const KEY_EVERY_US = 2_000_000;
/** A declared duration well above one frame's keeps players from seeing gaps between frames that come late. */
const DECLARED_DURATION_US = 100_000;
/** Frames waiting for the encoder: more means that the machine is too slow, and that the picture would lag. */
const MOST_WAITING = 2;

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const bytesOf = (source: AllowSharedBufferSource) =>
	ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);

export interface PictureNews {
	send(frame: Uint8Array<ArrayBuffer>): void;
	/** This machine cannot encode this size. */
	onfailure(plan: RenditionPlan, error: DOMException): void;
}

/** Encodes one rendition of the picture. */
export class PictureEncoder {
	readonly plan: RenditionPlan;
	encoded = 0;
	skipped = 0;
	#encoder: VideoEncoder;
	#lastUs = Number.NEGATIVE_INFINITY;
	#lastKeyUs = Number.NEGATIVE_INFINITY;
	#config: TrackConfig | null = null;
	#news: PictureNews;
	#framesPerSecond: number;

	constructor(plan: RenditionPlan, framesPerSecond: number, news: PictureNews) {
		this.plan = plan;
		this.#news = news;
		this.#framesPerSecond = framesPerSecond;
		this.#encoder = new VideoEncoder({
			output: (chunk, metadata) => this.#take(chunk, metadata),
			error: (error) => news.onfailure(plan, error),
		});
		this.configure(1);
	}

	/** @param share of the planned bit rate. */
	configure(share: number): void {
		if (this.#encoder.state === 'closed') return;
		const { width, height, kbps } = this.plan;
		this.#encoder.configure({
			codec: codecFor(this.plan),
			width,
			height,
			bitrate: Math.round(kbps * share * 1000),
			framerate: this.#framesPerSecond,
			latencyMode: 'realtime',
			avc: { format: 'avc' },
		});
	}

	/** The next frame can be decoded without any before it. */
	askKey(): void {
		this.#lastKeyUs = Number.NEGATIVE_INFINITY;
	}

	/** Sends again what a server that has just been reached cannot know. */
	introduce(): void {
		if (this.#config) this.#news.send(configFrame(this.#config));
		this.askKey();
	}

	/** Encodes `frame`, which stays the caller's, or skips it when the machine is behind. */
	encode(frame: VideoFrame): void {
		if (this.#encoder.state !== 'configured') return;
		if (this.#encoder.encodeQueueSize > MOST_WAITING) {
			this.skipped++;
			return;
		}
		const keyFrame = frame.timestamp - this.#lastKeyUs >= KEY_EVERY_US || frame.timestamp - this.#lastUs > GAP_US;
		if (keyFrame) this.#lastKeyUs = frame.timestamp;
		this.#lastUs = frame.timestamp;
		this.#encoder.encode(frame, { keyFrame });
	}

	close(): void {
		if (this.#encoder.state !== 'closed') this.#encoder.close();
	}

	#take(chunk: EncodedVideoChunk, metadata?: EncodedVideoChunkMetadata): void {
		this.encoded++;
		const decoder = metadata?.decoderConfig;
		if (decoder?.description) {
			const { id: rendition, width, height } = this.plan;
			const description = base64(bytesOf(decoder.description));
			if (this.#config?.kind !== 'video' || this.#config.description !== description) {
				this.#config = {
					kind: 'video',
					rendition,
					codec: decoder.codec,
					description,
					width: decoder.codedWidth ?? width,
					height: decoder.codedHeight ?? height,
				};
				this.#news.send(configFrame(this.#config));
			}
		}
		this.#news.send(
			chunkFrame(chunk.type === 'key' ? publishFrameTypes.key : publishFrameTypes.delta, this.plan.id, chunk.timestamp, DECLARED_DURATION_US, chunk),
		);
	}
}
