import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Market, openMarket, serveMarket } from '@kaishi/server';
import type { Hex } from 'viem';
import type { Config } from '../../server/src/platform/config/config.ts';
import type { OpenDatabase } from '../../server/src/platform/db/open-database.ts';
import type { PushSender } from '../../server/src/platform/push/push-sender.ts';
import type { MarketClient, PasskeyUser, WalletUser } from './actors/index.ts';

export interface TestMarketOptions {
	/** The believable world of `npm start`, instead of an empty market. */
	seed?: boolean;
	/** Renders pages, given the origin people see; without it only the API is served. */
	loadWeb?: (publicUrl: string) => Promise<(request: IncomingMessage, response: ServerResponse) => void>;
	/** Kept after closing; without it a fresh directory that goes away. */
	dataDir?: string;
	/** Default: a free one. */
	port?: number;
	/** Everything reaches the disk before it is acknowledged, as in production. */
	durable?: boolean;
	config?: Partial<Config>;
	/** Instead of the push services of browsers' makers. */
	push?: PushSender;
	onError?: (error: unknown) => void;
}

/** A whole market in this process, with people to act in it. */
export interface TestMarket extends Omit<Market, 'close' | 'fetch' | 'attach'> {
	/** `http://localhost:<port>`, which passkeys accept. */
	readonly url: string;
	/** A browser without an account. */
	client(): MarketClient;
	/** Somebody with a passkey and test money. */
	passkeyUser(): Promise<PasskeyUser>;
	/** Somebody with a wallet and test money. */
	walletUser(privateKey?: Hex): Promise<WalletUser>;
	/** Whoever decides disputes by default. */
	arbitrator(): WalletUser;
	close(): Promise<void>;
}

/** Opens a market with the real chain and the real database; from nothing to serving in a few seconds. */
export async function openTestMarket(options: TestMarketOptions = {}): Promise<TestMarket> {
	const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'kaishi-test-'));
	const config = configFor(dataDir, options.port ?? (await findFreePort()), options.config);
	if (options.seed) await (await import('./seeded-world.ts')).layOutSeededWorld(config);
	const rest = Promise.withResolvers<[typeof import('./actors/index.ts'), Awaited<ReturnType<NonNullable<TestMarketOptions['loadWeb']>>> | undefined]>();
	const market = await openMarket({
		config,
		durable: options.durable ?? false,
		// a directory that outlives the test keeps its own database; otherwise a copy of a template is faster
		...(options.dataDir || config.databaseUrl ? {} : { database: await copyOfTemplate() }),
		...(options.push ? { push: options.push } : {}),
		...(options.onError ? { onError: options.onError } : {}),
		meanwhile: () => rest.resolve(Promise.all([import('./actors/index.ts'), options.loadWeb?.(config.publicUrl)])),
	});
	const [{ MarketClient, PasskeyUser, WalletUser }, webHandler] = await rest.promise;
	const serving = await serveMarket({ market, ...(webHandler ? { webHandler } : {}) });
	const url = config.publicUrl;
	return {
		...market,
		url,
		client: () => new MarketClient(url),
		async passkeyUser() {
			const user = await PasskeyUser.register(new MarketClient(url));
			if (market.chain.embedded) await market.relayer.faucet(user.address);
			return user;
		},
		async walletUser(privateKey) {
			const user = new WalletUser(new MarketClient(url), privateKey);
			if (market.chain.embedded) await market.relayer.faucet(user.address);
			return user;
		},
		arbitrator: () => new WalletUser(new MarketClient(url), readFileSync(join(dataDir, 'keys', 'arbitrator'), 'utf8').trim() as Hex),
		async close() {
			await serving.close();
			if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

async function copyOfTemplate(): Promise<OpenDatabase> {
	const [{ createTestDatabase }, { domainMigrations }] = await Promise.all([
		import('../../server/src/platform/db/test-database.ts'),
		import('../../server/src/main/domains.ts'),
	]);
	return await createTestDatabase(domainMigrations);
}

function configFor(dataDir: string, port: number, change: Partial<Config> = {}): Config {
	return {
		dataDir,
		host: '127.0.0.1',
		port,
		publicUrl: `http://localhost:${port}`,
		rpcUrl: null,
		operatorKey: null,
		currenciesFile: null,
		databaseUrl: null,
		clusterUrl: 'http://127.0.0.1:0',
		blockMs: 100,
		// each actor says where it comes from, so that limits per address count it alone
		trustProxy: true,
		rtmpPort: 0,
		livePatienceSeconds: 90,
		liveStorageBytes: 1e10,
		liveKeepDays: 90,
		whip: null,
		livekit: null,
		production: true,
		...change,
	};
}

/** A port nobody listens on now: the origin must be known before the market opens. */
export function findFreePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
		});
	});
}
