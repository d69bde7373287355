import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { createRateLimiter, type Rate } from '../limits/rate-limit.ts';
import { isOwnOrigin } from './origin.ts';
import { LOCAL, peerAddress } from './peer-address.ts';
import { refusalOf } from './refuse.ts';
import { createTurns } from './turns.ts';

export interface JsonDoorOptions {
	publicUrl: string;
	/** Take the client's address from X-Forwarded-For. */
	trustProxy: boolean;
	/** Requests of one address; this machine is not counted. */
	rate: Rate;
	/** Longest body. */
	maxBytes: number;
	/** Operational failures, never refusals. */
	onError(error: unknown, requestId: string): void;
	/** Answers a parsed body; what it throws is a refusal, or a failure that nobody outside is told. */
	answer(body: unknown): Promise<unknown>;
}

/** So long a body may be under way. */
const PATIENCE_MS = 10_000;

/** Answers one path without the routes' machinery, which costs several times what it takes to read an order. */
export type JsonDoor = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * JSON in, JSON out, for the one path that a thousand people knock at in the same moment. It keeps what the routes keep: own origin,
 * a limit per address and one on the body's length, the same refusals and headers. Bodies are read in turn with everything else.
 */
export function createJsonDoor(options: JsonDoorOptions): JsonDoor {
	const takeOne = createRateLimiter(options.rate);
	const inTurn = createTurns();
	const answer = async (request: IncomingMessage): Promise<unknown> => {
		const address = peerAddress(request, options.trustProxy);
		if (address !== LOCAL) takeOne(address);
		if (!isOwnOrigin(request.headers.origin, options.publicUrl)) throw new Refusal('Request_ForeignOrigin', 'forbidden');
		const text = await readText(request, options.maxBytes);
		return inTurn(async () => options.answer(parse(text)));
	};
	return (request, response) => {
		const requestId = randomUUID();
		answer(request).then(
			(body) => send(response, requestId, 200, body),
			(error: unknown) => {
				const { status, body } = refusalOf(error, requestId, options.onError);
				send(response, requestId, status, body);
			},
		);
	};
}

function send(response: ServerResponse, requestId: string, status: number, body: unknown): void {
	if (response.destroyed) return;
	const text = Buffer.from(JSON.stringify(body));
	response.writeHead(status, {
		'Content-Type': 'application/json',
		'Content-Length': text.length,
		'Cache-Control': 'no-store',
		'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
		'Cross-Origin-Resource-Policy': 'same-origin',
		'Referrer-Policy': 'same-origin',
		'X-Content-Type-Options': 'nosniff',
		'X-Request-Id': requestId,
		// The rest of a body that nobody reads would be taken for the next request.
		...(response.req.complete ? {} : { Connection: 'close' }),
	});
	response.end(text);
}

function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let length = 0;
		const patience = setTimeout(() => {
			reject(new Refusal('Request_InvalidJson', 'invalid'));
			request.destroy();
		}, PATIENCE_MS);
		for (const over of ['end', 'close']) request.once(over, () => clearTimeout(patience));
		request.on('data', (chunk: Buffer) => {
			length += chunk.length;
			if (length <= maxBytes) chunks.push(chunk);
			else {
				request.pause();
				reject(new Refusal('Request_TooLarge', 'invalid', { limit: String(maxBytes) }));
			}
		});
		request.once('end', () => resolve((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8')));
		request.once('error', reject);
	});
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new Refusal('Request_InvalidJson', 'invalid', {}, { cause });
	}
}
