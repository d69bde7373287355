import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { hearThreads } from '../thread/thread.ts';
import { answerText, type JsonDoor, PATIENCE_MS } from './json-door.ts';
import { countedAddress } from './peer-address.ts';
import { readHead } from './request-head.ts';

/** What nobody has used for so long is closed. */
const IDLE_MS = 60_000;
const LOOK_MS = 5000;
/** So many are read on arrival in one turn of the event loop: some twenty milliseconds. */
const ON_ARRIVAL = 1024;
/** Readings between which is heard what threads have answered. */
const HEAR_EVERY = 8;
/** Longest head; anything longer is Node's. */
const MAX_HEAD_BYTES = 4096;
/** Somebody may ask so much ahead of the answers, several times what one request is, and leave so much of them unread. */
const [MOST_AHEAD_BYTES, MOST_UNHEARD_BYTES] = [64 * 1024, 64 * 1024];

export interface QuickLane {
	/** Closes what is idle now, and the others as soon as they are answered. */
	close(): void;
	/** Closes all that are left. */
	destroy(): void;
}

/**
 * Reads requests to `doors` from a server's connections itself, which costs a tenth of what Node's own listener takes: thousands
 * arrive in one moment, and whoever reads them for long cannot answer. It reads whole requests of the plainest form. At the first
 * byte of anything else a connection is Node's for good, with all that it has sent and was not answered yet.
 */
export function openQuickLane(server: Server, doors: ReadonlyMap<string, JsonDoor>): QuickLane {
	const takeByNode = server.listeners('connection') as ((socket: Socket) => void)[];
	server.removeAllListeners('connection');
	const connections = new Set<QuickConnection>();
	const isEarly = upToPerTurn(ON_ARRIVAL);
	let readings = 0;
	let closing = false;
	const entrances = [...doors].map(([request, door]): Entrance => ({ start: Buffer.from(`${request} HTTP/1.1\r\n`), door }));
	server.on('connection', (socket: Socket) => {
		const connection: QuickConnection = new QuickConnection(socket, entrances, {
			over: () => connections.delete(connection),
			isClosing: () => closing,
			isEarly,
			heard() {
				if (++readings % HEAR_EVERY === 0) hearThreads();
			},
			handOver(bytes) {
				connections.delete(connection);
				socket.pause();
				socket.unshift(bytes);
				for (const take of takeByNode) take.call(server, socket);
				process.nextTick(() => socket.resume());
			},
		});
		connections.add(connection);
	});
	const looking = setInterval(() => {
		const now = performance.now();
		for (const connection of connections) if (connection.isLeft(now)) connection.destroy();
	}, LOOK_MS);
	looking.unref();
	return {
		close() {
			closing = true;
			clearInterval(looking);
			for (const connection of connections) if (connection.isIdle) connection.destroy();
		},
		destroy() {
			for (const connection of connections) connection.destroy();
		},
	};
}

interface Entrance {
	/** The request line, with its end. */
	start: Buffer;
	door: JsonDoor;
}

interface Surroundings {
	over(): void;
	isClosing(): boolean;
	/** Whether one more may be read on arrival in this turn of the event loop. */
	isEarly(): boolean;
	/** Something was received, one of thousands perhaps. */
	heard(): void;
	/** Makes the connection Node's, `bytes` first. */
	handOver(bytes: Buffer): void;
}

class QuickConnection {
	readonly #socket: Socket;
	readonly #entrances: readonly Entrance[];
	readonly #around: Surroundings;
	/** Asked while it is surely there. */
	readonly #remote: string | undefined;
	/** What was received and belongs to no request that is being answered. */
	#bytes: Buffer | null = null;
	#isAnswering = false;
	/** Whether nothing more is to come. */
	#isEnded = false;
	#usedAt = performance.now();

	constructor(socket: Socket, entrances: readonly Entrance[], around: Surroundings) {
		this.#socket = socket;
		this.#entrances = entrances;
		this.#around = around;
		this.#remote = socket.remoteAddress;
		socket.on('data', this.#take);
		socket.on('end', this.#end);
		socket.on('error', this.#fail);
		socket.on('close', around.over);
	}

	get isIdle(): boolean {
		return !this.#isAnswering && this.#bytes === null;
	}

	/** Whether nobody seems to be there any more, or not to get on with a request. */
	isLeft(now: number): boolean {
		return !this.#isAnswering && now - this.#usedAt > (this.#bytes === null ? IDLE_MS : PATIENCE_MS);
	}

	destroy(): void {
		this.#socket.destroy();
	}

	readonly #fail = () => this.#socket.destroy();

	readonly #end = () => {
		this.#isEnded = true;
		if (this.#isAnswering) return;
		// Thousands hang up in one moment, too: what was written is on its way, so nothing is left to be agreed on.
		if (this.#socket.writableLength === 0) this.#socket.destroy();
		else this.#socket.end();
	};

	readonly #take = (chunk: Buffer) => {
		this.#around.heard();
		if (this.isIdle) this.#usedAt = performance.now();
		this.#bytes = this.#bytes === null ? chunk : Buffer.concat([this.#bytes, chunk]);
		// One at a time: what comes before its turn waits where it is.
		if (this.#isAnswering) this.#socket.pause();
		else this.#look(true);
	};

	/** Only what it is: thousands are looked at before the first is read, unless nobody waits. */
	#look(isArriving: boolean): void {
		const bytes = this.#bytes;
		if (bytes === null) return;
		const entrance = this.#entrances.find(({ start }) => startsLike(bytes, start));
		if (entrance === undefined) {
			this.#handOver(bytes);
			return;
		}
		this.#isAnswering = true;
		const busy = entrance.door.busy();
		if (busy) this.#answered(answerText(busy, randomUUID(), true), true);
		else if (isArriving && entrance.door.isFree && this.#around.isEarly()) this.#read(entrance, bytes);
		else entrance.door.unread.add(() => this.#read(entrance, this.#bytes ?? bytes));
	}

	#read({ start, door }: Entrance, bytes: Buffer): void {
		this.#isAnswering = false;
		if (this.#socket.destroyed) return;
		this.#resume();
		const end = bytes.indexOf('\r\n\r\n');
		if (end < 0 || end > MAX_HEAD_BYTES) {
			if (bytes.length > MAX_HEAD_BYTES) this.#handOver(bytes);
			return;
		}
		const head = readHead(bytes.toString('latin1', start.length, end));
		if (head === null || head.length > door.maxBytes) {
			this.#handOver(bytes);
			return;
		}
		const [from, to] = [end + 4, end + 4 + head.length];
		if (bytes.length < to) return;
		this.#bytes = bytes.length === to ? null : bytes.subarray(to);
		this.#isAnswering = true;
		const address = countedAddress(head.forwardedFor, this.#remote, door.trustProxy);
		door.take({ address, origin: head.origin, bytes: bytes.subarray(from, to) }, (answer, requestId) => {
			const close = head.close || this.#isEnded || this.#around.isClosing();
			this.#answered(answerText(answer, requestId, close), close);
		});
	}

	#resume(): void {
		if (this.#socket.isPaused() && (this.#bytes?.length ?? 0) < MOST_AHEAD_BYTES) this.#socket.resume();
	}

	#answered(text: string, close: boolean): void {
		this.#isAnswering = false;
		this.#usedAt = performance.now();
		if (this.#socket.destroyed) return;
		if (close) return void this.#socket.end(text);
		this.#socket.write(text);
		// Asks on and on, and listens to nothing.
		if (this.#socket.writableLength > MOST_UNHEARD_BYTES) return void this.#socket.destroy();
		this.#resume();
		this.#look(false);
	}

	#handOver(bytes: Buffer): void {
		this.#bytes = null;
		this.#socket.off('data', this.#take);
		this.#socket.off('end', this.#end);
		this.#socket.off('error', this.#fail);
		this.#socket.off('close', this.#around.over);
		this.#around.handOver(bytes);
	}
}

/** True so many times in each turn of the event loop. */
function upToPerTurn(most: number): () => boolean {
	let count = 0;
	return () => {
		if (count++ === 0)
			setImmediate(() => {
				count = 0;
			});
		return count <= most;
	};
}

/** Whether `bytes` begin like `start`, as far as they go. */
function startsLike(bytes: Buffer, start: Buffer): boolean {
	const length = Math.min(bytes.length, start.length);
	return bytes.compare(start, 0, length, 0, length) === 0;
}
