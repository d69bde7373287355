import { MAX_ROUND_CALLS, type Viewer } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { addressText, bytes32Text, parseBody, parseOrRefuse } from '../platform/http/parse.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import type { AccountRoutesContext } from './context.ts';
import { bytes, uint } from './requests.ts';
import { dropRound, listRounds, proposeRound, retryRound, signRound } from './rounds.ts';
import { readViewer } from './sessions.ts';
import { signerOfPerson, treasuriesOf, treasuryView } from './treasuries.ts';

const RATE = { burst: 40, perSecond: 0.5 };

const signed = { signer: bytes(320), signature: bytes(16 * 1024) };
const signRequest = v.strictObject(signed);
const text = (bits: number) => v.pipe(uint(bits), v.transform(String));
const proposeRequest = v.strictObject({
	operation: v.strictObject({
		nonce: text(256),
		validUntil: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 40 - 1)),
		calls: v.pipe(v.array(v.strictObject({ to: addressText, value: text(256), data: bytes(16 * 1024) })), v.minLength(1), v.maxLength(MAX_ROUND_CALLS)),
	}),
	...signed,
});

/** Accounts that several people sign for, and the rounds in which they do. Only for their signers. */
export function treasuryRoutes(context: AccountRoutesContext): Hono {
	const limit = createRateLimiter(RATE);
	const viewerOf = async (c: Context): Promise<Viewer> => {
		const viewer = await readViewer(context.db, c.req.header('cookie') ?? null);
		if (viewer === null) throw new Refusal('Session_Required', 'unauthenticated');
		return viewer;
	};
	/** Each of these asks the chain several times. */
	const countedViewerOf = async (c: Context): Promise<Viewer> => {
		const viewer = await viewerOf(c);
		limit(viewer.address);
		return viewer;
	};
	const treasuryIn = (c: Context) => parseOrRefuse(addressText, c.req.param('address'));
	const roundIn = (c: Context): Hex => parseOrRefuse(bytes32Text, c.req.param('id'));
	return new Hono()
		.get('/accounts/:address/signer', async (c) => {
			await countedViewerOf(c);
			return c.json(await signerOfPerson(context, treasuryIn(c)));
		})
		.get('/treasuries', async (c) => c.json(await treasuriesOf(context, await countedViewerOf(c))))
		.get('/treasuries/:address', async (c) => {
			const view = await treasuryView(context, treasuryIn(c), await countedViewerOf(c));
			if (view === null) throw new Refusal('Round_NotSigner', 'forbidden');
			return c.json(view);
		})
		.get('/treasuries/:address/rounds', async (c) => c.json(await listRounds(context, treasuryIn(c), await countedViewerOf(c))))
		.post('/treasuries/:address/rounds', async (c) => {
			const viewer = await countedViewerOf(c);
			return c.json(await proposeRound(context, treasuryIn(c), await parseBody(proposeRequest, c), viewer), 201);
		})
		.post('/rounds/:id/signatures', async (c) => {
			const viewer = await countedViewerOf(c);
			return c.json(await signRound(context, roundIn(c), await parseBody(signRequest, c), viewer));
		})
		.post('/rounds/:id/send', async (c) => c.json(await retryRound(context, roundIn(c), await countedViewerOf(c))))
		.delete('/rounds/:id', async (c) => c.json(await dropRound(context, roundIn(c), await countedViewerOf(c))));
}
