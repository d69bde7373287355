import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TICKET_PROTOCOL } from '@kaishi/protocol/live';
import { isOwnOrigin } from '../../platform/http/origin.ts';
import { LOCAL, peerAddress } from '../../platform/http/peer-address.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import type { Tickets } from '../media/tickets.ts';
import type { Adoption, SocketKind } from './messages.ts';
import type { StageClient } from './stage-client.ts';

export interface UpgradeDoorOptions {
	publicUrl: string;
	trustProxy: boolean;
	viewerOf: ViewerOf;
	tickets: Tickets;
	/** Whether an account may publish to a show now; its ticket is from before. */
	mayPublish(showId: string, account: string): Promise<boolean>;
	/** Null: another server holds the stage. */
	stage(): Pick<StageClient, 'adopt' | 'unpublish'> | null;
	/** A connection to the server that holds the stage, where the arrival is received. */
	passOn(arrival: Arrival): Promise<Socket>;
	/** Milliseconds, for the rate of upgrades. */
	clock?: () => number;
}

/** Somebody who may come in, at this server or another one. */
export type Arrival = Pick<Adoption, 'kind' | 'showId' | 'account' | 'address' | 'url' | 'headers'>;

const PATH = /^\/api\/live\/([0-9a-f]{16})\/(publish|watch|room)$/;
/** Of one address: a household, an office; not a botnet behind one door. */
const MAX_PER_ADDRESS = 200;
const MAX_SOCKETS = 12_000;
/** Of these, kept for whoever publishes. */
const KEPT_SOCKETS = 200;
/** Of one address: each costs several questions to the database. */
const UPGRADES = { burst: 120, perSecond: 5 };

/** Takes sockets of live shows to the stage. */
export interface UpgradeDoor {
	/** False: not for us. */
	take(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
	/** Takes a socket that another server has passed on: it knows who that is, the limits are ours. */
	receive(socket: Socket, arrival: Arrival): void;
	/** Ends what those publish who may no longer. */
	recheck(): Promise<void>;
	/** Ends what was passed on; what the stage has is the stage's. */
	close(): void;
}

/** Who may come in is decided here, where sessions and shows are known; everything after is the stage's. */
export function createUpgradeDoor(options: UpgradeDoorOptions): UpgradeDoor {
	const byAddress = new Map<string, number>();
	const publishers = new Set<{ showId: string; account: string }>();
	const passed = new Set<Socket>();
	const mayAsk = createRateLimiter(UPGRADES, options.clock ? { clock: options.clock } : {});
	let sockets = 0;
	const count = (address: string, change: number) => {
		sockets += change;
		const left = (byAddress.get(address) ?? 0) + change;
		if (left > 0) byAddress.set(address, left);
		else byAddress.delete(address);
	};
	const admit = async (request: IncomingMessage, socket: Socket, head: Buffer, showId: string, kind: SocketKind) => {
		if (!isOwnOrigin(request.headers.origin, options.publicUrl)) return refuse(socket, 403);
		const address = peerAddress(request, options.trustProxy);
		if (!hasPlace(address, kind)) return refuse(socket, 429);
		await counted(address, async (gone) => {
			const account = await whoIs(options, request, showId, kind);
			if (account === undefined) {
				refuse(socket, 403);
				return false;
			}
			const arrival = { kind, showId, account, address, url: request.url ?? '/', headers: handshakeOf(request) };
			return handOver(socket, head, arrival, gone);
		});
	};
	/** Counted before anything is asked: else a burst slips past while answers are awaited. `work` says whether it is in; then `gone` ends it. */
	const counted = async (address: string, work: (gone: () => void) => Promise<boolean>) => {
		count(address, 1);
		let isIn = false;
		try {
			isIn = await work(() => count(address, -1));
		} finally {
			if (!isIn) count(address, -1);
		}
	};
	const hasPlace = (address: string, kind: SocketKind): boolean => {
		if (sockets >= MAX_SOCKETS - (kind === 'publish' ? 0 : KEPT_SOCKETS)) return false;
		if (address === LOCAL) return true;
		return (byAddress.get(address) ?? 0) < MAX_PER_ADDRESS && passes(mayAsk, address);
	};
	const handOver = async (socket: Socket, head: Buffer, arrival: Arrival, gone: () => void): Promise<boolean> => {
		const stage = options.stage();
		if (socket.destroyed) return false;
		if (!stage) return passOn(socket, head, arrival, gone);
		const { kind, showId, account } = arrival;
		const publisher = kind === 'publish' && account !== null ? { showId, account } : null;
		if (publisher) publishers.add(publisher);
		stage.adopt({ ...arrival, head }, socket, () => {
			gone();
			if (publisher) publishers.delete(publisher);
		});
		return true;
	};
	const passOn = async (socket: Socket, head: Buffer, arrival: Arrival, gone: () => void): Promise<boolean> => {
		const far = await options.passOn(arrival).catch(() => null);
		if (!far || socket.destroyed) {
			far?.destroy();
			refuse(socket, 503);
			return false;
		}
		passed.add(socket);
		far.write(head);
		socket.pipe(far).pipe(socket);
		far.on('close', () => socket.destroy());
		socket.on('close', () => {
			passed.delete(socket);
			far.destroy();
			gone();
		});
		return true;
	};
	return {
		take(request, socket, head) {
			const [, showId, kind] = PATH.exec(pathOf(request.url)) ?? [];
			if (!showId || !kind || !(socket instanceof Socket)) return false;
			socket.on('error', () => undefined);
			admit(request, socket, head, showId, kind as SocketKind).catch(() => refuse(socket, 500));
			return true;
		},
		receive(socket, arrival) {
			if (!hasPlace(arrival.address, arrival.kind)) refuse(socket, 429);
			else if (!options.stage()) refuse(socket, 503);
			else counted(arrival.address, (gone) => handOver(socket, Buffer.alloc(0), arrival, gone)).catch(() => refuse(socket, 500));
		},
		close() {
			for (const socket of passed) socket.destroy();
		},
		async recheck() {
			for (const { showId, account } of [...publishers]) {
				if (!(await options.mayPublish(showId, account))) options.stage()?.unpublish(showId, account);
			}
		},
	};
}

/** Account in lower case, null for a stranger, undefined for somebody who may not. */
async function whoIs(options: UpgradeDoorOptions, request: IncomingMessage, showId: string, kind: SocketKind): Promise<string | null | undefined> {
	if (kind === 'room') return (await options.viewerOf(request.headers.cookie ?? null))?.address.toLowerCase() ?? null;
	const account = options.tickets.check(kind, showId, ticketOf(request))?.toLowerCase();
	if (account === undefined || (kind === 'publish' && !(await options.mayPublish(showId, account)))) return undefined;
	return account;
}

/** As `ticketProtocols` has it; empty: none. */
function ticketOf({ headers }: IncomingMessage): string {
	const [protocol, ticket = ''] = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
	return protocol === TICKET_PROTOCOL ? ticket : '';
}

const HANDSHAKE = ['connection', 'upgrade', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions'];

/** What the stage needs to finish the handshake; cookies and tickets stay here. */
function handshakeOf(request: IncomingMessage): Record<string, string | string[] | undefined> {
	const { headers } = request;
	const kept = Object.fromEntries(HANDSHAKE.filter((name) => headers[name] !== undefined).map((name) => [name, headers[name]]));
	return ticketOf(request) === '' ? kept : { ...kept, 'sec-websocket-protocol': TICKET_PROTOCOL };
}

const REASONS: Record<number, string> = {
	403: 'Forbidden',
	404: 'Not Found',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	503: 'Service Unavailable',
};

function refuse(socket: Socket, status: number): void {
	if (!socket.destroyed) socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function passes(limit: (key: string) => void, address: string): boolean {
	try {
		limit(address);
		return true;
	} catch {
		return false;
	}
}

function pathOf(url: string | undefined): string {
	return (url ?? '').split('?', 1)[0] ?? '';
}
