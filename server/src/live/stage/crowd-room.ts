import type { Socket } from 'node:net';
import type { RoomEvent } from '@kaishi/protocol/live';
import type { WebSocket } from 'ws';
import { Presence } from './presence.ts';
import { SaidLog } from './said-log.ts';

export interface Member {
	showId: string;
	connection: number;
	account: string | null;
	address: string;
	/** Who counts as one. */
	visitor: string;
	ws: WebSocket;
	/** Below `ws`: what all share is written there, ready-made. */
	socket: Socket;
	since: number;
	alive: boolean;
	/** It knows how the room stands, and hears whatever was said since it came. */
	ready: boolean;
	/** Of what is said in the room, the first that it has not heard. */
	place: number;
	/** When its last likes were counted, ms. */
	likedAt?: number;
}

/** Further behind, a socket is closed and comes back. */
export const MAX_BUFFERED_BYTES = 1_000_000;
/** Sockets written to before something else, the picture above all, gets its turn; a room that is no larger is told at once. */
export const SLICE = 250;
/** Between two looks whose turn it is. */
export const LOOK_MS = 10;
/** Whoever came while something was said hears it still, once it knows how the room stands. */
const KEPT_MS = 10_000;
const LIKES_MS = 900;
/** Between two messages to the same socket; in a crowd, where every one of them costs thousands of writes, longer. */
const ROUND_MS = 100;
const SMALL_ROOM = 1000;
/** Later lines would be noticed. */
const MAX_ROUND_MS = 235;
const EMOJI_MS = 400;

/**
 * One room's sockets, told in rounds. A small room hears a round all at once. In a crowd the round goes on and on, a few people every few
 * milliseconds: everybody has a turn at the same distance as before, nobody waits until thousands before him were written to, and the picture
 * never waits for more than a slice.
 */
export class CrowdRoom {
	readonly #members = new Set<Member>();
	readonly #presence = new Presence();
	readonly #said = new SaidLog();
	/** Who is next in the round under way; null: none is. */
	#round: Iterator<Member> | null = null;
	#roundAt = Number.NEGATIVE_INFINITY;
	/** What was said before the round began: at its end everybody has heard it. */
	#roundEnd = 0;
	#told = 0;
	/** Everybody is told as quickly as sockets can be written to. */
	#hurries = false;
	#hurriedAt = Number.NEGATIVE_INFINITY;
	#nextRoundAt = Number.NEGATIVE_INFINITY;
	/** Everybody has heard what was said before. */
	#heard = 0;
	/** What was said before is not to wait for anybody's turn. */
	#urgent = 0;
	#likes = 0;
	#emoji: Record<string, number> = {};
	#cheeredAt = Number.NEGATIVE_INFINITY;
	#lastCount = -1;

	get isEmpty(): boolean {
		return this.#members.size === 0 && this.#presence.isEmpty && this.#likes === 0;
	}

	join(member: Member): void {
		member.place = this.#said.end;
		this.#members.add(member);
		this.#presence.join(member);
	}

	leave(member: Member, now: number): void {
		this.#members.delete(member);
		this.#presence.leave(member, now);
	}

	/** It knows how the room stands; what was said meanwhile it hears at once. */
	admit(member: Member): void {
		if (member.ready) return;
		member.ready = true;
		this.#tell(member);
	}

	/** Heard when `tellDue` is asked next, or soon after it. @param now of `performance.now`. */
	say(events: readonly RoomEvent[], urgent: boolean, now: number): void {
		this.#said.add(events, now);
		if (urgent) this.#urgent = this.#said.end;
	}

	like(member: Member, count: number): void {
		const now = performance.now();
		if (now - (member.likedAt ?? Number.NEGATIVE_INFINITY) < LIKES_MS) return;
		member.likedAt = now;
		this.#likes += this.#presence.likes(member.address, count);
	}

	cheer(emoji: string): void {
		this.#emoji[emoji] = (this.#emoji[emoji] ?? 0) + 1;
	}

	/** What has changed since the last count; null: nothing. */
	count(now: number): { viewers: number; likes: number } | null {
		const [viewers, likes] = [this.#presence.count(now), this.#likes];
		if (viewers === this.#lastCount && likes === 0) return null;
		this.#lastCount = viewers;
		this.#likes = 0;
		return { viewers, likes };
	}

	kick(account: string, code: number): void {
		for (const member of this.#members) if (member.account === account) member.ws.close(code, 'banned');
	}

	/** Closes the room; everybody still hears everything. */
	empty(code: number): void {
		for (const member of this.#members) {
			if (member.ready) this.#tell(member);
			member.ws.close(code, 'ended');
		}
	}

	/** Tells those whose turn it is, `most` of them at once. @returns how many; as many as `most`: there may be more. */
	tellDue(now: number, most: number): number {
		this.#cheerDue(now);
		if (this.#hurryDue(now)) this.#begin(now, true);
		else if (this.#round === null) {
			// What is urgent, and may not hurry yet, takes the rest along soon.
			if (this.#heard >= this.#said.end || this.#heard < this.#urgent || now < this.#nextRoundAt) return 0;
			this.#begin(now, false);
		}
		this.#said.freshen();
		const count = Math.min(most, this.#due(now) - this.#told);
		for (let told = 0; told < count; told++) {
			const next = this.#round?.next();
			if (!next || next.done) {
				this.#end(now);
				return told;
			}
			this.#told++;
			if (next.value.ready) this.#tell(next.value);
		}
		return Math.max(0, count);
	}

	get #roundMs(): number {
		return Math.min(MAX_ROUND_MS, ROUND_MS * Math.max(1, this.#members.size / SMALL_ROOM));
	}

	/** At once, but for what follows closely: a stock that ticks a hundred times a second is told with as few writes as talk is. */
	#hurryDue(now: number): boolean {
		return this.#heard < this.#urgent && !this.#hurries && now - this.#hurriedAt >= this.#roundMs / 2;
	}

	#begin(now: number, hurries: boolean): void {
		this.#round = this.#members.values();
		this.#hurries = hurries;
		// A look that comes late does not make rounds longer.
		this.#roundAt = !hurries && now - this.#nextRoundAt < LOOK_MS * 2 ? Math.min(now, this.#nextRoundAt) : now;
		if (hurries) this.#hurriedAt = now;
		this.#roundEnd = this.#said.end;
		this.#told = 0;
	}

	/** How many should have been told by now, the look to come included. */
	#due(now: number): number {
		if (this.#hurries) return Number.POSITIVE_INFINITY;
		// One more than there are finds the round's end.
		return Math.max(SLICE, Math.ceil((this.#members.size * (now - this.#roundAt + LOOK_MS)) / this.#roundMs)) + 1;
	}

	#end(now: number): void {
		// Of a crowd that heard something at once, the last would wait for two rounds if the next began late.
		this.#nextRoundAt = this.#hurries && this.#members.size > SLICE ? now : this.#roundAt + this.#roundMs;
		this.#round = null;
		this.#hurries = false;
		this.#heard = this.#roundEnd;
		this.#said.forget(this.#heard, now - KEPT_MS);
	}

	#cheerDue(now: number): void {
		if (now - this.#cheeredAt < EMOJI_MS || Object.keys(this.#emoji).length === 0) return;
		this.say([{ kind: 'emoji', counts: this.#emoji }], false, now);
		this.#emoji = {};
		this.#cheeredAt = now;
	}

	#tell(member: Member): void {
		const { ws, socket } = member;
		const frame = this.#said.frameFrom(member.place);
		if (frame === null || ws.readyState !== ws.OPEN) return;
		member.place = this.#said.end;
		if (socket.writableLength > MAX_BUFFERED_BYTES) ws.terminate();
		else socket.write(frame);
	}
}
