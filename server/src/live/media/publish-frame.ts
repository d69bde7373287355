import { PUBLISH_HEADER_BYTES, publishFrameTypes, type TrackConfig, trackConfig } from '@kaishi/protocol/live';
import * as v from 'valibot';
import type { AccessUnit, AudioTrack, VideoTrack } from './track.ts';

export type PublishFrame =
	| { kind: 'video-config'; rendition: number; track: VideoTrack }
	| { kind: 'audio-config'; track: AudioTrack }
	| { kind: 'picture'; rendition: number; unit: AccessUnit }
	| { kind: 'sound'; unit: AccessUnit };

const MAX_RENDITION = 3;
/** No encoder's clock runs for a century. */
const MAX_TIMESTAMP_US = 1e16;
const NONE = Buffer.alloc(0);

/** Reads a binary frame of the publish socket; null for what is none. `data` of a unit is a view into `bytes`. */
export function parsePublishFrame(bytes: Buffer): PublishFrame | null {
	if (bytes.length <= PUBLISH_HEADER_BYTES) return null;
	const type = bytes[0];
	const rendition = bytes[1] as number;
	const timestampUs = bytes.readDoubleBE(2);
	const durationUs = bytes.readUInt32BE(10);
	const data = bytes.subarray(PUBLISH_HEADER_BYTES);
	if (type === publishFrameTypes.config) return parseConfig(data);
	if (rendition > MAX_RENDITION || !Number.isFinite(timestampUs) || Math.abs(timestampUs) > MAX_TIMESTAMP_US) return null;
	const unit = { timestampUs, durationUs, isKey: type !== publishFrameTypes.delta, compositionUs: 0, data };
	if (type === publishFrameTypes.key || type === publishFrameTypes.delta) return { kind: 'picture', rendition, unit };
	return type === publishFrameTypes.audio ? { kind: 'sound', unit } : null;
}

function parseConfig(payload: Buffer): PublishFrame | null {
	const parsed = v.safeParse(trackConfig, parseJson(payload));
	return parsed.success ? frameOf(parsed.output) : null;
}

function frameOf(config: TrackConfig): PublishFrame | null {
	if (config.kind === 'audio') {
		const { channels, sampleRate } = config;
		return { kind: 'audio-config', track: { kind: 'audio', codec: 'opus', channels, sampleRate, specific: NONE } };
	}
	const avcC = Buffer.from(config.description, 'base64');
	if (!isAvcConfiguration(avcC)) return null;
	return { kind: 'video-config', rendition: config.rendition, track: { kind: 'video', avcC, width: config.width, height: config.height } };
}

/** Version 1 and four bytes of length before each unit, which all encoders write. */
export function isAvcConfiguration(bytes: Buffer): boolean {
	return bytes.length >= 7 && bytes[0] === 1 && ((bytes[4] as number) & 3) === 3;
}

function parseJson(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		return null;
	}
}
