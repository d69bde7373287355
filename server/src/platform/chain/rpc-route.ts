import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { bodyLimit } from '../http/body-limit.ts';
import type { Chain } from './chain.ts';
import { isReadMethod } from './read-methods.ts';
import { RpcError } from './rpc-error.ts';
import { createRpcGuard } from './rpc-guard.ts';

export interface RpcRouteOptions {
	chain: Chain;
	/** Whom limits count; absent where every client is the operator's own. */
	clientOf?: (context: Context) => string;
	/** What to call itself; default: what the chain does. */
	clientVersion?: string;
}

const MAX_BODY = 512 * 1024;
const MAX_BATCH = 50;
const MAX_LOG_RANGE = 10_000n;

const request = v.object({
	jsonrpc: v.literal('2.0'),
	id: v.optional(v.union([v.string(), v.number(), v.null()])),
	method: v.pipe(v.string(), v.maxLength(64)),
	params: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(4)), []),
});
type Id = string | number | null;
type Ask = (method: string, params: readonly unknown[]) => Promise<unknown>;
type Answer = { jsonrpc: '2.0'; id: Id } & ({ result: unknown } | { error: { code: number; message: string; data?: unknown } });

const failure = (id: Id, code: number, message: string, data?: unknown): Answer => ({
	jsonrpc: '2.0',
	id,
	error: { code, message, ...(data === undefined || data === null ? {} : { data }) },
});

/**
 * POST /rpc: JSON-RPC 2.0 for wallets and auditors, batches included. It looks, and passes on transactions that are
 * already signed; anybody's page may ask.
 */
export function rpcRoutes({ chain, clientOf, clientVersion }: RpcRouteOptions): Hono {
	const guard = clientOf ? createRpcGuard(chain) : null;
	const app = new Hono();
	app.use('/rpc', cors({ origin: '*', allowMethods: ['POST'], allowHeaders: ['content-type'], maxAge: 86_400 }));
	app.post('/rpc', bodyLimit({ maxSize: MAX_BODY, onError: (c) => c.json(failure(null, -32_600, 'request too large'), 413) }), async (c) => {
		const client = clientOf?.(c) ?? '';
		const ask: Ask = async (method, params) => {
			if (method === 'web3_clientVersion' && clientVersion !== undefined) return clientVersion;
			return await (guard ? guard.ask(client, method, params) : chain.request(method, params));
		};
		let body: unknown;
		try {
			body = await c.req.json();
		} catch {
			return c.json(failure(null, -32_700, 'not JSON'), 400);
		}
		if (!Array.isArray(body)) {
			const answer = await respond(chain, ask, body);
			return answer === null ? c.body(null, 204) : c.json(answer);
		}
		if (body.length === 0 || body.length > MAX_BATCH) return c.json(failure(null, -32_600, `a batch holds 1 to ${MAX_BATCH} requests`), 400);
		const answers: Answer[] = [];
		// One after the other: a batch is a courtesy, not a way to have the whole machine.
		for (const one of body) {
			const answer = await respond(chain, ask, one);
			if (answer !== null) answers.push(answer);
		}
		return answers.length === 0 ? c.body(null, 204) : c.json(answers);
	});
	return app;
}

/** Null for notifications, which want no answer. */
async function respond(chain: Chain, ask: Ask, body: unknown): Promise<Answer | null> {
	const parsed = v.safeParse(request, body);
	if (!parsed.success) return failure(null, -32_600, 'not a JSON-RPC 2.0 request');
	const { id, method, params } = parsed.output;
	const answer = await answerTo(chain, ask, id ?? null, method, params);
	return id === undefined ? null : answer;
}

async function answerTo(chain: Chain, ask: Ask, id: Id, method: string, params: readonly unknown[]): Promise<Answer> {
	if (!isReadMethod(method) && method !== 'eth_sendRawTransaction') return failure(id, -32_601, `method ${method} is not offered`);
	try {
		if (method === 'eth_getLogs') await requireNarrow(chain, params[0]);
		return { jsonrpc: '2.0', id, result: (await ask(method, params)) ?? null };
	} catch (error) {
		if (error instanceof RpcError) return failure(id, error.code, error.message, error.data);
		if (error instanceof Refusal) return failure(id, -32_000, error.code, { code: error.code, kind: error.kind, details: error.details });
		return failure(id, -32_603, 'internal error');
	}
}

/** A filter over all of history would read the whole chain into one answer. */
async function requireNarrow(chain: Chain, filter: unknown) {
	// What is no filter the chain refuses by itself.
	if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return;
	const { fromBlock, toBlock, blockHash } = filter as { fromBlock?: unknown; toBlock?: unknown; blockHash?: unknown };
	if (typeof blockHash === 'string') return;
	const head = (await chain.head()).number;
	const to = numberOf(toBlock, head);
	if ((to < head ? to : head) - numberOf(fromBlock, head) >= MAX_LOG_RANGE) throw new RpcError(-32_005, `logs of at most ${MAX_LOG_RANGE} blocks at a time`);
}

/** As lenient as the chain is: what it may read as an old block must not count as the newest one. */
function numberOf(tag: unknown, head: bigint): bigint {
	if (tag === 'earliest') return 0n;
	return typeof tag === 'string' && /^0x[0-9a-f]{1,64}$/i.test(tag) ? BigInt(tag as Hex) : head;
}
