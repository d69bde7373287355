import { isAvcConfiguration } from '../publish-frame.ts';
import type { AccessUnit, AudioTrack, VideoTrack } from '../track.ts';
import { sizeOfAvc } from './avc-size.ts';

/** What the body of a video or audio message holds (Adobe's FLV specification, E.4): H.264 and AAC only. */
export type FlvTag =
	| { kind: 'video-config'; track: VideoTrack }
	| { kind: 'audio-config'; track: AudioTrack }
	| { kind: 'picture' | 'sound'; unit: AccessUnit };

const AVC = 7;
const AAC = 10;
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
const AAC_SAMPLES = 1024;

/** Null for what carries nothing; undefined for a codec that browsers could not play. */
export function readVideoTag(body: Buffer, timestampMs: number): FlvTag | null | undefined {
	if (body.length < 5) return null;
	const [first, kind] = [body[0] as number, body[1]];
	if ((first & 15) !== AVC || (first & 0x80) !== 0) return undefined;
	if (kind === 1) {
		const unit = {
			timestampUs: timestampMs * 1000,
			durationUs: 0,
			isKey: first >> 4 === 1,
			compositionUs: body.readIntBE(2, 3) * 1000,
			data: body.subarray(5),
		};
		return { kind: 'picture', unit };
	}
	if (kind !== 0) return null;
	const avcC = Buffer.from(body.subarray(5));
	const size = isAvcConfiguration(avcC) ? sizeOfAvc(avcC) : null;
	return size ? { kind: 'video-config', track: { kind: 'video', avcC, ...size } } : undefined;
}

/** As `readVideoTag`; `sampleRate` as the configuration said. */
export function readAudioTag(body: Buffer, timestampMs: number, sampleRate: number): FlvTag | null | undefined {
	if (body.length < 3) return null;
	if ((body[0] as number) >> 4 !== AAC) return undefined;
	if (body[1] !== 0) {
		const durationUs = Math.round((AAC_SAMPLES * 1e6) / sampleRate);
		return { kind: 'sound', unit: { timestampUs: timestampMs * 1000, durationUs, isKey: true, compositionUs: 0, data: body.subarray(2) } };
	}
	const specific = Buffer.from(body.subarray(2, 66));
	if (specific.length < 2) return undefined;
	const rate = RATES[((specific[0] as number) & 7) * 2 + ((specific[1] as number) >> 7)];
	const channels = ((specific[1] as number) >> 3) & 15;
	if (!rate || channels < 1 || channels > 2) return undefined;
	return { kind: 'audio-config', track: { kind: 'audio', codec: 'aac', channels, sampleRate: rate, specific } };
}
