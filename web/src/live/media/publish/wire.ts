/** What kind of frame a message on the publish socket carries: its first byte. */
export const frameType = { config: 0, videoKey: 1, videoDelta: 2, audio: 3 } as const;

/** Says how the frames that follow are to be decoded. */
export type TrackConfig =
	| { kind: 'video'; rendition: number; codec: string; description: string; width: number; height: number }
	| { kind: 'audio'; codec: 'opus'; channels: number; sampleRate: number };

/** An encoded piece of picture or sound, as WebCodecs hands it over. */
export interface Chunk {
	byteLength: number;
	copyTo(destination: Uint8Array): void;
}

const HEADER_BYTES = 14;

/** `[type][rendition][timestamp µs, float64][duration µs, uint32][payload]`, big endian. */
function frame(type: number, rendition: number, timestampUs: number, durationUs: number, payloadBytes: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(HEADER_BYTES + payloadBytes);
	const header = new DataView(bytes.buffer);
	header.setUint8(0, type);
	header.setUint8(1, rendition);
	header.setFloat64(2, timestampUs);
	header.setUint32(10, durationUs);
	return bytes;
}

export function configFrame(config: TrackConfig): Uint8Array<ArrayBuffer> {
	const text = new TextEncoder().encode(JSON.stringify(config));
	const bytes = frame(frameType.config, config.kind === 'video' ? config.rendition : 0, 0, 0, text.length);
	bytes.set(text, HEADER_BYTES);
	return bytes;
}

export function chunkFrame(type: number, rendition: number, timestampUs: number, durationUs: number, chunk: Chunk): Uint8Array<ArrayBuffer> {
	const bytes = frame(type, rendition, timestampUs, durationUs, chunk.byteLength);
	chunk.copyTo(bytes.subarray(HEADER_BYTES));
	return bytes;
}
