import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Viewer } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import { answerError, answerNotFound } from '../platform/http/refuse.ts';

/** Who asks, as the server knows it that was asked. */
export interface Sender {
	/** As limits count. */
	address: string;
	viewer: Viewer | null;
}

/** Opens a stream to whoever holds what is asked for. */
export type OpenRequestStream = (sender: Sender) => Promise<Socket>;

/** Of a question that are its own; the session's cookie stays at the server that was asked. */
const PASSED_HEADERS = ['content-type', 'range', 'authorization'] as const;
const ANSWER_HEADERS = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'cache-control', 'location'] as const;

/** Asks what `c` was asked at another server, and answers as it does. Ends with whoever asked. */
export async function passOnRequest(c: Context, sender: Sender, open: OpenRequestStream): Promise<Response> {
	const { method, signal } = c.req.raw;
	const hasBody = !['GET', 'HEAD', 'DELETE'].includes(method);
	const body = hasBody ? Buffer.from(await c.req.arrayBuffer()) : null;
	const socket = await open(sender).catch((cause: unknown) => {
		throw new Refusal('Live_Elsewhere', 'unavailable', {}, { cause });
	});
	const { pathname, search } = new URL(c.req.url);
	const given = PASSED_HEADERS.map((name) => [name, c.req.header(name)] as const).filter(([, value]) => value !== undefined);
	const headers = { host: 'leader', ...Object.fromEntries(given), ...(body ? { 'content-length': body.length } : {}) };
	return new Promise((resolve, reject) => {
		const asked = request({ createConnection: () => socket, method, path: pathname + search, headers, signal }, (answer) => resolve(toResponse(answer)));
		asked.on('error', (cause) => {
			socket.destroy();
			reject(new Refusal('Live_Elsewhere', 'unavailable', {}, { cause }));
		});
		asked.end(body ?? undefined);
	});
}

function toResponse(answer: IncomingMessage): Response {
	const headers = new Headers();
	for (const name of ANSWER_HEADERS) if (typeof answer.headers[name] === 'string') headers.set(name, answer.headers[name]);
	const status = answer.statusCode ?? 502;
	if (status !== 204) return new Response(Readable.toWeb(answer) as ReadableStream, { status, headers });
	answer.resume();
	return new Response(null, { status, headers });
}

/** What other servers were asked, answered here. */
export interface PassedRequests {
	accept(socket: Socket, sender: Sender): void;
	/** Of a request that was passed on; undefined: it was not. `cookie` is what its `Cookie` header says here. */
	senderOf(cookie: string | null | undefined): Sender | undefined;
	close(): void;
}

/** `routes`: as they are mounted, below /api. */
export function openPassedRequests(routes: Hono, onError: (error: unknown) => void): PassedRequests {
	const app = new Hono().route('/api', routes);
	app.onError((error, c) => answerError(c, error, onError)).notFound(answerNotFound);
	const senders = new Map<string, Sender>();
	const cookies = new WeakMap<Socket, string>();
	const listener = getRequestListener(
		(asked, env) => {
			const { incoming } = env as { incoming: IncomingMessage };
			const { method, signal } = asked;
			const headers = new Headers(asked.headers);
			headers.set('cookie', cookies.get(incoming.socket) ?? '');
			const body = ['GET', 'HEAD', 'DELETE'].includes(method) ? {} : { body: asked.body, duplex: 'half' as const };
			return app.fetch(new Request(asked.url, { method, signal, headers, ...body }));
		},
		{ overrideGlobalObjects: false },
	);
	const server: Server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
	const sockets = new Set<Socket>();
	return {
		accept(socket, sender) {
			// Nobody outside can name it: it lives as long as the connection.
			const cookie = `passed=${randomUUID()}`;
			senders.set(cookie, sender);
			cookies.set(socket, cookie);
			sockets.add(socket);
			socket.once('close', () => {
				senders.delete(cookie);
				sockets.delete(socket);
			});
			server.emit('connection', socket);
		},
		senderOf: (cookie) => senders.get(cookie ?? ''),
		close() {
			for (const socket of sockets) socket.destroy();
		},
	};
}
