import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { deserialize, serialize } from 'node:v8';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Seal } from './seal.ts';

export const PEER_PATH = '/peer';
export const SEAL_HEADER = 'x-kaishi-seal';
/** When, and a seal over that and the body's length: shows a stranger before anything of the body is read. */
export const KNOCK_HEADER = 'x-kaishi-knock';

/** One call from one server to another; `at` is Unix milliseconds. */
export interface PeerCall {
	at: number;
	/** Unlike in any other call. */
	salt: string;
	method: string;
	args: unknown[];
}

export type PeerMethods = Record<string, (...args: never[]) => unknown>;

/** The servers' clocks may differ by as much; what is older is not believed, and what is younger is answered once. */
const WINDOW_MS = 30_000;
const MAX_BODY = 2 * 1024 * 1024;

export interface PeerDoorOptions {
	seal: Seal;
	methods: PeerMethods;
	/** Unix milliseconds. */
	clock?: () => number;
}

/**
 * Answers `POST /peer` of servers that hold the operator's key. Everybody else is told that there is nothing: nothing of
 * theirs is parsed, and a call seen before is theirs, too.
 */
export function createPeerDoor({ seal, methods, clock = Date.now }: PeerDoorOptions): (request: IncomingMessage, response: ServerResponse) => void {
	const isNew = createReplayGuard(clock);
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const given = String(request.headers[SEAL_HEADER] ?? '');
		const known = request.method === 'POST' && request.url === PEER_PATH && isKnock(seal, request.headers, clock());
		const body = known ? await readBody(request) : null;
		const call = body !== null && seal.matches(given, body) ? (deserialize(body) as PeerCall) : null;
		if (call === null || !isNew(given, call.at)) {
			response.writeHead(404, { connection: 'close' }).end();
			return;
		}
		const outcome = serialize(await carryOut(methods, call));
		response.writeHead(200, { 'content-type': 'application/octet-stream', [SEAL_HEADER]: seal.of(Buffer.from(given), outcome) }).end(outcome);
	};
	return (request, response) => void answer(request, response).catch(() => response.destroy());
}

/** What a caller says of itself before the body of `length` bytes. */
export function knockOf(seal: Seal, at: number, length: number): string {
	return `${at} ${seal.of(Buffer.from(`knock ${at} ${length}`))}`;
}

function isKnock(seal: Seal, headers: IncomingHttpHeaders, now: number): boolean {
	const [at = '', given = ''] = String(headers[KNOCK_HEADER] ?? '').split(' ');
	const length = Number(headers['content-length']);
	if (!/^\d{1,15}$/.test(at) || !(Math.abs(now - Number(at)) < WINDOW_MS) || !(length <= MAX_BODY)) return false;
	return seal.matches(given, Buffer.from(`knock ${at} ${length}`));
}

async function carryOut(methods: PeerMethods, { method, args }: PeerCall): Promise<Outcome> {
	const work = Object.hasOwn(methods, method) ? (methods[method] as (...args: unknown[]) => unknown) : undefined;
	if (work === undefined) return { error: `no such method: ${method}` };
	try {
		return { result: await work(...args) };
	} catch (error) {
		return outcomeOf(error);
	}
}

/** Null when it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > MAX_BODY) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** Whether a sealed message is young, and was not seen before. */
export function createReplayGuard(clock: () => number): (seal: string, at: number) => boolean {
	const seen = new Map<string, number>();
	return (seal, at) => {
		const now = clock();
		// In the order of arrival, so the oldest come first.
		for (const [old, until] of seen) {
			if (until > now) break;
			seen.delete(old);
		}
		if (!(Math.abs(now - at) < WINDOW_MS) || seen.has(seal)) return false;
		seen.set(seal, now + 2 * WINDOW_MS);
		return true;
	};
}
