/** Kept behind the picture, seconds: enough to go back into after a hiccup, little enough for a phone. */
const KEEP_SECONDS = 10;
const TRIM_AT_SECONDS = 20;

type Step = { bytes: Uint8Array } | { mime: string };

function joined(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(pieces.reduce((total, piece) => total + piece.byteLength, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.byteLength;
	}
	return whole;
}

/** Feeds a source buffer in order, as fast as it takes: everything that waits goes in at once. */
export class AppendQueue {
	#buffer: SourceBuffer;
	#video: HTMLVideoElement;
	#steps: Step[] = [];
	#onfailure: (error: unknown) => void;

	constructor(buffer: SourceBuffer, video: HTMLVideoElement, onfailure: (error: unknown) => void) {
		this.#buffer = buffer;
		this.#video = video;
		this.#onfailure = onfailure;
		buffer.addEventListener('updateend', () => this.#pump());
		buffer.addEventListener('error', () => onfailure(new Error('the bytes cannot be decoded')));
	}

	append(bytes: Uint8Array): void {
		this.#steps.push({ bytes });
		this.#pump();
	}

	/** What follows is encoded differently. */
	change(mime: string): void {
		this.#steps.push({ mime });
		this.#pump();
	}

	#pump(): void {
		if (this.#buffer.updating) return;
		try {
			if (this.#trim(TRIM_AT_SECONDS)) return;
			const [next] = this.#steps;
			if (!next) return;
			if ('mime' in next) {
				this.#buffer.changeType(next.mime);
				this.#steps.shift();
				this.#pump();
			} else this.#buffer.appendBuffer(joined(this.#takeBytes()));
		} catch (error) {
			this.#onfailure(error);
		}
	}

	#takeBytes(): Uint8Array[] {
		const end = this.#steps.findIndex((step) => 'mime' in step);
		const taken = this.#steps.splice(0, end === -1 ? this.#steps.length : end);
		return taken.map((step) => (step as { bytes: Uint8Array }).bytes);
	}

	#trim(atSeconds: number): boolean {
		const { buffered } = this.#buffer;
		if (buffered.length === 0 || this.#video.currentTime - buffered.start(0) < atSeconds) return false;
		this.#buffer.remove(0, this.#video.currentTime - KEEP_SECONDS);
		return true;
	}
}
