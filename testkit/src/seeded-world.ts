import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMarket } from '@kaishi/server';
import { domainMigrations } from '../../server/src/main/domains.ts';
import type { Config } from '../../server/src/platform/config/config.ts';
import { createTestDatabase } from '../../server/src/platform/db/test-database.ts';
import { seedWorld, WORLD_HISTORY_SECONDS } from './seed/index.ts';

const root = join(import.meta.dirname, '../..');
const turn = join(root, '.kaishi', 'telling-test-world');
/** What rebuilds a market: tables are folded from the chain again. */
const parts = ['chain', 'deployment.json', 'keys', 'media', 'downloads'];

/**
 * Copies the seeded world into an empty data directory. Telling its forty days takes a minute, so it is done once per
 * state of the sources that decide what happens, and kept under `.kaishi/`.
 */
export async function layOutSeededWorld(config: Config): Promise<void> {
	const kept = join(root, '.kaishi', `test-world-${hashOfSources()}`);
	while (!existsSync(kept)) {
		// Several processes may want it at once: one tells it, the others wait.
		if (!takeTurn(turn)) await sleep(500);
		else await tellWorld({ ...config, dataDir: `${kept}.${process.pid}` }, kept).finally(() => rmSync(turn, { force: true }));
	}
	for (const part of parts) {
		if (existsSync(join(kept, part))) cpSync(join(kept, part), join(config.dataDir, part), { recursive: true, preserveTimestamps: true });
	}
	rmSync(join(config.dataDir, 'chain', 'lock'), { recursive: true, force: true });
}

/** False while a living process has the turn. */
function takeTurn(file: string): boolean {
	mkdirSync(dirname(file), { recursive: true });
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	const teller = Number(readFileSync(file, 'utf8') || Number.NaN);
	if (!isAlive(teller)) rmSync(file, { force: true });
	return false;
}

function isAlive(pid: number): boolean {
	// Not written yet: somebody is just taking it.
	if (Number.isNaN(pid)) return true;
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

async function tellWorld(config: Config, kept: string): Promise<void> {
	mkdirSync(dirname(kept), { recursive: true });
	for (const old of globSync('test-world-*', { cwd: dirname(kept) })) rmSync(join(dirname(kept), old), { recursive: true, force: true });
	const market = await openMarket({ config, database: await createTestDatabase(domainMigrations), durable: false, startOffsetSeconds: -WORLD_HISTORY_SECONDS });
	try {
		await seedWorld(market, { progress: () => undefined });
	} finally {
		await market.close();
	}
	renameSync(config.dataDir, kept);
}

function hashOfSources(): string {
	const hash = createHash('sha256');
	for (const file of globSync(['testkit/src/{seed,actors}/**/*.ts', 'protocol/src/**/*.ts', 'server/src/platform/{chain,media,relayer}/**/*.ts'], {
		cwd: root,
	}).sort()) {
		if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(join(root, file)));
	}
	return hash.digest('hex').slice(0, 16);
}
