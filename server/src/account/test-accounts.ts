import { type RelayUserOperation, signInChallenge, type Viewer } from '@kaishi/protocol/account';
import { Hono } from 'hono';
import type { Hex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { createSiweMessage } from 'viem/siwe';
import type { OpenDatabase } from '../platform/db/open-database.ts';
import { createTestDatabase } from '../platform/db/test-database.ts';
import { answerError } from '../platform/http/refuse.ts';
import { openTestMarket, type TestMarket, type TestPasskey } from '../platform/relayer/test-market.ts';
import { accountMigrations, accountRoutes } from './public.ts';

export const ORIGIN = 'http://localhost:4000';

export interface TestAccounts {
	market: TestMarket;
	db: OpenDatabase;
	/** A browser of its own, with its own cookies. */
	browser(): Browser;
	close(): Promise<void>;
}

export async function openTestAccounts(): Promise<TestAccounts> {
	const [market, db] = await Promise.all([openTestMarket(), createTestDatabase(accountMigrations)]);
	const { chain, deployment, relayer } = market;
	const app = new Hono();
	app.onError((error, c) =>
		answerError(c, error, (failure) => {
			throw failure;
		}),
	);
	app.route('/api', accountRoutes({ db, chain, deployment, publicUrl: ORIGIN, relayer, trustProxy: true, faucetRate: { burst: 3, perSecond: 0.001 } }));
	return {
		market,
		db,
		browser: () => new Browser(app),
		async close() {
			await db.close();
			await market.close();
		},
	};
}

export class Browser {
	cookie: string | null = null;
	/** The last `Set-Cookie`, whole. */
	setCookie: string | null = null;
	readonly #app: Hono;

	constructor(app: Hono) {
		this.#app = app;
	}

	async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
		const response = await this.#app.request(path, {
			method,
			headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(this.cookie ? { cookie: this.cookie } : {}), ...headers },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const [set] = response.headers.getSetCookie();
		if (set !== undefined) {
			this.setCookie = set;
			this.cookie = set.startsWith('kaishi_session=;') ? null : (set.split(';')[0] ?? null);
		}
		const text = await response.text();
		return { status: response.status, body: text === '' ? null : JSON.parse(text) };
	}

	async code(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<string> {
		const answer = await this.send(method, path, body, headers);
		return answer.body?.error?.code ?? `status ${answer.status}`;
	}

	async viewer(): Promise<Viewer | null> {
		return (await this.send('GET', '/api/session')).body;
	}

	async challenge(): Promise<Hex> {
		return (await this.send('POST', '/api/session/challenge')).body.challenge;
	}

	register(passkey: TestPasskey, label = 'Phone') {
		const { credentialId, publicKey } = passkey.authenticator;
		return this.send('POST', '/api/passkeys', { credentialId, publicKey, label });
	}

	/** What a browser sends after the person touched the sensor. */
	async assertion(passkey: TestPasskey, challenge?: Hex) {
		const given = challenge ?? (await this.challenge());
		const { authenticatorData, clientDataJSON, der } = passkey.authenticator.assert(signInChallenge(ORIGIN, given));
		return { challenge: given, credentialId: passkey.authenticator.credentialId, authenticatorData, clientDataJSON, signature: der };
	}

	async walletSignIn(market: TestMarket, wallet: PrivateKeyAccount, change: Partial<Parameters<typeof createSiweMessage>[0]> = {}) {
		const message = createSiweMessage({
			address: wallet.address,
			chainId: market.chain.chainId,
			domain: new URL(ORIGIN).host,
			nonce: (await this.challenge()).slice(2, 34),
			uri: ORIGIN,
			version: '1',
			issuedAt: new Date(market.chain.now() * 1000),
			...change,
		} as Parameters<typeof createSiweMessage>[0]);
		return { message, signature: await wallet.signMessage({ message }) };
	}
}

export function operationBody(operation: ReturnType<TestPasskey['operation']>): RelayUserOperation {
	return { operation: { ...operation, nonce: operation.nonce.toString(), preVerificationGas: operation.preVerificationGas.toString() } };
}
