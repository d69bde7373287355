import type { PublisherMessage, PublisherNews, PublishTicket } from '@kaishi/protocol/live';
import { socketAddressOf } from './publish-ticket.ts';

export interface LinkNews {
	onready(): void;
	onlost(): void;
	onword(word: PublisherNews): void;
	/** The server will not have this show any more, or refused a ticket: `code` says why. */
	onclosed(code: string): void;
	/** A LiveKit room takes the picture, no socket of ours. */
	onelsewhere(ticket: PublishTicket): void;
}

/** Answers with a ticket of its own for each connection, or throws `{ code }` when the server refuses for good. */
export type AskTicket = () => Promise<PublishTicket>;

const PING_MS = 2000;
/** Nothing heard for so long means that the line is dead, whatever the socket believes. */
const SILENCE_MS = 7000;
const RETRY_MS = [250, 500, 1000, 2000, 4000] as const;

/** The socket that carries a show to the server; reconnects by itself until it is closed. */
export class PublishLink {
	/** Milliseconds for a word there and back. */
	roundTripMs: number | null = null;
	sentBytes = 0;
	#socket: WebSocket | null = null;
	#open = false;
	#done = false;
	/** The try to connect that counts: of two at once the server would take the later one and tell the other that it was replaced. */
	#current = 0;
	#attempt = 0;
	#heardAt = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#ping: ReturnType<typeof setInterval>;
	#ask: AskTicket;
	#news: LinkNews;

	constructor(ask: AskTicket, news: LinkNews) {
		this.#ask = ask;
		this.#news = news;
		this.#ping = setInterval(() => this.#look(), PING_MS);
		void this.#connect();
	}

	get open(): boolean {
		return this.#open;
	}

	get waitingBytes(): number {
		return this.#socket?.bufferedAmount ?? 0;
	}

	send(frame: Uint8Array<ArrayBuffer>): void {
		if (!this.#open || this.#socket?.readyState !== WebSocket.OPEN) return;
		this.#socket.send(frame);
		this.sentBytes += frame.byteLength;
	}

	say(word: PublisherMessage): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(word));
	}

	/** Tries at once instead of waiting: the network is said to be back. */
	hurry(): void {
		if (this.#done || this.#open) return;
		this.#attempt = 0;
		const socket = this.#socket;
		this.#socket = null;
		socket?.close();
		void this.#connect();
	}

	/** The network is said to be gone. */
	drop(): void {
		this.#lose();
	}

	close(): void {
		this.#done = true;
		clearTimeout(this.#timer);
		clearInterval(this.#ping);
		this.#socket?.close(1000);
		[this.#socket, this.#open] = [null, false];
	}

	async #connect(): Promise<void> {
		clearTimeout(this.#timer);
		const current = ++this.#current;
		const isStale = () => this.#done || current !== this.#current;
		let ticket: PublishTicket;
		try {
			ticket = await this.#ask();
		} catch (refusal) {
			const code = (refusal as { code?: string }).code;
			if (isStale()) return;
			if (code) return this.#end(code);
			return this.#later();
		}
		if (isStale()) return;
		if (ticket.engine === 'livekit') {
			this.close();
			this.#news.onelsewhere(ticket);
			return;
		}
		const address = socketAddressOf(ticket);
		const socket = new WebSocket(address.url, address.protocols);
		socket.binaryType = 'arraybuffer';
		this.#socket = socket;
		this.#heardAt = Date.now();
		socket.onmessage = ({ data }: MessageEvent<string>) => {
			if (socket === this.#socket) this.#hear(JSON.parse(data) as PublisherNews);
		};
		socket.onclose = () => {
			if (socket === this.#socket) this.#lose();
		};
	}

	#hear(word: PublisherNews): void {
		this.#heardAt = Date.now();
		if (word.type === 'pong') this.roundTripMs = Date.now() - word.at;
		if (word.type === 'closed') this.#end(word.reason);
		else if (word.type === 'ready') {
			[this.#open, this.#attempt] = [true, 0];
			this.#news.onready();
		}
		this.#news.onword(word);
	}

	#look(): void {
		if (!this.#socket) return;
		if (Date.now() - this.#heardAt > SILENCE_MS) this.#lose();
		else this.say({ type: 'ping', at: Date.now() });
	}

	#lose(): void {
		if (this.#done) return;
		const socket = this.#socket;
		const wasOpen = this.#open;
		this.#current++;
		[this.#socket, this.#open, this.roundTripMs] = [null, false, null];
		socket?.close();
		if (wasOpen) this.#news.onlost();
		this.#later();
	}

	#later(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#connect(), RETRY_MS[Math.min(this.#attempt++, RETRY_MS.length - 1)]);
	}

	#end(code: string): void {
		this.close();
		this.#news.onclosed(code);
	}
}
