import type { PublisherNews } from '@kaishi/protocol/live';
import { readFrames } from './frame-reader.ts';
import { type AskTicket, PublishLink } from './link.ts';
import type { CastHealth, CastNews, PictureSource } from './messages.ts';
import { PictureEncoder } from './picture.ts';
import { planRenditions } from './renditions.ts';
import { SoundEncoder, type SoundPiece } from './sound.ts';
import { TimeLine } from './time-line.ts';
import { Uplink } from './uplink.ts';

/** Frames judged before this machine is held to be too slow for two sizes. */
const TRIAL_FRAMES = 45;
const MOST_SKIPPED_SHARE = 0.1;

/** µs since 1970: stays in order when the page is loaded again in the middle of a show. */
const nowUs = () => (performance.timeOrigin + performance.now()) * 1000;

/** Encodes picture and sound, always while they come, and sends them while somebody publishes: rehearsing is the first without the second. */
export class Cast {
	#say: (news: CastNews) => void;
	#line = new TimeLine();
	#uplink = new Uplink();
	#encoders: PictureEncoder[] = [];
	#sound: SoundEncoder;
	#link: PublishLink | null = null;
	#paused = false;
	/** Somebody else carries the picture: nothing is encoded. */
	#resting = false;
	#stopReading: (() => void) | null = null;
	#size = { width: 0, height: 0 };
	#framesPerSecond = 30;
	#mostRenditions = 2;
	#made = { bytes: 0, frames: 0, skipped: 0 };
	#heard: { viewers: number; droppedFrames: number } | null = null;
	#timer: ReturnType<typeof setInterval>;

	constructor(say: (news: CastNews) => void) {
		this.#say = say;
		this.#sound = new SoundEncoder(
			(frame) => this.#send(frame),
			(error) => say({ type: 'failed', reason: error.message }),
		);
		this.#timer = setInterval(() => this.#report(), 1000);
	}

	picture(source: PictureSource, framesPerSecond: number): void {
		this.#stopReading?.();
		this.#line = new TimeLine();
		this.#framesPerSecond = framesPerSecond;
		this.#stopReading = source.kind === 'single' ? null : readFrames(source, (frame) => this.frame(frame));
	}

	/** Takes `frame` over: encodes it where somebody could see it, and closes it. */
	frame(frame: VideoFrame): void {
		const arrivedUs = nowUs();
		const { displayWidth: width, displayHeight: height } = frame;
		if (width !== this.#size.width || height !== this.#size.height) this.#resize(width, height);
		if (this.#idle) {
			frame.close();
			return;
		}
		const stamped = new VideoFrame(frame, { timestamp: this.#line.stamp(frame.timestamp, arrivedUs) });
		frame.close();
		for (const encoder of this.#encoders) encoder.encode(stamped);
		stamped.close();
		this.#made.frames++;
		this.#judgeMachine();
	}

	sound(piece: SoundPiece): void {
		if (!this.#idle) this.#sound.encode(piece, nowUs());
	}

	publish(ask: AskTicket): void {
		if (this.#link) return;
		this.#resting = false;
		this.#say({ type: 'link', state: 'connecting' });
		this.#link = new PublishLink(ask, {
			onready: () => this.#introduce(),
			onlost: () => this.#say({ type: 'link', state: 'reconnecting' }),
			onword: (word) => this.#hear(word),
			onclosed: (reason) => {
				this.#link = null;
				this.#say({ type: 'link', state: 'closed', reason });
			},
			onelsewhere: (ticket) => {
				this.#link = null;
				this.#resting = true;
				this.#say({ type: 'elsewhere', ticket });
			},
		});
	}

	pause(paused: boolean): void {
		this.#paused = paused;
		this.#link?.say({ type: paused ? 'pause' : 'resume' });
		if (!paused) for (const encoder of this.#encoders) encoder.askKey();
	}

	network(online: boolean): void {
		if (online) this.#link?.hurry();
		else this.#link?.drop();
	}

	/** @param over whether the show ends with it, or the host only leaves. */
	leave(over: boolean): void {
		if (over) this.#link?.say({ type: 'end' });
		this.#link?.close();
		this.#link = null;
		this.#say({ type: 'link', state: 'off' });
	}

	close(): void {
		this.leave(false);
		this.#stopReading?.();
		clearInterval(this.#timer);
		for (const encoder of this.#encoders) encoder.close();
		this.#sound.close();
	}

	/** Nobody could see it now; encoding would only warm the machine. */
	get #idle(): boolean {
		return this.#paused || this.#resting || (this.#link !== null && !this.#link.open);
	}

	#send(frame: Uint8Array<ArrayBuffer>): void {
		this.#made.bytes += frame.byteLength;
		this.#link?.send(frame);
	}

	#introduce(): void {
		if (this.#paused) this.#link?.say({ type: 'pause' });
		this.#sound.introduce();
		for (const encoder of this.#encoders) encoder.introduce();
		this.#say({ type: 'link', state: 'live' });
	}

	#hear(word: PublisherNews): void {
		if (word.type === 'health') this.#heard = word;
		if (word.type === 'keyframe') for (const encoder of this.#encoders) if (encoder.plan.id === word.rendition) encoder.askKey();
	}

	#resize(width: number, height: number): void {
		this.#size = { width, height };
		for (const encoder of this.#encoders) encoder.close();
		const plans = planRenditions({ width, height, framesPerSecond: this.#framesPerSecond }, this.#mostRenditions);
		this.#encoders = plans.map(
			(plan) => new PictureEncoder(plan, this.#framesPerSecond, { send: (frame) => this.#send(frame), onfailure: ({ id }, error) => this.#failed(id, error) }),
		);
		this.#lower();
	}

	/** Without the smaller size the show goes on; without the best one there is none. */
	#failed(rendition: number, error: DOMException): void {
		if (rendition === 0) this.#say({ type: 'failed', reason: error.message });
		else [this.#mostRenditions, this.#encoders] = [1, this.#encoders.filter(({ plan }) => plan.id !== rendition)];
	}

	/** Before the show only: a size that viewers already watch is not taken away from them. */
	#judgeMachine(): void {
		const [best, small] = this.#encoders;
		if (this.#link || !best || !small || best.encoded + best.skipped < TRIAL_FRAMES) return;
		if (best.skipped + small.skipped <= (best.encoded + best.skipped) * MOST_SKIPPED_SHARE) return;
		small.close();
		[this.#mostRenditions, this.#encoders] = [1, [best]];
	}

	#lower(): void {
		for (const encoder of this.#encoders) encoder.configure(this.#uplink.share);
	}

	#report(): void {
		const { bytes, frames } = this.#made;
		this.#made = { ...this.#made, bytes: 0, frames: 0 };
		const kbps = Math.round((bytes * 8) / 1000);
		if (this.#link?.open && this.#uplink.observe(performance.now(), (this.#link.waitingBytes * 8) / Math.max(kbps, 1))) this.#lower();
		const health: CastHealth = {
			kbps,
			framesPerSecond: frames,
			skippedFrames: this.#encoders[0]?.skipped ?? 0,
			droppedFrames: this.#heard?.droppedFrames ?? null,
			roundTripMs: this.#link?.roundTripMs ?? null,
			viewers: this.#heard?.viewers ?? null,
			renditions: this.#encoders.map(({ plan }) => plan),
			share: this.#uplink.share,
		};
		if (!this.#resting) this.#say({ type: 'health', health });
	}
}
