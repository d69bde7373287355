import { PUBLISH_HEADER_BYTES, publishFrameTypes, type TrackConfig } from '@kaishi/protocol/live';

/** An encoded piece of picture or sound, as WebCodecs hands it over. */
export interface Chunk {
	byteLength: number;
	copyTo(destination: Uint8Array): void;
}

function frame(type: number, rendition: number, timestampUs: number, durationUs: number, payloadBytes: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(PUBLISH_HEADER_BYTES + payloadBytes);
	const header = new DataView(bytes.buffer);
	header.setUint8(0, type);
	header.setUint8(1, rendition);
	header.setFloat64(2, timestampUs);
	header.setUint32(10, durationUs);
	return bytes;
}

/** Says how the frames that follow are to be decoded. */
export function configFrame(config: TrackConfig): Uint8Array<ArrayBuffer> {
	const text = new TextEncoder().encode(JSON.stringify(config));
	const bytes = frame(publishFrameTypes.config, config.kind === 'video' ? config.rendition : 0, 0, 0, text.length);
	bytes.set(text, PUBLISH_HEADER_BYTES);
	return bytes;
}

export function chunkFrame(type: number, rendition: number, timestampUs: number, durationUs: number, chunk: Chunk): Uint8Array<ArrayBuffer> {
	const bytes = frame(type, rendition, timestampUs, durationUs, chunk.byteLength);
	chunk.copyTo(bytes.subarray(PUBLISH_HEADER_BYTES));
	return bytes;
}
