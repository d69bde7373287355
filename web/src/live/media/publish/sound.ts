import { TimeLine } from './time-line.ts';
import { chunkFrame, configFrame, frameType, type TrackConfig } from './wire.ts';

/** What the sound worklet hands over: planes of samples, the first of them `frame` samples after the start of its clock. */
export interface SoundPiece {
	frame: number;
	sampleRate: number;
	planes: Float32Array<ArrayBuffer>[];
}

export const SOUND = { sampleRate: 48_000, channels: 2, bitrate: 96_000, pieceSamples: 960 } as const;
const FRAME_US = 20_000;

/** Encodes the one sound of a show. */
export class SoundEncoder {
	#line = new TimeLine();
	#encoder: AudioEncoder;
	#send: (frame: Uint8Array<ArrayBuffer>) => void;

	constructor(send: (frame: Uint8Array<ArrayBuffer>) => void, onfailure: (error: DOMException) => void) {
		this.#send = send;
		this.#encoder = new AudioEncoder({
			output: (chunk) => send(chunkFrame(frameType.audio, 0, chunk.timestamp, chunk.duration ?? FRAME_US, chunk)),
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
		const samples = piece.planes[0]?.length ?? 0;
		const lengthUs = (samples / piece.sampleRate) * 1e6;
		const startUs = this.#line.stamp((piece.frame / piece.sampleRate) * 1e6 + lengthUs, arrivedUs) - lengthUs;
		const data = new Float32Array(samples * SOUND.channels);
		for (let channel = 0; channel < SOUND.channels; channel++)
			data.set(piece.planes[channel] ?? piece.planes[0] ?? new Float32Array(samples), channel * samples);
		const audio = new AudioData({
			format: 'f32-planar',
			sampleRate: piece.sampleRate,
			numberOfFrames: samples,
			numberOfChannels: SOUND.channels,
			timestamp: Math.round(startUs),
			data,
		});
		this.#encoder.encode(audio);
		audio.close();
	}

	close(): void {
		if (this.#encoder.state !== 'closed') this.#encoder.close();
	}
}
