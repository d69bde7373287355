import { AUDIO_TRACK, type AudioTrack, TIMESCALE, VIDEO_TRACK, type VideoTrack } from '../track.ts';
import { box, bytes, fullBox, u16, u32, zeros } from './boxes.ts';

const MATRIX = Buffer.concat([u32(0x10000), zeros(12), u32(0x10000), zeros(12), u32(0x40000000)]);
/** Samples that Opus needs to settle, at 48 kHz (RFC 7845). */
const OPUS_PRE_SKIP = 312;

/** The head of a fragmented file: which tracks there are and how to decode them. */
export function initSegment(video: VideoTrack | null, audio: AudioTrack | null): Buffer {
	const tracks = [...(video ? [videoTrack(video)] : []), ...(audio ? [audioTrack(audio)] : [])];
	const ids = [...(video ? [VIDEO_TRACK] : []), ...(audio ? [AUDIO_TRACK] : [])];
	const extends_ = ids.map((id) => fullBox('trex', 0, 0, u32(id), u32(1), u32(0), u32(0), u32(0)));
	const header = fullBox('mvhd', 0, 0, zeros(8), u32(TIMESCALE), u32(0), u32(0x10000), u16(0x100), zeros(10), MATRIX, zeros(24), u32(AUDIO_TRACK + 1));
	return Buffer.concat([box('ftyp', Buffer.from('iso5'), u32(512), Buffer.from('iso5iso6mp41')), box('moov', header, ...tracks, box('mvex', ...extends_))]);
}

function videoTrack({ avcC, width, height }: VideoTrack): Buffer {
	const entry = box(
		'avc1',
		zeros(6),
		u16(1),
		zeros(16),
		u16(width),
		u16(height),
		u32(0x480000),
		u32(0x480000),
		zeros(4),
		u16(1),
		zeros(32),
		u16(24),
		u16(0xffff),
		box('avcC', avcC),
	);
	return track(VIDEO_TRACK, 'vide', fullBox('vmhd', 0, 1, zeros(8)), entry, { width, height });
}

function audioTrack(audio: AudioTrack): Buffer {
	// A 16.16 number: rates above 65,535 Hz do not fit and stand in the codec's own configuration.
	const head = [zeros(6), u16(1), zeros(8), u16(audio.channels), u16(16), zeros(4), u16(audio.sampleRate > 0xffff ? 0 : audio.sampleRate), zeros(2)];
	const entry =
		audio.codec === 'opus'
			? box('Opus', ...head, box('dOps', bytes(0, audio.channels), u16(OPUS_PRE_SKIP), u32(audio.sampleRate), u16(0), bytes(0)))
			: box('mp4a', ...head, fullBox('esds', 0, 0, elementaryStream(audio.specific)));
	return track(AUDIO_TRACK, 'soun', fullBox('smhd', 0, 0, zeros(4)), entry, { width: 0, height: 0 });
}

/** ES descriptor of AAC (ISO/IEC 14496-1). */
function elementaryStream(specific: Buffer): Buffer {
	return Buffer.concat([
		bytes(0x03, 23 + specific.length),
		u16(AUDIO_TRACK),
		bytes(0, 0x04, 15 + specific.length, 0x40, 0x15),
		zeros(3),
		u32(0),
		u32(0),
		bytes(0x05, specific.length),
		specific,
		bytes(0x06, 1, 2),
	]);
}

function track(id: number, handler: 'vide' | 'soun', mediaHeader: Buffer, entry: Buffer, size: { width: number; height: number }): Buffer {
	const header = fullBox(
		'tkhd',
		0,
		3,
		zeros(8),
		u32(id),
		zeros(4),
		u32(0),
		zeros(8),
		zeros(4),
		u16(handler === 'soun' ? 0x100 : 0),
		zeros(2),
		MATRIX,
		u32(size.width * 0x10000),
		u32(size.height * 0x10000),
	);
	const none = (type: string) => fullBox(type, 0, 0, u32(0));
	const table = box('stbl', fullBox('stsd', 0, 0, u32(1), entry), none('stts'), none('stsc'), fullBox('stsz', 0, 0, u32(0), u32(0)), none('stco'));
	const data = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
	return box(
		'trak',
		header,
		box(
			'mdia',
			fullBox('mdhd', 0, 0, zeros(8), u32(TIMESCALE), u32(0), u16(0x55c4), zeros(2)),
			fullBox('hdlr', 0, 0, zeros(4), Buffer.from(handler), zeros(12), Buffer.from('live\0')),
			box('minf', mediaHeader, data, table),
		),
	);
}
