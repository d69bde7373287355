import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { createRateLimiter, type Rate } from '../limits/rate-limit.ts';
import { isOwnOrigin } from './origin.ts';
import { LOCAL, peerAddress } from './peer-address.ts';
import { refusalOf } from './refuse.ts';
import { createTurns, type Turns } from './turns.ts';

export interface JsonDoorOptions<Essence = unknown> {
	publicUrl: string;
	/** Take the client's address from X-Forwarded-For. */
	trustProxy: boolean;
	/** Requests of one address; this machine is not counted. */
	rate: Rate;
	/** Longest body. */
	maxBytes: number;
	/** Operational failures, never refusals. */
	onError(error: unknown, requestId: string): void;
	ready?: ReadyAnswers<Essence>;
	/** Null, or, while nobody else can be looked at, a promise of when. Bodies wait meanwhile, in the order of their arrival. */
	hold?(): Promise<void> | null;
	/** What is said instead of waiting, when `mostWaiting` wait already. */
	busy?(ahead: number): Refusal;
	mostWaiting?: number;
	/** Answers a parsed body; what it throws is a refusal, or a failure that nobody outside is told. */
	answer(body: unknown): Promise<unknown>;
}

/** What can be said at once, without looking further into a body. */
export interface ReadyAnswers<Essence> {
	/** As much of a parsed body as is needed: all that is kept of it, beside its bytes, while it waits. */
	essenceOf(body: unknown): Essence;
	/** Null: nothing. */
	answer(essence: Essence): ReadyAnswer | null;
}

/** An answer that was put into words before. */
export interface ReadyAnswer {
	status: number;
	/** JSON. */
	text: string;
}

/** Called once with the whole answer. */
export type Respond = (answer: ReadyAnswer, requestId: string) => void;

/** Answers one path without the routes' machinery, which costs several times what it takes to read an order. */
export interface JsonDoor {
	readonly trustProxy: boolean;
	readonly maxBytes: number;
	/** Requests that nobody has read yet. */
	readonly unread: Turns;
	/** How many wait, read or not. */
	readonly waiting: number;
	/** Whether whoever arrives may be begun with. */
	readonly isFree: boolean;
	/** The answer to whoever arrives when too many wait; null: may wait. */
	busy(): ReadyAnswer | null;
	/** A request of Node's own listener. */
	handle(request: IncomingMessage, response: ServerResponse): void;
	/** A request that was read elsewhere and whose turn it is, see `quick-lane.ts`. */
	take(request: DoorRequest, respond: Respond): void;
}

/** What was read of a request. */
export interface DoorRequest {
	/** Where it comes from. */
	address: string;
	origin: string | undefined;
	/** The body. */
	bytes: Buffer;
}

/** So long a body may be under way. */
export const PATIENCE_MS = 10_000;

/** More wait for nothing: they are told how many are before them. */
const MOST_WAITING = 10_000;

/** When a hold is over all who waited are served for so long before anything else: some thousands can be told that they come too late. */
const RUSH_MS = 120;
/** So many are begun with then: where another server leads it is known a little later that no more can be. */
const MOST_BEGUN = 128;

/** Headers of every answer, but for its length and id. */
const HEADERS = {
	'Content-Type': 'application/json',
	'Cache-Control': 'no-store',
	'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Referrer-Policy': 'same-origin',
	'X-Content-Type-Options': 'nosniff',
};

/**
 * JSON in, JSON out, for the one path that a thousand people knock at in the same moment. It keeps what the routes keep: own origin,
 * a limit per address and one on the body's length, the same refusals and headers. Bodies are judged in turn with everything else,
 * but those that had to wait for a hold, which are served in one go when it is over; what must wait is read while it waits, so that nobody who comes too late waits for that in the end.
 */
export function createJsonDoor<Essence>(options: JsonDoorOptions<Essence>): JsonDoor {
	const { publicUrl, trustProxy, maxBytes, mostWaiting = MOST_WAITING, onError } = options;
	const takeOne = createRateLimiter(options.rate);
	const ownOrigin = new URL(publicUrl).origin;
	let seen: Promise<void> | null = null;
	/** Whoever sees it first sees to it that all who wait are served when it is over. */
	const hold = () => {
		const held = options.hold?.() ?? null;
		if (held !== null && held !== seen) {
			seen = held;
			held.then(rush, rush);
		}
		return held;
	};
	/** How many were begun with since the door is there. */
	let begun = 0;
	/** Behind the next turn of the event loop all that has arrived meanwhile would be noted first. */
	const rush = () => {
		const [until, most] = [performance.now() + RUSH_MS, begun + MOST_BEGUN];
		for (const turns of [inLine, unread]) while (turns.waiting > 0 && hold() === null && begun < most && performance.now() < until) turns.next();
	};
	const unread = createTurns();
	const inLine = createTurns({ hold });
	const admit = (address: string, origin: string | undefined) => {
		if (address !== LOCAL) takeOne(address);
		if (origin !== ownOrigin && !isOwnOrigin(origin, publicUrl)) throw new Refusal('Request_ForeignOrigin', 'forbidden');
	};
	const refuse = (error: unknown, respond: Respond, requestId: string) => {
		const { status, body } = refusalOf(error, requestId, onError);
		respond({ status, text: JSON.stringify(body) }, requestId);
	};
	const { ready } = options;
	const sayReady = (essence: Essence | undefined, respond: Respond, requestId: string): boolean => {
		const said = essence === undefined ? null : ready?.answer(essence);
		if (said) respond(said, requestId);
		return Boolean(said);
	};
	const answer = (body: unknown, respond: Respond, requestId: string) => {
		begun++;
		options.answer(body).then(
			(answer) => respond({ status: 200, text: JSON.stringify(answer) }, requestId),
			(error: unknown) => refuse(error, respond, requestId),
		);
	};
	const attempt = (work: () => void, respond: Respond, requestId: string) => {
		try {
			work();
		} catch (error) {
			refuse(error, respond, requestId);
		}
	};
	/** Kept as bytes while it waits: thousands of parsed ones would be in the way of everything else. */
	const enter = (bytes: Buffer, respond: Respond, requestId: string) => {
		const body = parse(bytes);
		const essence = ready?.essenceOf(body);
		if (sayReady(essence, respond, requestId)) return;
		if (inLine.waiting === 0 && hold() === null) answer(body, respond, requestId);
		else inLine.add(() => attempt(() => sayReady(essence, respond, requestId) || answer(parse(bytes), respond, requestId), respond, requestId));
	};
	const busy = () => {
		const ahead = unread.waiting + inLine.waiting;
		if (ahead < mostWaiting || !options.busy) return null;
		const { status, body } = refusalOf(options.busy(ahead), '', onError);
		return { status, text: JSON.stringify(body) };
	};
	const sayBusy = (respond: Respond, requestId: string): boolean => {
		const said = busy();
		if (said) respond(said, requestId);
		return Boolean(said);
	};
	return {
		trustProxy,
		maxBytes,
		unread,
		get waiting() {
			return unread.waiting + inLine.waiting;
		},
		get isFree() {
			return unread.waiting + inLine.waiting === 0 && hold() === null;
		},
		busy,
		handle(request, response) {
			const requestId = randomUUID();
			const respond: Respond = (answer) => send(response, answer, requestId);
			attempt(
				() => {
					admit(peerAddress(request, trustProxy), request.headers.origin);
					readBody(request, maxBytes).then(
						(bytes) => sayBusy(respond, requestId) || unread.add(() => attempt(() => enter(bytes, respond, requestId), respond, requestId)),
						(error: unknown) => refuse(error, respond, requestId),
					);
				},
				respond,
				requestId,
			);
		},
		take({ address, origin, bytes }, respond) {
			const requestId = randomUUID();
			attempt(
				() => {
					admit(address, origin);
					enter(bytes, respond, requestId);
				},
				respond,
				requestId,
			);
		},
	};
}

const HEADER_LINES = Object.entries(HEADERS)
	.map(([name, value]) => `${name}: ${value}\r\n`)
	.join('');

/** A whole answer as it goes over a connection that is kept or, with `close`, not. */
export function answerText({ status, text }: ReadyAnswer, requestId: string, close: boolean): string {
	const connection = close ? 'close' : 'keep-alive';
	return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${HEADER_LINES}Date: ${today()}\r\nConnection: ${connection}\r\nContent-Length: ${Buffer.byteLength(text)}\r\nX-Request-Id: ${requestId}\r\n\r\n${text}`;
}

let [date, dateUntil] = ['', 0];

/** To the second. */
function today(): string {
	const now = Date.now();
	if (now >= dateUntil) [date, dateUntil] = [new Date(now).toUTCString(), now - (now % 1000) + 1000];
	return date;
}

function send(response: ServerResponse, { status, text }: ReadyAnswer, requestId: string): void {
	if (response.destroyed) return;
	const bytes = Buffer.from(text);
	response.writeHead(status, {
		...HEADERS,
		'Content-Length': bytes.length,
		'X-Request-Id': requestId,
		// The rest of a body that nobody reads would be taken for the next request.
		...(response.req.complete ? {} : { Connection: 'close' }),
	});
	response.end(bytes);
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
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
		request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
		request.once('error', reject);
	});
}

function parse(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch (cause) {
		throw new Refusal('Request_InvalidJson', 'invalid', {}, { cause });
	}
}
