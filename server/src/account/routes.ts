import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import { clientAddress } from '../platform/http/app.ts';
import { addressText, parseBody, parseOrRefuse } from '../platform/http/parse.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import { issueChallenge } from './challenges.ts';
import type { AccountRoutesContext } from './context.ts';
import { answerDeviceRequest, deviceAnswer, openDeviceRequest } from './devices.ts';
import { registerPasskey, signInWithPasskey } from './passkeys.ts';
import { createAccountReads } from './reads.ts';
import { relayRoutes } from './relay-routes.ts';
import { deviceRequestId, faucetRequest, passkeyRequest, passkeySignInRequest, walletSignInRequest } from './requests.ts';
import { endSession, readViewer, startSession } from './sessions.ts';
import { treasuryRoutes } from './treasury-routes.ts';
import { signInWithWallet } from './wallet-sign-in.ts';

const DEVICE_RATE = { burst: 30, perSecond: 1 / 10 };
const FAUCET_RATE = { burst: 30, perSecond: 1 / 60 };

/** /session, /sessions, /passkeys, /devices, /relay/*, /faucet and /accounts/:address, to be mounted at /api. Refusals are thrown. */
export function accountRoutes(context: AccountRoutesContext): Hono {
	const { db, publicUrl, relayer, trustProxy } = context;
	const reads = createAccountReads(context);
	const drip = createRateLimiter(context.faucetRate ?? FAUCET_RATE);
	const meet = createRateLimiter(DEVICE_RATE);
	const cookieOf = (c: Context) => c.req.header('cookie') ?? null;
	const app = new Hono();

	app.get('/session', async (c) => c.json(await readViewer(db, cookieOf(c))));
	app.post('/session/challenge', async (c) => c.json({ challenge: await issueChallenge(db) }));
	app.post('/session/passkey', async (c) => {
		const viewer = await signInWithPasskey(context, await parseBody(passkeySignInRequest, c));
		c.header('Set-Cookie', await startSession(db, viewer, publicUrl));
		return c.json(viewer);
	});
	app.post('/session/wallet', async (c) => {
		const viewer = await signInWithWallet(context, await parseBody(walletSignInRequest, c));
		c.header('Set-Cookie', await startSession(db, viewer, publicUrl));
		return c.json(viewer);
	});
	app.delete('/session', async (c) => {
		c.header('Set-Cookie', await endSession(db, cookieOf(c), publicUrl));
		return c.body(null, 204);
	});
	// Every device of the account at once.
	app.delete('/sessions', async (c) => {
		c.header('Set-Cookie', await endSession(db, cookieOf(c), publicUrl, true));
		return c.body(null, 204);
	});

	app.post('/passkeys', async (c) => {
		const passkey = await parseBody(passkeyRequest, c);
		return c.json(await registerPasskey(context, passkey, await readViewer(db, cookieOf(c))), 201);
	});

	app.post('/devices', async (c) => {
		meet(clientAddress(c, trustProxy));
		return c.json({ id: await openDeviceRequest(db) }, 201);
	});
	app.get('/devices/:id', async (c) => c.json({ account: await deviceAnswer(db, parseOrRefuse(deviceRequestId, c.req.param('id'))) }));
	app.put('/devices/:id', async (c) => {
		const viewer = await readViewer(db, cookieOf(c));
		if (viewer === null) throw new Refusal('Session_Required', 'unauthenticated');
		await answerDeviceRequest(db, parseOrRefuse(deviceRequestId, c.req.param('id')), viewer.address);
		return c.body(null, 204);
	});

	app.get('/accounts/:address', async (c) => {
		const account = await reads.account(parseOrRefuse(addressText, c.req.param('address')));
		const viewer = await readViewer(db, cookieOf(c));
		// Names of somebody's devices are nobody else's business, nor keys that no chain has shown yet.
		return c.json(viewer?.address === account.address ? account : { ...account, passkeys: [], signers: account.deployed ? account.signers : [] });
	});

	app.post('/faucet', async (c) => {
		const { account } = await parseBody(faucetRequest, c);
		const peer = clientAddress(c, trustProxy);
		// On the operator's own machine the faucet's daily cap is limit enough.
		if (peer !== 'local') drip(peer);
		return c.json(await relayer.faucet(account));
	});

	app.route('/', treasuryRoutes(context));
	app.route('/relay', relayRoutes(context));
	return app;
}
