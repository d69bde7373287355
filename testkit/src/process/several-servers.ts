import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatePrivateKey } from 'viem/accounts';
import { connectDatabase, type OpenDatabase } from '../../../server/src/platform/db/open-database.ts';
import { startPostgres } from '../../../server/src/platform/db/postgres-supervisor.ts';
import { findFreePort } from '../open-test-market.ts';
import { type SpawnedMarket, spawnMarket } from './spawn-market.ts';

/** What several servers of one market share, each part in a process of its own: the chain, PostgreSQL, a directory, a key. */
export interface Grounds {
	db: OpenDatabase;
	/** One more server on these grounds. */
	open(): Promise<SpawnedMarket>;
	/** kill -9 of the chain, and its return at the same address. */
	restartChain(): Promise<void>;
	/** After the servers. */
	close(): Promise<void>;
}

export async function openGrounds(): Promise<Grounds> {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-several-'));
	const operatorKey = generatePrivateKey();
	const postgres = await startPostgres({ dataDir, durable: true });
	const { host, port, user, database } = postgres;
	const chainPort = await findFreePort();
	let chain = await spawnChain({ dataDir, operatorKey, port: chainPort });
	const db = connectDatabase({ host, port, user, database });
	const config = {
		rpcUrl: `http://127.0.0.1:${chainPort}/rpc`,
		operatorKey,
		databaseUrl: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
	};
	return {
		db,
		open: () => spawnMarket({ dataDir, config, quiet: true }),
		async restartChain() {
			await end(chain, 'SIGKILL');
			chain = await spawnChain({ dataDir, operatorKey, port: chainPort });
		},
		async close() {
			await db.close();
			await end(chain, 'SIGTERM');
			await postgres.stop();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

/** `npm run chain`, once it serves. */
async function spawnChain({ dataDir, operatorKey, port }: { dataDir: string; operatorKey: string; port: number }): Promise<ChildProcess> {
	const child = spawn(process.execPath, [join(import.meta.dirname, '../../../scripts/chain.ts'), '--port', String(port), '--data', dataDir], {
		env: { ...process.env, OPERATOR_KEY: operatorKey, RPC_URL: '' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let words = '';
	await new Promise<void>((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on('data', (chunk: Buffer) => {
				words = (words + chunk.toString('utf8')).slice(-4000);
				if (words.includes('RPC_URL=')) resolve();
			});
		}
		child.once('exit', (code, signal) => reject(new Error(`the chain ended (${code ?? signal}):\n${words}`)));
	});
	return child;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, 'exit');
	child.kill(signal);
	await gone;
}
