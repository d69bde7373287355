import { audioRun, fragmentBytes, type Run, type Sample, videoRun, writeFragment } from './mp4/fragment.ts';
import { initSegment } from './mp4/init-segment.ts';
import { frameHeaderBytes, writeFrameHeader } from './socket-frame.ts';
import { type AudioTrack, mimeOf, type VideoTrack } from './track.ts';

/** What browsers are told a picture lasts: a longer gap between pictures than twice this makes them drop pictures. */
const DECLARED_US = 100_000;
/** Sound that no picture carries along goes by itself. */
const SOUND_ALONE = 2;
/** Of a group of pictures that nobody ends; whoever joins then waits for the next. */
const MAX_GROUP_BYTES = 8 * 1024 * 1024;
/** A lane of sound alone begins anew so often: whoever joins hears at once. */
const SOUND_GROUP = 25;

/** Whoever wants the messages of a lane as they come. */
export interface LaneListener {
	/** A new group begins; what was not sent of the last one, of so many messages, is not sent any more. */
	onGroup(lane: Lane, lastLength: number): void;
	/** One more message in the lane's group. */
	onMessage(lane: Lane): void;
}

/**
 * One rendition as it goes to browsers: messages since the last key picture, each with its WebSocket header, shared by all who watch.
 * A message is one picture and the sound that came before it.
 */
export class Lane {
	/** Rendition; `AUDIO_ONLY` for sound alone. */
	readonly id: number;
	readonly listeners = new Set<LaneListener>();
	/** Since the last key picture. */
	group: Buffer[] = [];
	/** Grows with every change of tracks; 0: there is nothing to decode yet. */
	initVersion = 0;
	init: Buffer | null = null;
	mime = '';
	video: VideoTrack | null = null;
	audio: AudioTrack | null = null;
	/** Since `takeBytes` was asked last. */
	#bytes = 0;
	#groupBytes = 0;
	#sequence = 0;
	#sound: Sample[] = [];
	#hasTracks = false;
	#waitsForKey = true;

	constructor(id: number) {
		this.id = id;
	}

	/** Takes effect with the next key picture. */
	setTracks(video: VideoTrack | null, audio: AudioTrack | null): void {
		this.video = video;
		this.audio = audio;
		this.#hasTracks = false;
		this.#waitsForKey = true;
		this.#sound = [];
	}

	/** Nothing more is sent until the next key picture. */
	breakOff(): void {
		this.#waitsForKey = true;
		this.group = [];
		this.#groupBytes = 0;
		this.#sound = [];
	}

	addPicture(sample: Sample): void {
		if (sample.isKey) this.#begin();
		else if (this.#waitsForKey) return;
		const picture = { ...sample, durationUs: DECLARED_US };
		const sound = this.#sound;
		this.#sound = [];
		this.#send(sound.length > 0 ? [[videoRun([picture])], [audioRun(sound)]] : [[videoRun([picture])]]);
	}

	addSound(sample: Sample): void {
		if (this.video === null) {
			this.#addSoundAlone(sample);
			return;
		}
		if (this.#waitsForKey) return;
		this.#sound.push(sample);
		if (this.#sound.length < SOUND_ALONE) return;
		const sound = this.#sound;
		this.#sound = [];
		this.#send([[audioRun(sound)]]);
	}

	/** Bytes since this was asked last. */
	takeBytes(): number {
		const bytes = this.#bytes;
		this.#bytes = 0;
		return bytes;
	}

	#addSoundAlone(sample: Sample): void {
		this.#sound.push(sample);
		if (this.#sound.length < SOUND_ALONE) return;
		const sound = this.#sound;
		if (this.#waitsForKey || this.group.length >= SOUND_GROUP) this.#begin();
		this.#sound = [];
		this.#send([[audioRun(sound)]]);
	}

	#begin(): void {
		if (!this.#hasTracks) {
			this.init = initSegment(this.video, this.audio);
			this.mime = mimeOf(this.video, this.audio);
			this.initVersion++;
			this.#hasTracks = true;
		}
		this.#waitsForKey = false;
		const lastLength = this.group.length;
		this.group = [];
		this.#groupBytes = 0;
		for (const listener of this.listeners) listener.onGroup(this, lastLength);
	}

	#send(fragments: readonly (readonly Run[])[]): void {
		const length = fragments.reduce((sum, runs) => sum + fragmentBytes(runs), 0);
		if (this.#groupBytes + length > MAX_GROUP_BYTES) {
			this.breakOff();
			return;
		}
		let at = frameHeaderBytes(length);
		const message = Buffer.allocUnsafeSlow(at + length);
		writeFrameHeader(message, length);
		for (const runs of fragments) at = writeFragment(message, at, ++this.#sequence, runs);
		this.group.push(message);
		this.#groupBytes += message.length;
		this.#bytes += length;
		for (const listener of this.listeners) listener.onMessage(this);
	}
}
