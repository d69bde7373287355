import { publishFrameTypes, type TrackConfig } from '@kaishi/protocol/live';
import { TimeLine } from './time-line.ts';
import { chunkFrame, configFrame } from './wire.ts';

/** What the sound worklet hands over: planes of samples, the first of them `frame` samples after the start of its clock. */
export interface SoundPiece {
	frame: number;
	sampleRate: number;
	planes: Float32Array<ArrayBuffer>[];
}

export const SOUND = { sampleRate: 48_000, channels: 2, bitrate: 96_000, pieceSamples: 960 } as const;
const FRAME_US = 20_000;
/** A longer gap is none of ours to fill: the show was paused. */
const MOST_MENDED_US = 500_000;

/** Encodes the one sound of a show. */
export class SoundEncoder {
	#line = new TimeLine();
	/** When the pieces in the encoder began: it counts on by itself and would not notice a gap or a correction. */
	#startsUs: number[] = [];
	#nextUs = Number.NEGATIVE_INFINITY;
	#encoder: AudioEncoder;
	#send: (frame: Uint8Array<ArrayBuffer>) => void;

	constructor(send: (frame: Uint8Array<ArrayBuffer>) => void, onfailure: (error: DOMException) => void) {
		this.#send = send;
		this.#encoder = new AudioEncoder({
			output: (chunk) => send(chunkFrame(publishFrameTypes.audio, 0, this.#startsUs.shift() ?? chunk.timestamp, chunk.duration ?? FRAME_US, chunk)),
			error: onfailure,
		});
		const { sampleRate, channels, bitrate } = SOUND;
		this.#encoder.configure({ codec: 'opus', sampleRate, numberOfChannels: channels, bitrate, opus: { frameDuration: FRAME_US } });
	}

	introduce(): void {
		const config: TrackConfig = { kind: 'audio', codec: 'opus', channels: SOUND.channels, sampleRate: SOUND.sampleRate };
		this.#send(configFrame(config));
	}

	encode(piece: SoundPiece, arrivedUs: number): void {
		if (this.#encoder.state !== 'configured') return;
		const startUs = this.#line.stamp((piece.frame / piece.sampleRate) * 1e6 + FRAME_US, arrivedUs) - FRAME_US;
		const lateUs = startUs - this.#nextUs;
		// a pause, or the first piece of all
		if (Math.abs(lateUs) > MOST_MENDED_US) this.#nextUs = startUs;
		// sound that ran ahead gives way, silence fills what is missing: players hear no hole
		else if (lateUs < -FRAME_US) return;
		else for (let missing = Math.floor(lateUs / FRAME_US); missing > 0; missing--) this.#put([]);
		this.#put(piece.planes);
	}

	close(): void {
		if (this.#encoder.state !== 'closed') this.#encoder.close();
	}

	#put(planes: Float32Array[]): void {
		const { sampleRate, channels, pieceSamples } = SOUND;
		const data = new Float32Array(pieceSamples * channels);
		for (let channel = 0; channel < channels; channel++) data.set(planes[channel] ?? [], channel * pieceSamples);
		const timestamp = Math.round(this.#nextUs);
		const audio = new AudioData({ format: 'f32-planar', sampleRate, numberOfFrames: pieceSamples, numberOfChannels: channels, timestamp, data });
		this.#startsUs.push(timestamp);
		this.#nextUs += FRAME_US;
		this.#encoder.encode(audio);
		audio.close();
	}
}
