import type { Socket } from 'node:net';
import type { RoomEvent } from '@kaishi/protocol/live';
import type { WebSocket } from 'ws';

export interface Member {
	showId: string;
	connection: number;
	account: string | null;
	address: string;
	/** Who counts as one. */
	visitor: string;
	ws: WebSocket;
	/** Below `ws`: batches are written there, ready-made. */
	socket: Socket;
	since: number;
	alive: boolean;
	/** It knows how the room stands, and hears whatever is said from now on. */
	ready: boolean;
	/** How many of the events that wait were said before it was ready. */
	from: number;
	/** When its last likes were counted, ms. */
	likedAt?: number;
}

/** Further behind, a socket is closed and comes back. */
export const MAX_BUFFERED_BYTES = 1_000_000;
/** Sockets written to before something else, the picture above all, gets its turn. */
const SLICE = 400;
/** Somebody who is gone for so long is not missed: a reload, a tunnel. */
const GRACE_MS = 5000;
const LIKES_MS = 900;
/** Between two batches of a room; of a crowd, where every batch costs thousands of writes, up to twice as long. */
const BATCH_MS = 100;
const SMALL_ROOM = 1000;
/** Later lines would be noticed. */
const MAX_BATCH_MS = 190;
const EMOJI_MS = 400;

interface Batch {
	frame: Buffer;
	to: Member[];
	next: number;
}

/** One room's sockets. */
export class CrowdRoom {
	readonly #members = new Set<Member>();
	/** How many sockets each person has; who has none is remembered for a moment. */
	readonly #present = new Map<string, { sockets: number; goneAt: number }>();
	readonly #batches: Batch[] = [];
	#waiting: RoomEvent[] = [];
	#writing = false;
	#likes = 0;
	#emoji: Record<string, number> = {};
	#cheeredAt = 0;
	#flushedAt = 0;
	#lastCount = -1;

	get isEmpty(): boolean {
		return this.#members.size === 0 && this.#present.size === 0 && this.#likes === 0;
	}

	join(member: Member): void {
		this.#members.add(member);
		const present = this.#present.get(member.visitor) ?? { sockets: 0, goneAt: 0 };
		present.sockets++;
		this.#present.set(member.visitor, present);
	}

	leave(member: Member, now: number): void {
		this.#members.delete(member);
		const present = this.#present.get(member.visitor);
		if (!present) return;
		present.sockets--;
		present.goneAt = now;
	}

	/** From now on it hears what is said; what waits was part of how the room was told to stand. */
	admit(member: Member): void {
		if (member.ready) return;
		member.ready = true;
		member.from = this.#waiting.length;
	}

	say(events: readonly RoomEvent[], urgent: boolean): void {
		this.#waiting.push(...events);
		if (urgent) this.flush();
	}

	like(member: Member, count: number): void {
		const now = performance.now();
		if (now - (member.likedAt ?? Number.NEGATIVE_INFINITY) < LIKES_MS) return;
		member.likedAt = now;
		this.#likes += count;
	}

	cheer(emoji: string): void {
		this.#emoji[emoji] = (this.#emoji[emoji] ?? 0) + 1;
	}

	/** What has changed since the last count; null: nothing. */
	count(now: number): { viewers: number; likes: number } | null {
		for (const [visitor, { sockets, goneAt }] of this.#present) if (sockets <= 0 && now - goneAt > GRACE_MS) this.#present.delete(visitor);
		const [viewers, likes] = [this.#present.size, this.#likes];
		if (viewers === this.#lastCount && likes === 0) return null;
		this.#lastCount = viewers;
		this.#likes = 0;
		return { viewers, likes };
	}

	kick(account: string, code: number): void {
		for (const member of this.#members) if (member.account === account) member.ws.close(code, 'banned');
	}

	empty(code: number): void {
		this.flush();
		for (const { ws } of this.#members) ws.close(code, 'ended');
	}

	/** What waits leaves when the last batch is long enough ago: in a quiet room at once. */
	flushIfDue(now: number): void {
		const wait = Math.min(MAX_BATCH_MS, BATCH_MS * Math.max(1, this.#members.size / SMALL_ROOM));
		if (now - this.#flushedAt >= wait) this.flush();
	}

	/** Everything that waits leaves as one frame for all; who came in between gets the rest of it. */
	flush(): void {
		const now = performance.now();
		if (now - this.#cheeredAt > EMOJI_MS && Object.keys(this.#emoji).length > 0) {
			this.#waiting.push({ kind: 'emoji', counts: this.#emoji });
			this.#emoji = {};
			this.#cheeredAt = now;
		}
		if (this.#waiting.length === 0) return;
		this.#flushedAt = now;
		const events = this.#waiting;
		this.#waiting = [];
		const to: Member[] = [];
		for (const member of this.#members) {
			if (!member.ready) continue;
			if (member.from === 0) to.push(member);
			else if (member.from < events.length) this.#batches.push({ frame: frameOf(events.slice(member.from)), to: [member], next: 0 });
			member.from = 0;
		}
		this.#batches.push({ frame: frameOf(events), to, next: 0 });
		if (!this.#writing) this.#write();
	}

	#write(): void {
		let left = SLICE;
		for (let batch = this.#batches[0]; batch; batch = this.#batches[0]) {
			while (batch.next < batch.to.length && left > 0) {
				write(batch.to[batch.next++] as Member, batch.frame);
				left--;
			}
			if (batch.next < batch.to.length) break;
			this.#batches.shift();
		}
		this.#writing = this.#batches.length > 0;
		if (this.#writing) setImmediate(() => this.#write());
	}
}

function write({ ws, socket }: Member, frame: Buffer): void {
	if (ws.readyState !== ws.OPEN) return;
	if (socket.writableLength > MAX_BUFFERED_BYTES) ws.terminate();
	else socket.write(frame);
}

/** A WebSocket text frame from the server: never masked, never compressed. */
export function frameOf(events: readonly RoomEvent[]): Buffer {
	const body = Buffer.from(JSON.stringify({ now: Date.now(), events }));
	const { length } = body;
	const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
	head[0] = 0x81;
	if (length < 126) head[1] = length;
	else if (length < 65_536) {
		head[1] = 126;
		head.writeUInt16BE(length, 2);
	} else {
		head[1] = 127;
		head.writeBigUInt64BE(BigInt(length), 2);
	}
	return Buffer.concat([head, body]);
}
