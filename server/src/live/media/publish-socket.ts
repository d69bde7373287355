import { type PublisherNews, publisherMessage } from '@kaishi/protocol/live';
import type { WebSocket } from 'ws';
import { parseMessage } from '../../platform/socket/parse-message.ts';
import { ByteRate } from './byte-rate.ts';
import type { LiveStream } from './live-stream.ts';
import { parsePublishFrame } from './publish-frame.ts';
import type { StreamSource } from './stream-source.ts';

/** Of one picture. */
export const MAX_UNIT_BYTES = 1024 * 1024;
/** All renditions together: 20 Mbit/s. */
export const MAX_BYTES_PER_SECOND = 2_500_000;
const POLICY_VIOLATION = 1008;
const NORMAL = 1000;
const BEAT_MS = 2000;
/** A host that answers nothing for so long is gone. */
const SILENCE_MS = 8000;
/** Keys are asked for at most this often, ms. */
const KEY_EVERY_MS = 500;
const TEXTS = { perSecond: 20 };

/** A browser that sends a show's picture. */
export class PublishSocket implements StreamSource {
	readonly account: string;
	readonly #socket: WebSocket;
	readonly #stream: LiveStream;
	readonly #rate = new ByteRate(MAX_BYTES_PER_SECOND);
	readonly #texts = new ByteRate(TEXTS.perSecond);
	readonly #askedKeyMs = new Map<number, number>();

	#heardMs = performance.now();

	constructor(socket: WebSocket, account: string, stream: LiveStream) {
		this.#socket = socket;
		this.account = account;
		this.#stream = stream;
		socket.on('message', (data: Buffer, isBinary: boolean) => {
			this.#heardMs = performance.now();
			if (isBinary) this.#onFrame(data);
			else this.#onText(data.toString());
		});
		// An error is always followed by `close`.
		socket.on('error', () => undefined);
		socket.on('pong', () => {
			this.#heardMs = performance.now();
		});
		// A network that is gone closes nothing: without this a show would stand still instead of waiting for its host.
		const beat = setInterval(() => this.#beat(), BEAT_MS);
		socket.on('close', () => {
			clearInterval(beat);
			stream.detach(this);
		});
		stream.attach(this);
	}

	tell(news: PublisherNews): void {
		if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(news));
	}

	requestKey(rendition: number): void {
		const now = performance.now();
		if (now - (this.#askedKeyMs.get(rendition) ?? Number.NEGATIVE_INFINITY) < KEY_EVERY_MS) return;
		this.#askedKeyMs.set(rendition, now);
		this.tell({ type: 'keyframe', rendition });
	}

	close(reason: string): void {
		this.tell({ type: 'closed', reason });
		this.#socket.close(NORMAL, reason);
	}

	#beat(): void {
		if (performance.now() - this.#heardMs > SILENCE_MS) this.#socket.terminate();
		else this.#socket.ping();
	}

	#refuse(reason: string): void {
		this.tell({ type: 'closed', reason });
		this.#socket.close(POLICY_VIOLATION, reason);
	}

	#onFrame(bytes: Buffer): void {
		// What still arrives after another has taken over.
		if (this.#stream.source !== this) return;
		if (!this.#rate.take(bytes.length)) {
			this.#refuse('too-much');
			return;
		}
		const frame = parsePublishFrame(bytes);
		if (!frame) {
			this.#refuse('not-a-frame');
			return;
		}
		if (frame.kind === 'picture') this.#stream.takePicture(frame.rendition, frame.unit);
		else if (frame.kind === 'sound') this.#stream.takeSound(frame.unit);
		else if (frame.kind === 'video-config') this.#stream.configureVideo(frame.rendition, frame.track);
		else this.#stream.configureAudio(frame.track);
	}

	#onText(text: string): void {
		if (this.#stream.source !== this) return;
		const message = this.#texts.take(1) ? parseMessage(publisherMessage, text) : null;
		if (!message) {
			this.#refuse('not-a-message');
			return;
		}
		if (message.type === 'ping') this.tell({ type: 'pong', at: message.at, now: Date.now() });
		else if (message.type === 'pause') this.#stream.pause();
		else if (message.type === 'resume') this.#stream.resume();
		else this.#stream.end('host');
	}
}
