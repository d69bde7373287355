import type { Socket } from 'node:net';
import { type RoomEvent, type RoomRequest, roomCloseCodes, roomRequest } from '@kaishi/protocol/live';
import type { WebSocket } from 'ws';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import { parseMessage } from '../../platform/socket/parse-message.ts';
import { CrowdRoom, LOOK_MS, MAX_BUFFERED_BYTES, type Member, SLICE } from './crowd-room.ts';
import type { RoomCommand, RoomReport } from './room-messages.ts';

/** What is known of a socket before it is one of the room. */
export interface RoomEntry {
	showId: string;
	connection: number;
	account: string | null;
	address: string;
	/** With `?visitor=`: 32 hex digits that a browser keeps, so that it counts as one person across reloads. */
	url: string;
}

/** The rooms' part of the stage. */
export interface RoomCrowd {
	adopt(entry: RoomEntry, ws: WebSocket, socket: Socket): void;
	command(command: RoomCommand): void;
	close(): void;
}

const COUNT_MS = 1000;
const HEARTBEAT_MS = 30_000;
/** Somebody who types fast, taps hearts and opens goods stays far below. */
const REQUESTS = { burst: 30, perSecond: 6 };
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
const VISITOR = /[?&]visitor=([0-9a-f]{32})(?:&|$)/;

/** Sockets of all rooms: told in batches, heard one by one. */
export function createRoomCrowd(report: (report: RoomReport) => void): RoomCrowd {
	const rooms = new Map<string, CrowdRoom>();
	const members = new Map<number, Member>();
	const roomOf = (showId: string) => {
		const room = rooms.get(showId) ?? new CrowdRoom();
		rooms.set(showId, room);
		return room;
	};

	let telling: CrowdRoom[] = [];
	/** A slice, then whatever else there is to do, until nobody's turn is missed. */
	const tellOn = () => {
		let left = SLICE;
		while (left > 0 && telling.length > 0) {
			left -= telling[0]?.tellDue(performance.now(), left) ?? 0;
			if (left > 0) telling.shift();
		}
		if (telling.length > 0) setImmediate(tellOn);
	};
	const tellAll = (some: Iterable<CrowdRoom>) => {
		const isIdle = telling.length === 0;
		telling = [...new Set([...some, ...telling])];
		if (isIdle) tellOn();
	};
	const looks = setInterval(() => tellAll(rooms.values()), LOOK_MS);
	const counts = setInterval(() => {
		for (const [showId, room] of rooms) {
			const counted = room.count(performance.now());
			if (counted) report({ type: 'counted', showId, ...counted });
			if (room.isEmpty) rooms.delete(showId);
		}
	}, COUNT_MS);
	const heartbeat = setInterval(() => {
		for (const member of members.values()) {
			if (!member.alive) member.ws.terminate();
			member.alive = false;
			member.ws.ping();
		}
	}, HEARTBEAT_MS);

	const welcome = (entry: RoomEntry, ws: WebSocket, socket: Socket): Member => {
		const { showId, connection, account } = entry;
		const visitor = account ?? VISITOR.exec(entry.url)?.[1] ?? `socket:${connection}`;
		return { showId, connection, account, address: entry.address, visitor, ws, socket, since: performance.now(), alive: true, ready: false, place: 0 };
	};
	const hear = (member: Member, request: RoomRequest) => {
		const { showId, connection, account, address } = member;
		if (request.do === 'ping') tell(member, [{ kind: 'pong', at: request.at, now: Date.now() }]);
		else if (request.do === 'like') roomOf(showId).like(member, request.count);
		else if (request.do === 'emoji') roomOf(showId).cheer(request.emoji);
		// Whoever speaks is signed in: a stranger's lines are not even looked at.
		else if (request.do === 'say' && account === null) tell(member, [{ kind: 'refused', ref: request.ref, code: 'Session_Required', details: {} }]);
		else report({ type: 'spoke', showId, connection, account, address, request });
	};

	return {
		adopt(entry, ws, socket) {
			const member = welcome(entry, ws, socket);
			const room = roomOf(entry.showId);
			const mayAsk = createRateLimiter(REQUESTS);
			members.set(entry.connection, member);
			room.join(member);
			ws.on('pong', () => {
				member.alive = true;
			});
			ws.on('message', (data, binary) => {
				const request = binary || !passes(mayAsk) ? null : parseMessage(roomRequest, data.toString());
				if (request) hear(member, request);
				else ws.close(POLICY_VIOLATION, 'not a request');
			});
			ws.on('error', () => undefined);
			ws.on('close', () => {
				members.delete(entry.connection);
				room.leave(member, performance.now());
				const { showId, connection, account } = member;
				report({ type: 'left', showId, connection, account, stayedMs: Math.round(performance.now() - member.since) });
			});
			const { showId, connection, account, address, visitor } = member;
			report({ type: 'joined', showId, connection, account, address, visitor });
		},
		command(command) {
			if (command.type === 'tell') {
				const member = members.get(command.connection);
				if (!member) return;
				tell(member, command.events);
				roomOf(member.showId).admit(member);
				return;
			}
			const room = rooms.get(command.showId);
			if (!room) return;
			if (command.type === 'say') {
				room.say(command.events, command.urgent, performance.now());
				if (command.urgent) tellAll([room]);
			} else if (command.type === 'kick') room.kick(command.account.toLowerCase(), roomCloseCodes.banned);
			else room.empty(roomCloseCodes.ended);
		},
		close() {
			for (const timer of [looks, counts, heartbeat]) clearInterval(timer);
			for (const { ws } of members.values()) ws.close(GOING_AWAY, 'the server stops');
		},
	};
}

function tell({ ws, socket }: Member, events: readonly RoomEvent[]): void {
	if (socket.writableLength > MAX_BUFFERED_BYTES) ws.terminate();
	else ws.send(JSON.stringify({ now: Date.now(), events }));
}

function passes(limit: (key: string) => void): boolean {
	try {
		limit('');
		return true;
	} catch {
		return false;
	}
}
