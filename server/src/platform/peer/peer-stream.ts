import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import { PeerUnreachableError } from './call-peer.ts';
import { createReplayGuard, type PeerCall, SEAL_HEADER } from './peer-door.ts';
import type { Seal } from './seal.ts';

export const STREAM_PATH = '/peer/stream';
/** The call, base64. */
const CALL_HEADER = 'x-kaishi-call';
/** No call's seal opens a stream. */
const PURPOSE = Buffer.from('stream');
const PATIENCE_MS = 5000;

/**
 * Opens a connection to the server at `origin` for `method`, which has it from then on: what is written is what it reads. Ends with `signal`.
 * Throws `PeerUnreachableError` when nobody is there; whoever is there and does not want it closes it.
 */
export type OpenPeerStream = (origin: string, method: string, args: readonly unknown[], signal: AbortSignal) => Promise<Socket>;

export function createStreamOpener(seal: Seal): OpenPeerStream {
	return async (origin, method, args, signal) => {
		const { hostname, port } = new URL(origin);
		const socket = await connected({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }, signal).catch((cause: unknown) => {
			throw new PeerUnreachableError(`no stream to ${origin}`, { cause });
		});
		const call = serialize({ at: Date.now(), salt: randomUUID(), method, args: [...args] } satisfies PeerCall);
		const headers = {
			Host: `${hostname}:${port}`,
			Connection: 'Upgrade',
			Upgrade: 'kaishi',
			[CALL_HEADER]: call.toString('base64'),
			[SEAL_HEADER]: seal.of(PURPOSE, call),
		};
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		socket.write(`GET ${STREAM_PATH} HTTP/1.1\r\n${lines.join('')}\r\n`);
		return socket;
	};
}

function connected(place: { host: string; port: number }, signal: AbortSignal): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect({ ...place, noDelay: true });
		const end = () => socket.destroy();
		const impatience = setTimeout(end, PATIENCE_MS);
		signal.addEventListener('abort', end);
		// For good: an error is always followed by `close`.
		socket.on('error', () => undefined);
		socket.once('close', () => {
			clearTimeout(impatience);
			signal.removeEventListener('abort', end);
			reject(new Error('no connection'));
		});
		socket.once('connect', () => {
			clearTimeout(impatience);
			resolve(socket);
		});
	});
}

export interface StreamDoorOptions {
	seal: Seal;
	/** False: not wanted. */
	accept(socket: Socket, method: string, args: readonly unknown[]): boolean;
	/** Unix milliseconds. */
	clock?: () => number;
}

/** Answers upgrades at `/peer/stream` of servers that hold the operator's key; to be hung on `upgrade`. Nothing is said to anybody else. */
export function createStreamDoor({ seal, accept, clock = Date.now }: StreamDoorOptions): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
	const isNew = createReplayGuard(clock);
	return (request, socket, head) => {
		socket.on('error', () => undefined);
		const given = String(request.headers[SEAL_HEADER] ?? '');
		const bytes = Buffer.from(String(request.headers[CALL_HEADER] ?? ''), 'base64');
		const isOurs = request.method === 'GET' && request.url === STREAM_PATH && socket instanceof Socket && seal.matches(given, PURPOSE, bytes);
		const call = isOurs ? (deserialize(bytes) as PeerCall) : null;
		if (call === null || !isNew(given, call.at)) {
			socket.destroy();
			return;
		}
		if (head.length > 0) socket.unshift(head);
		if (!accept(socket as Socket, call.method, call.args)) socket.destroy();
	};
}
