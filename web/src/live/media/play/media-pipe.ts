import { AppendQueue } from './append-queue.ts';

/** Safari on phones has only the managed kind, which also saves battery where both exist. */
export function mediaSourceKind(): typeof MediaSource | null {
	if (typeof ManagedMediaSource !== 'undefined') return ManagedMediaSource;
	return typeof MediaSource === 'undefined' ? null : MediaSource;
}

/** How many tracks a type names: buffers cannot change that once they are filled. */
const tracksOf = (mime: string): number => (/codecs="([^"]*)"/.exec(mime)?.[1] ?? '').split(',').length;

/** A video element fed with pieces of fragmented MP4. */
export class MediaPipe {
	#video: HTMLVideoElement;
	#onfailure: (error: unknown) => void;
	#mime: string | null = null;
	#timeline: number | null = null;
	#queue: AppendQueue | null = null;
	#waiting: Uint8Array[] = [];
	#url: string | null = null;

	constructor(video: HTMLVideoElement, onfailure: (error: unknown) => void) {
		this.#video = video;
		this.#onfailure = onfailure;
	}

	/** What follows is of this type, on the timeline that began at `startedAtMs`. Throws when this browser cannot play it. */
	begin(mime: string, startedAtMs: number): void {
		const kind = mediaSourceKind();
		if (!kind?.isTypeSupported(mime)) throw new Error(`cannot play ${mime}`);
		const same = this.#mime !== null && tracksOf(this.#mime) === tracksOf(mime) && this.#timeline === startedAtMs;
		if (same && this.#queue) {
			if (mime !== this.#mime) this.#queue.change(mime);
		} else if (!same) this.#build(new kind(), mime);
		[this.#mime, this.#timeline] = [mime, startedAtMs];
	}

	append(bytes: Uint8Array): void {
		if (this.#queue) this.#queue.append(bytes);
		else this.#waiting.push(bytes);
	}

	close(): void {
		this.#video.removeAttribute('src');
		this.#video.load();
		this.#release();
	}

	#build(media: MediaSource, mime: string): void {
		[this.#queue, this.#waiting] = [null, []];
		const url = URL.createObjectURL(media);
		const last = this.#url;
		this.#url = url;
		media.addEventListener(
			'sourceopen',
			() => {
				if (this.#url !== url) return;
				this.#release();
				try {
					const queue: AppendQueue = new AppendQueue(media.addSourceBuffer(this.#mime ?? mime), this.#video, (error) => {
						// what another has taken the place of may end as it likes
						if (this.#queue === queue) this.#onfailure(error);
					});
					this.#queue = queue;
					for (const bytes of this.#waiting.splice(0)) queue.append(bytes);
				} catch (error) {
					this.#onfailure(error);
				}
			},
			{ once: true },
		);
		// the managed kind refuses to open while the picture could be sent to another screen
		this.#video.disableRemotePlayback = true;
		this.#video.src = url;
		if (last) URL.revokeObjectURL(last);
	}

	/** Once the element holds what the address named, or wants it no more; before, the browser would look for it in vain. */
	#release(): void {
		if (this.#url) URL.revokeObjectURL(this.#url);
		this.#url = null;
	}
}
