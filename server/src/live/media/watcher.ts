import type { Duplex } from 'node:stream';
import type { RenditionView, WatcherNews } from '@kaishi/protocol/live';
import type { Lane, LaneListener } from './lane.ts';
import { binaryFrame, textFrame } from './socket-frame.ts';

/** What may wait in a socket for its reader, or one message; the rest waits in the lane, which all readers share. */
const MAX_WAITING_BYTES = 512 * 1024;
/** One that took nothing for so long is gone. */
const STALLED_MS = 30_000;

/** What a watcher has to know of its show, and of its socket above the bytes. */
export interface WatcherContext {
	renditions(): RenditionView[];
	startedAtMs(): number;
	/** Closes the socket in good order. */
	close(): void;
	/** Cuts the connection. */
	terminate(): void;
}

/**
 * One socket that watches. It holds a place in its lane's group of pictures and takes from there what its socket has room for; when it has
 * not come to the end by the next key picture it goes on with that one. So a slow reader costs no memory, and sees no broken picture.
 */
export class Watcher implements LaneListener {
	/** Rendition it asked for; `AUDIO_ONLY` for sound alone. */
	wanted: number;
	/** Messages that were left out because its reader was slow. */
	skipped = 0;
	#lane: Lane | null = null;
	#joining: Lane | null = null;
	#next = 0;
	#initVersion = 0;
	#stuckSinceMs: number | null = null;
	readonly #socket: Duplex;
	readonly #context: WatcherContext;

	constructor(socket: Duplex, wanted: number, context: WatcherContext) {
		this.#socket = socket;
		this.#context = context;
		this.wanted = wanted;
		socket.on('drain', () => this.#pump());
	}

	/** Goes over to a lane with its next key picture; at once where there is nothing to see yet, or only something to hear. */
	follow(lane: Lane): void {
		if (lane === (this.#joining ?? this.#lane)) return;
		if (this.#joining) this.#joining.listeners.delete(this);
		this.#joining = null;
		if (lane === this.#lane) return;
		lane.listeners.add(this);
		if (this.#lane === null || this.#lane.group.length === 0 || lane.video === null) this.#enter(lane);
		else this.#joining = lane;
	}

	leave(): void {
		this.#joining?.listeners.delete(this);
		this.#lane?.listeners.delete(this);
		this.#lane = this.#joining = null;
	}

	tell(news: WatcherNews): void {
		if (!this.#socket.destroyed) this.#socket.write(textFrame(JSON.stringify(news)));
	}

	/** Its reader is gone, without a word. */
	drop(): void {
		this.#context.terminate();
	}

	/** The show is over. */
	finish(): void {
		this.tell({ type: 'ended' });
		this.#context.close();
	}

	onGroup(lane: Lane, lastLength: number): void {
		if (lane !== this.#lane) return;
		this.skipped += Math.max(0, lastLength - this.#next);
		this.#next = 0;
	}

	onMessage(lane: Lane): void {
		if (lane === this.#lane) this.#pump();
		else if (lane.group.length === 1) this.#enter(lane);
	}

	/** Whether its socket has taken nothing for too long. */
	isStalled(nowMs: number): boolean {
		const next = this.#lane?.group[this.#next];
		if (!next || this.#hasRoom(next.length)) this.#stuckSinceMs = null;
		else this.#stuckSinceMs ??= nowMs;
		return this.#stuckSinceMs !== null && nowMs - this.#stuckSinceMs > STALLED_MS;
	}

	#enter(lane: Lane): void {
		this.#lane?.listeners.delete(this);
		this.#lane = lane;
		this.#joining = null;
		this.#next = 0;
		this.#initVersion = 0;
		this.#pump();
	}

	#hasRoom(bytes: number): boolean {
		const waiting = this.#socket.writableLength;
		return waiting === 0 || waiting + bytes <= MAX_WAITING_BYTES;
	}

	#pump(): void {
		const lane = this.#lane;
		const socket = this.#socket;
		if (lane === null || socket.destroyed || lane.group.length === this.#next) return;
		if (this.#initVersion === lane.initVersion && lane.group.length === this.#next + 1) {
			this.#sendNext(lane);
			return;
		}
		socket.cork();
		if (this.#initVersion !== lane.initVersion) this.#sendInit(lane);
		while (this.#next < lane.group.length && this.#hasRoom(lane.group[this.#next]?.length ?? 0)) this.#sendNext(lane);
		socket.uncork();
	}

	#sendNext(lane: Lane): void {
		const message = lane.group[this.#next];
		if (!message || !this.#hasRoom(message.length)) return;
		this.#next++;
		this.#stuckSinceMs = null;
		this.#socket.write(message);
	}

	#sendInit({ init, mime, id, initVersion }: Lane): void {
		if (init === null) return;
		this.#initVersion = initVersion;
		this.tell({ type: 'init', mime, rendition: id, renditions: this.#context.renditions(), startedAtMs: this.#context.startedAtMs() });
		this.#socket.write(binaryFrame(init));
	}
}
