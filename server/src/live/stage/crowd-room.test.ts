import type { RoomEvent, RoomFrame } from '@kaishi/protocol/live';
import { beforeEach, expect, test } from 'vitest';
import { CrowdRoom, LOOK_MS, MAX_BUFFERED_BYTES, type Member, SLICE } from './crowd-room.ts';

const line = (seq: number): RoomEvent => ({
	kind: 'line',
	line: { seq, account: `0x${'1'.repeat(40)}`, name: 'Guo', text: '好茶', at: 0, badge: null },
});

class Listener {
	/** What it heard, in order, and when. */
	readonly heard: { seq: number; at: number }[] = [];
	messages = 0;
	terminated = false;
	waiting = 0;
	readonly member: Member;

	constructor(connection: number, room: CrowdRoom) {
		const socket = {
			get writableLength() {
				return listener.waiting;
			},
			write: (frame: Buffer) => this.#take(frame),
		};
		const listener = this;
		const ws = { readyState: 1, OPEN: 1, terminate: () => (this.terminated = true), close: () => undefined };
		this.member = {
			showId: 'show',
			connection,
			account: null,
			address: 'local',
			visitor: `socket:${connection}`,
			ws: ws as unknown as Member['ws'],
			socket: socket as unknown as Member['socket'],
			since: 0,
			alive: true,
			ready: false,
			place: 0,
		};
		room.join(this.member);
	}

	get seqs(): number[] {
		return this.heard.map(({ seq }) => seq);
	}

	#take(frame: Buffer): void {
		this.messages++;
		const head = (frame[1] ?? 0) < 126 ? 2 : 4;
		const { events } = JSON.parse(frame.toString('utf8', head)) as RoomFrame;
		for (const event of events) if (event.kind === 'line') this.heard.push({ seq: event.line.seq, at: clock });
	}
}

let clock: number;
let connections = 0;
let room: CrowdRoom;
beforeEach(() => {
	clock = 1000;
	room = new CrowdRoom();
});

const join = (count: number): Listener[] =>
	Array.from({ length: count }, () => {
		const listener = new Listener(++connections, room);
		room.admit(listener.member);
		return listener;
	});
/** What one turn of the stage writes, until nobody is due. Returns the largest slice. */
const turn = (): number => {
	let most = 0;
	for (let told = SLICE; told === SLICE; most = Math.max(most, told)) told = room.tellDue(clock, SLICE);
	return most;
};
/** Lets time pass as the stage does. */
const pass = (ms: number) => {
	for (const until = clock + ms; clock < until; ) {
		clock += LOOK_MS;
		turn();
	}
};

test('default: a small room hears at once, and what is said soon after in one message', () => {
	const all = join(20);
	room.say([line(1)], false, clock);
	turn();
	expect(all.every(({ seqs }) => seqs.length === 1)).toBe(true);
	for (let seq = 2; seq <= 5; seq++) room.say([line(seq)], false, clock);
	pass(90);
	expect(all[0]?.seqs).toEqual([1]);
	pass(20);
	expect(all.map(({ seqs, messages }) => [...seqs, messages])).toEqual(all.map(() => [1, 2, 3, 4, 5, 2]));
});

test('behavior: a crowd hears everything once and in order, evenly, and nobody later than a round', () => {
	const all = join(3000);
	const saidAt: number[] = [];
	for (let seq = 0; seq < 40; seq++) {
		saidAt.push(clock);
		room.say([line(seq)], false, clock);
		turn();
		pass(50);
	}
	pass(300);
	const late = all.flatMap(({ heard }) => heard.map(({ seq, at }) => at - (saidAt[seq] ?? 0)));
	for (const { seqs } of all) expect(seqs).toEqual(saidAt.map((_, seq) => seq));
	expect(Math.max(...late)).toBeLessThanOrEqual(235 + LOOK_MS);
	// ten rounds in two seconds, not one message for each line
	expect(Math.max(...all.map(({ messages }) => messages))).toBeLessThanOrEqual(11);
});

test('behavior: a crowd is never written to all at once', () => {
	join(3000);
	let most = 0;
	for (let seq = 0; seq < 100; seq++) {
		room.say([line(seq)], false, clock);
		clock += LOOK_MS;
		most = Math.max(most, room.tellDue(clock, Number.POSITIVE_INFINITY));
	}
	expect(most).toBeLessThanOrEqual(SLICE + 1);
});

test('behavior: what is urgent is heard by all at once, with what waited before it', () => {
	const all = join(3000);
	room.say([line(1)], false, clock);
	pass(100);
	room.say([line(2)], false, clock);
	room.say([line(3)], true, clock);
	turn();
	for (const { seqs } of all) expect(seqs).toEqual([1, 2, 3]);
	room.say([line(4)], false, clock);
	pass(250);
	for (const { seqs } of all) expect(seqs).toEqual([1, 2, 3, 4]);
});

test('behavior: a stock that ticks all the time costs two messages a round, and its last word is heard', () => {
	const all = join(1000);
	for (let seq = 0; seq < 100; seq++) {
		room.say([line(seq)], true, clock);
		turn();
		pass(LOOK_MS);
	}
	pass(60);
	for (const { seqs } of all) expect(seqs.at(-1)).toBe(99);
	expect(Math.max(...all.map(({ messages }) => messages))).toBeLessThanOrEqual(22);
});

test('behavior: who comes hears, once it knows how the room stands, whatever was said since it came', () => {
	const [before] = join(1);
	room.say([line(1)], false, clock);
	const late = new Listener(++connections, room);
	room.say([line(2)], false, clock);
	turn();
	pass(200);
	expect(late.seqs).toEqual([]);
	room.admit(late.member);
	expect(late.seqs).toEqual([2]);
	room.say([line(3)], false, clock);
	pass(200);
	expect(late.seqs).toEqual([2, 3]);
	expect(before?.seqs).toEqual([1, 2, 3]);
});

test('behavior: people come and go in the middle of a round and nobody misses anything', () => {
	const all = join(2000);
	for (let seq = 0; seq < 20; seq++) {
		room.say([line(seq)], false, clock);
		pass(30);
		for (const { member } of all.splice(seq * 7, 40)) room.leave(member, clock);
		all.push(...join(25));
	}
	pass(500);
	for (const { seqs } of all) {
		expect(seqs.at(-1) ?? 19).toBe(19);
		expect(seqs).toEqual(seqs.map((_, index) => index + 20 - seqs.length));
	}
	expect(room.count(clock + 6000)?.viewers).toBe(all.length);
});

test('error: a socket that takes nothing is cut off', () => {
	const [slow, other] = join(2);
	if (slow) slow.waiting = MAX_BUFFERED_BYTES + 1;
	room.say([line(1)], false, clock);
	turn();
	expect([slow?.terminated, slow?.messages, other?.messages]).toEqual([true, 0, 1]);
});
