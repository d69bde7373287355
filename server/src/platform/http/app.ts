import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { createRateLimiter } from '../limits/rate-limit.ts';
import { bodyLimit } from './body-limit.ts';
import { isOwnOrigin } from './origin.ts';
import { countedAddress, LOCAL } from './peer-address.ts';
import { answerError, answerNotFound } from './refuse.ts';
import type { ViewerOf } from './viewer.ts';

export interface HttpOptions {
	publicUrl: string;
	/** Take the client's address from X-Forwarded-For. */
	trustProxy: boolean;
	viewerOf: ViewerOf;
	/** Operational failures, never refusals. */
	onError(error: unknown, requestId: string): void;
	/** Milliseconds, for rate limits. */
	clock?: () => number;
}

/** Paths whose handlers bound their bodies themselves, because files are larger than JSON. */
const LARGE_BODIES = /^\/rpc$|^\/api\/(media|listings\/\d+\/download|conversations\/[\w-]+\/pictures|disputes\/\d+\/blobs)$/;
const MAX_JSON_BYTES = 256 * 1024;
const READS = { burst: 600, perSecond: 200 };
const WRITES = { burst: 120, perSecond: 30 };
const WRITES_PER_ACCOUNT = { burst: 60, perSecond: 10 };

/** The HTTP front: ids, limits, origin check, headers and refusals, around whatever `mount` adds. */
export function createHttpApp(options: HttpOptions, mount: (app: Hono) => void): Hono {
	const app = new Hono();
	app.onError((error, c) => answerError(c, error, options.onError));
	app.notFound(answerNotFound);
	app.use(label);
	app.use(limitRates(options));
	app.use(checkOrigin(options.publicUrl));
	const limitBody = bodyLimit({
		maxSize: MAX_JSON_BYTES,
		onError: () => {
			throw new Refusal('Request_TooLarge', 'invalid', { limit: String(MAX_JSON_BYTES) });
		},
	});
	// Questions and deletions carry no body and nobody reads one.
	app.use((c, next) => (['GET', 'HEAD', 'DELETE'].includes(c.req.method) || LARGE_BODIES.test(c.req.path) ? next() : limitBody(c, next)));
	mount(app);
	return app;
}

const label: MiddlewareHandler = async (c, next) => {
	const requestId = randomUUID();
	c.set('requestId' as never, requestId as never);
	await next();
	const { headers } = c.res;
	headers.set('X-Request-Id', requestId);
	headers.set('X-Content-Type-Options', 'nosniff');
	headers.set('Referrer-Policy', 'same-origin');
	if (!headers.has('Cross-Origin-Resource-Policy')) headers.set('Cross-Origin-Resource-Policy', 'same-origin');
	if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
	if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
};

/** JSON-RPC only looks and passes on what is signed already, so any page and tool may ask. */
const changes = (c: Context) => !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) && c.req.path !== '/rpc';

function limitRates(options: HttpOptions): MiddlewareHandler {
	const [read, write, writeAs] = [READS, WRITES, WRITES_PER_ACCOUNT].map((rate) => createRateLimiter(rate, { clock: options.clock }));
	return async (c, next) => {
		const address = clientAddress(c, options.trustProxy);
		// Without a trusted header everybody behind a proxy on this machine would share one bucket.
		const counted = address !== LOCAL;
		if (!changes(c)) {
			if (counted) read?.(address);
		} else {
			if (counted) write?.(address);
			const viewer = await options.viewerOf(c.req.header('cookie') ?? null);
			if (viewer) writeAs?.(viewer.address);
		}
		await next();
	};
}

/** The socket's peer, or what the proxy in front says it is. */
export function clientAddress(c: Context, trustProxy: boolean): string {
	return countedAddress(c.req.header('x-forwarded-for'), remoteOf(c), trustProxy);
}

function remoteOf(c: Context): string | undefined {
	try {
		return getConnInfo(c).remote.address;
	} catch {
		// Called in process, without a socket.
		return undefined;
	}
}

function checkOrigin(publicUrl: string): MiddlewareHandler {
	return async (c, next) => {
		if (changes(c) && !isOwnOrigin(c.req.header('origin'), publicUrl)) throw new Refusal('Request_ForeignOrigin', 'forbidden');
		await next();
	};
}
