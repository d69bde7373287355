import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { declaredLength } from '../platform/http/body-limit.ts';
import { createPageLimit } from '../platform/http/page-limit.ts';
import { openQuickLane, type QuickLane } from '../platform/http/quick-lane.ts';
import type { Market } from './market.ts';

export interface ServeOptions {
	market: Market;
	/** Renders pages; without it only the API is served. */
	webHandler?: (request: IncomingMessage, response: ServerResponse) => void;
	/** Made outside when a development server needs it for its own sockets. */
	server?: Server;
	/** Stop on SIGTERM and SIGINT, finishing what is under way. */
	handleSignals?: boolean;
}

export interface Serving {
	server: Server;
	/** Where it really listens, also when port 0 was asked for. */
	url: string;
	/** Finishes requests under way, then closes the market. */
	close(): Promise<void>;
}

const OURS = /^\/(api|rpc|media|og)(\/|\?|$)/;
const PATIENCE_MS = 10_000;
const SWEEP_MS = 50;
/** Longer than clients and proxies keep a connection unused: we must not hang up while a question is on its way. */
const KEEP_ALIVE_MS = 65_000;
/** A crowd that knocks at once: whoever finds the queue full hears nothing, and tries again only after a second. The system may allow fewer. */
const BACKLOG = 4096;

/** One HTTP server: API, JSON-RPC, pictures and sockets are ours, everything else is the web's. */
export async function serveMarket({ market, webHandler, server = createServer(), handleSignals = false }: ServeOptions): Promise<Serving> {
	const api = getRequestListener((request, env) => market.fetch(withOwnBody(request), env), { overrideGlobalObjects: false });
	const limitPages = createPageLimit(market.config);
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	const lane = openQuickLane(server, market.doors);
	server.on('request', (request, response) => {
		const door = market.doors.get(`${request.method} ${request.url}`);
		if (door) door.handle(request, response);
		else if (!webHandler || OURS.test(request.url ?? '/')) void api(request, response);
		else if (!limitPages(request, response)) webHandler(request, response);
	});
	market.attach(server);
	// The page's process asks here: `reads` and `viewerOf` are called without a detour over HTTP.
	(globalThis as Record<symbol, unknown>)[Symbol.for('kaishi.market')] = market;
	await listen(server, market.config.port, market.config.host);
	const close = closeOnce(server, lane, market);
	if (handleSignals) {
		for (const signal of ['SIGTERM', 'SIGINT'] as const) {
			process.once(signal, () => {
				close().then(
					() => process.exit(0),
					() => process.exit(1),
				);
			});
		}
	}
	const { port } = server.address() as AddressInfo;
	return { server, url: market.config.port === port ? market.config.publicUrl : `http://localhost:${port}`, close };
}

/** Node's listener hands out an imitation that the runtime refuses to copy, which limits on bodies of undeclared length have to do. */
function withOwnBody(request: Request): Request {
	if (request.method === 'GET' || request.method === 'HEAD') return request;
	if (declaredLength((name) => request.headers.get(name)) !== null || request.body === null) return request;
	const { method, headers, body, signal } = request;
	const streamed: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
	return new Request(request.url, streamed);
}

function listen(server: Server, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ port, host, backlog: BACKLOG }, () => {
			server.off('error', reject);
			resolve();
		});
	});
}

function closeOnce(server: Server, lane: QuickLane, market: Market): () => Promise<void> {
	let closing: Promise<void> | null = null;
	const close = async () => {
		const drained = new Promise<void>((resolve) => server.close(() => resolve()));
		server.closeIdleConnections();
		// who was answered meanwhile keeps the connection for a next question
		const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
		lane.close();
		const impatience = setTimeout(() => {
			server.closeAllConnections();
			lane.destroy();
		}, PATIENCE_MS);
		market.closeSockets();
		await drained;
		clearInterval(sweeping);
		clearTimeout(impatience);
		await market.close();
	};
	return () => (closing ??= close());
}
