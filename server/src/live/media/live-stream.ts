import { AUDIO_ONLY, type RenditionView } from '@kaishi/protocol/live';
import type { Part } from './part-cutter.ts';
import type { Recorder } from './recording/recorder.ts';
import { Rendition } from './rendition.ts';
import type { EndReason, StreamEvent, StreamSource, StreamState } from './stream-source.ts';
import { Timeline } from './timeline.ts';
import type { AccessUnit, AudioTrack, VideoTrack } from './track.ts';
import type { Watcher } from './watcher.ts';

export interface LiveStreamOptions {
	/** The host may be away so long. */
	patienceMs: number;
	/** It was published before, in a process that is gone: the host is awaited from now on. */
	isUnderWay?: boolean;
	/** The host may send, to try things out: nobody sees it, and nothing is recorded, before `begin`. */
	isEarly?: boolean;
	/** Published before and paused then: what comes is not shown before `resume`. */
	isPaused?: boolean;
	/** Null: not recorded. */
	recorder: Recorder | null;
	onEvent(event: StreamEvent): void;
	/** Wall clock, ms. */
	now?: () => number;
}

/** One show's picture and sound: from one source to all who watch, and into the recording. */
export class LiveStream {
	readonly watchers = new Set<Watcher>();
	readonly renditions = new Map<number, Rendition>();
	state: StreamState = 'waiting';
	droppedFrames = 0;
	readonly #options: LiveStreamOptions;
	readonly #now: () => number;
	readonly #timeline = new Timeline();
	#source: StreamSource | null = null;
	#audio: AudioTrack | null = null;
	#recorded: number | null = null;
	#patience: NodeJS.Timeout | null = null;
	#measuredMs: number;
	#isEarly: boolean;

	constructor(options: LiveStreamOptions) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#measuredMs = this.#now();
		this.#isEarly = options.isEarly ?? false;
		if (!options.isUnderWay) return;
		this.state = options.isPaused ? 'paused' : 'away';
		this.#await();
	}

	get source(): StreamSource | null {
		return this.#source;
	}

	get startedAtMs(): number {
		return this.#timeline.startedAtMs ?? 0;
	}

	/** A source comes, or comes back; one that was there goes. */
	attach(source: StreamSource): void {
		const last = this.#source;
		this.#source = source;
		last?.close('replaced');
		if (last) this.#breakOff();
		if (this.#patience) clearTimeout(this.#patience);
		this.#patience = null;
		this.#timeline.release();
		this.#audio = null;
		for (const rendition of this.renditions.values()) rendition.isConfigured = false;
		source.tell({ type: 'ready' });
	}

	/** A source is gone. */
	detach(source: StreamSource): void {
		if (source !== this.#source) return;
		this.#source = null;
		this.#breakOff();
		if (this.#isEarly && this.state !== 'ended') this.state = 'waiting';
		// Who was never seen may take any time.
		if (this.state === 'ended' || this.state === 'waiting') return;
		// Whoever paused and comes back is still paused.
		if (this.state !== 'paused') this.#change('away');
		this.#await();
	}

	configureVideo(rendition: number, track: VideoTrack): void {
		this.#renditionOf(rendition, true).setTracks(track, this.#audio);
	}

	configureAudio(track: AudioTrack): void {
		this.#audio = track;
		this.#renditionOf(AUDIO_ONLY, false).setTracks(null, track);
		for (const { id, lane, isConfigured } of [...this.renditions.values()]) {
			if (!isConfigured || id === AUDIO_ONLY) continue;
			const isUnderWay = lane.group.length > 0;
			this.#renditionOf(id, true).setTracks(lane.video, track);
			// Its pictures wait for a key picture now.
			if (isUnderWay) this.#source?.requestKey(id);
		}
	}

	takePicture(rendition: number, unit: AccessUnit): void {
		const to = this.renditions.get(rendition);
		if (!to?.isConfigured || this.#isShut) return;
		const nowMs = this.#now();
		if (unit.isKey && (!this.#timeline.isAnchored || this.#timeline.place(unit.timestampUs, nowMs) === null)) this.#anchor(unit, nowMs);
		const timestampUs = this.#timeline.place(unit.timestampUs, nowMs);
		if (timestampUs === null || !to.addPicture({ ...unit, timestampUs }, nowMs)) this.droppedFrames++;
	}

	takeSound(unit: AccessUnit): void {
		if (this.#audio === null || this.#isShut) return;
		const nowMs = this.#now();
		if (!this.#timeline.isAnchored && !this.#hasPictures()) this.#anchor(unit, nowMs);
		const timestampUs = this.#timeline.place(unit.timestampUs, nowMs);
		if (timestampUs === null) return;
		const sample = { ...unit, timestampUs, isKey: true, compositionUs: 0 };
		for (const rendition of this.renditions.values()) if (rendition.isConfigured) rendition.addSound(sample, nowMs);
	}

	/** The show begins: from the next key picture on it is seen and recorded. */
	begin(): void {
		if (!this.#isEarly) return;
		// What is still open belongs to what nobody sees.
		this.#breakOff();
		this.#isEarly = false;
		if (this.state !== 'live') return;
		this.#options.onEvent({ type: 'started', atMs: this.#now() });
		this.#requestKeys();
	}

	pause(): void {
		if (this.state !== 'live' || this.#isEarly) return;
		this.#breakOff();
		this.#change('paused');
	}

	resume(): void {
		if (this.state !== 'paused') return;
		if (this.#source === null) {
			this.#change('away');
			return;
		}
		this.#timeline.release();
		this.state = 'live';
		this.#tellBack('resumed');
		this.#requestKeys();
	}

	end(reason: EndReason): void {
		if (this.state === 'ended') return;
		this.state = 'ended';
		if (this.#patience) clearTimeout(this.#patience);
		for (const rendition of this.renditions.values()) rendition.end();
		const source = this.#source;
		this.#source = null;
		source?.close('ended');
		for (const watcher of this.watchers) watcher.finish();
		this.#options.onEvent({ type: 'ended', atMs: this.#now(), reason });
		void this.#options.recorder?.end().then(() => this.#options.onEvent({ type: 'recorded', atMs: this.#now() }));
	}

	addWatcher(watcher: Watcher): void {
		this.watchers.add(watcher);
		if (this.state === 'away' || this.state === 'paused') watcher.tell({ type: this.state });
		this.place(watcher);
	}

	removeWatcher(watcher: Watcher): void {
		watcher.leave();
		this.watchers.delete(watcher);
	}

	/** Puts a watcher where it wants to be, or as near as there is something. */
	place(watcher: Watcher): void {
		const lane = this.#choose(watcher.wanted)?.lane;
		if (!lane) return;
		if (lane.group.length === 0 && this.state === 'live') this.#source?.requestKey(lane.id);
		watcher.follow(lane);
	}

	views(): RenditionView[] {
		const nowMs = this.#now();
		return [...this.renditions.values()].filter((rendition) => rendition.isActive(nowMs)).map((rendition) => rendition.view());
	}

	/** What comes in, all renditions together. */
	kbps(): number {
		return this.views().reduce((sum, rendition) => sum + (rendition.id === AUDIO_ONLY ? 0 : rendition.kbps), 0);
	}

	/** The process goes, the show may not: what is recorded reaches the disk. */
	async leave(): Promise<void> {
		this.#breakOff();
		await this.#options.recorder?.end();
	}

	/** Once a second: measures, moves watchers whose rendition fell silent, tells the host. */
	tend(): void {
		const nowMs = this.#now();
		const seconds = Math.max(0.001, (nowMs - this.#measuredMs) / 1000);
		this.#measuredMs = nowMs;
		for (const rendition of this.renditions.values()) rendition.measure(seconds);
		for (const watcher of this.watchers) {
			if (watcher.isStalled(nowMs)) watcher.drop();
			else this.place(watcher);
		}
		this.#source?.tell({ type: 'health', viewers: this.watchers.size, kbps: this.kbps(), droppedFrames: this.droppedFrames });
	}

	#anchor({ timestampUs }: AccessUnit, nowMs: number): void {
		this.#breakOff();
		this.#timeline.anchor(timestampUs, nowMs);
		if (this.state === 'waiting') {
			this.state = 'live';
			if (!this.#isEarly) this.#options.onEvent({ type: 'started', atMs: nowMs });
		} else if (this.state === 'away') {
			this.state = 'live';
			this.#tellBack('back');
		}
		for (const watcher of this.watchers) this.place(watcher);
	}

	#tellBack(type: 'back' | 'resumed'): void {
		for (const watcher of this.watchers) watcher.tell({ type: 'back' });
		this.#options.onEvent({ type, atMs: this.#now() });
	}

	#await(): void {
		this.#patience = setTimeout(() => this.end('timeout'), this.#options.patienceMs);
	}

	#change(state: 'away' | 'paused'): void {
		this.state = state;
		for (const watcher of this.watchers) watcher.tell({ type: state });
		this.#options.onEvent({ type: state, atMs: this.#now() });
	}

	#breakOff(): void {
		for (const rendition of this.renditions.values()) rendition.breakOff();
	}

	/** Nothing that comes is taken. */
	get #isShut(): boolean {
		return this.state === 'ended' || this.state === 'paused';
	}

	#requestKeys(): void {
		for (const { id } of this.renditions.values()) if (id !== AUDIO_ONLY) this.#source?.requestKey(id);
	}

	#hasPictures(): boolean {
		return [...this.renditions.values()].some(({ id, isConfigured }) => isConfigured && id !== AUDIO_ONLY);
	}

	/** The wanted rendition, else the nearest one that sends, else whatever was announced. */
	#choose(wanted: number): Rendition | null {
		const nowMs = this.#now();
		const configured = [...this.renditions.values()].filter((rendition) => rendition.isConfigured);
		const sending = configured.filter((rendition) => rendition.isActive(nowMs));
		const among = sending.length > 0 ? sending : configured;
		const distance = ({ id }: Rendition) => (id === wanted ? 0 : id === AUDIO_ONLY || wanted === AUDIO_ONLY ? 100 : Math.abs(id - wanted));
		return among.sort((a, b) => distance(a) - distance(b))[0] ?? null;
	}

	#renditionOf(id: number, hasVideo: boolean): Rendition {
		const known = this.renditions.get(id);
		if (known) return known;
		const rendition = new Rendition(id, hasVideo, (part) => this.#onPart(rendition, part));
		this.renditions.set(id, rendition);
		return rendition;
	}

	#onPart(rendition: Rendition, part: Part): void {
		if (this.#isEarly) return;
		const atMs = this.startedAtMs + part.startUs / 1000;
		rendition.window.add(part, atMs);
		const { recorder } = this.#options;
		if (!recorder) return;
		if (part.beginsSegment && this.#choose(0) === rendition) this.#recorded = rendition.id;
		const init = rendition.init;
		if (rendition.id === this.#recorded && init) recorder.add(init, part, atMs);
	}
}
