import type { RoomFrame, RoomRequest } from '@kaishi/protocol/live';
import { chance } from '#platform/chance.ts';

export type RoomLink = 'connecting' | 'open' | 'reconnecting' | 'closed';

export interface RoomListener {
	frame(frame: RoomFrame): void;
	/** `closed` is for good; see `roomCloseCodes`. */
	link(link: RoomLink, closeCode: number): void;
}

const FIRST_MS = 300;
const LONGEST_MS = 10_000;
/** Closing codes of this range mean: do not come back. */
const isFinal = (code: number) => code >= 4400 && code < 4500;

/** The socket of a room, opened again whenever it is lost. */
export class RoomSocket {
	#socket: WebSocket | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#tries = 0;
	#left = false;
	readonly #url: URL;
	readonly #listener: RoomListener;

	/** @param visitor counts as one person here, across reloads and windows */
	constructor(showId: string, visitor: string, listener: RoomListener) {
		this.#listener = listener;
		this.#url = new URL(`/api/live/${showId}/room`, location.href);
		this.#url.searchParams.set('visitor', visitor);
		this.#url.protocol = this.#url.protocol === 'https:' ? 'wss:' : 'ws:';
		addEventListener('online', this.#hurry);
		document.addEventListener('visibilitychange', this.#hurry);
		this.#open();
	}

	/** Whether it went out; what does not is not kept: a room is of the moment. */
	send(request: RoomRequest): boolean {
		if (this.#socket?.readyState !== WebSocket.OPEN) return false;
		this.#socket.send(JSON.stringify(request));
		return true;
	}

	leave(): void {
		this.#left = true;
		clearTimeout(this.#timer);
		removeEventListener('online', this.#hurry);
		document.removeEventListener('visibilitychange', this.#hurry);
		this.#socket?.close();
	}

	/** Somebody is looking again, or the network is back: no reason to wait any longer. */
	#hurry = () => {
		if (this.#socket || this.#left || document.visibilityState !== 'visible') return;
		clearTimeout(this.#timer);
		this.#open();
	};

	#open() {
		const socket = new WebSocket(this.#url);
		this.#socket = socket;
		socket.onopen = () => {
			this.#tries = 0;
			this.#listener.link('open', 0);
		};
		socket.onmessage = (event: MessageEvent<string>) => {
			if (!this.#left) this.#listener.frame(JSON.parse(event.data) as RoomFrame);
		};
		socket.onclose = ({ code }) => {
			this.#socket = null;
			if (this.#left) return;
			if (isFinal(code)) {
				this.#listener.link('closed', code);
				return;
			}
			this.#listener.link('reconnecting', code);
			// A whole audience that lost the same server must not come back at the same moment.
			this.#timer = setTimeout(() => this.#open(), Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#tries++) * (0.5 + chance()));
		};
	}
}
