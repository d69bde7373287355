import type { RenditionView } from '@kaishi/protocol/live';
import { HlsWindow } from './hls/hls-window.ts';
import { Lane } from './lane.ts';
import type { Sample } from './mp4/fragment.ts';
import { initSegment } from './mp4/init-segment.ts';
import { type Part, PartCutter } from './part-cutter.ts';
import type { AudioTrack, VideoTrack } from './track.ts';

/** A rendition that sent nothing for so long while others did is no choice. */
const SILENT_MS = 3000;

/** One rendition of a show, or its sound alone: to sockets picture by picture, to playlists and the recording in parts. */
export class Rendition {
	readonly lane: Lane;
	readonly window = new HlsWindow();
	kbps = 0;
	/** Whether the host's present session has announced it. */
	isConfigured = false;
	#lastMs = 0;
	#lastUs = -1;
	#lastSoundUs = -1;
	readonly #cutter: PartCutter;

	readonly id: number;

	constructor(id: number, hasVideo: boolean, onPart: (part: Part) => void) {
		this.id = id;
		this.lane = new Lane(id);
		this.#cutter = new PartCutter(hasVideo, onPart);
	}

	/** The init segment of what comes now; null before tracks are known. */
	get init(): Buffer | null {
		return this.isConfigured ? initSegment(this.lane.video, this.lane.audio) : null;
	}

	setTracks(video: VideoTrack | null, audio: AudioTrack | null): void {
		this.#cutter.end();
		this.lane.setTracks(video, audio);
		this.isConfigured = true;
		this.window.setInit(initSegment(video, audio));
	}

	/** False when it was dropped. */
	addPicture(sample: Sample, nowMs: number): boolean {
		if (sample.timestampUs <= this.#lastUs) return false;
		this.#lastUs = sample.timestampUs;
		this.#lastMs = nowMs;
		this.lane.addPicture(sample);
		this.#cutter.addPicture(sample);
		return true;
	}

	addSound(sample: Sample, nowMs: number): boolean {
		if (sample.timestampUs <= this.#lastSoundUs) return false;
		this.#lastSoundUs = sample.timestampUs;
		if (this.lane.video === null) this.#lastMs = nowMs;
		this.lane.addSound(sample);
		this.#cutter.addSound(sample);
		return true;
	}

	/** The host is gone or pauses; the next picture begins anew. */
	breakOff(): void {
		this.#cutter.end();
		this.lane.breakOff();
	}

	isActive(nowMs: number): boolean {
		return this.isConfigured && nowMs - this.#lastMs < SILENT_MS;
	}

	/** Called once a second. */
	measure(seconds: number): void {
		this.kbps = Math.round((this.lane.takeBytes() * 8) / 1000 / seconds);
	}

	view(): RenditionView {
		return { id: this.id, width: this.lane.video?.width ?? 0, height: this.lane.video?.height ?? 0, kbps: this.kbps };
	}

	end(): void {
		this.breakOff();
		this.window.end();
	}
}
