/** What a decoder has to know before the first picture. */
export interface VideoTrack {
	kind: 'video';
	/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15). */
	avcC: Buffer;
	width: number;
	height: number;
}

export interface AudioTrack {
	kind: 'audio';
	codec: 'opus' | 'aac';
	channels: number;
	sampleRate: number;
	/** AAC: AudioSpecificConfig; Opus: empty. */
	specific: Buffer;
}

/** One encoded picture, or one packet of sound. Times in µs on the clock of whoever sent it. */
export interface AccessUnit {
	timestampUs: number;
	/** As the encoder says; pictures last until the next one comes. */
	durationUs: number;
	isKey: boolean;
	/** From decoding to showing; other than zero where pictures are not decoded in the order in which they are shown. */
	compositionUs: number;
	data: Buffer;
}

/** Ids of the tracks in every file and fragment. */
export const VIDEO_TRACK = 1;
export const AUDIO_TRACK = 2;
/** Of both tracks: a µs is a tick. */
export const TIMESCALE = 1_000_000;

/** The `codecs` of a MIME type (RFC 6381); only what the bytes say gets in. */
export function codecsOf(video: VideoTrack | null, audio: AudioTrack | null): string {
	const names = [];
	if (video) names.push(`avc1.${video.avcC.subarray(1, 4).toString('hex')}`);
	if (audio) names.push(audio.codec === 'opus' ? 'opus' : 'mp4a.40.2');
	return names.join(',');
}

export function mimeOf(video: VideoTrack | null, audio: AudioTrack | null): string {
	return `${video ? 'video' : 'audio'}/mp4; codecs="${codecsOf(video, audio)}"`;
}
