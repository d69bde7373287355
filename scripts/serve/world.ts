import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Market } from '../../server/src/main/index.ts';
import type { Config } from '../../server/src/platform/config/config.ts';
import type { Progress } from './progress.ts';

/** What a data directory holds: nothing yet, a world half built, or a market that is its people's. */
type WorldState = 'building' | 'ready';

const noteOf = (config: Config) => join(config.dataDir, 'world');

/** Nobody waits for it at a restart. */
const loadSeed = () => import('../../testkit/src/seed/index.ts');

/**
 * Decides before the market opens whether this start builds the example world: only in a new data directory on the
 * embedded chain. A world whose building was interrupted was never open to anybody: it is cleared away and built again.
 */
export async function planWorld(config: Config, empty: boolean): Promise<{ build: boolean; startOffsetSeconds: number }> {
	const note = noteOf(config);
	const state = existsSync(note) ? (readFileSync(note, 'utf8').trim() as WorldState) : null;
	if (state === 'building')
		for (const part of ['chain', 'deployment.json', 'media', 'downloads']) rmSync(join(config.dataDir, part), { recursive: true, force: true });
	const isNew = state === 'building' || (state === null && !existsSync(join(config.dataDir, 'chain')));
	const build = !empty && isNew && config.rpcUrl === null && config.databaseUrl === null;
	mkdirSync(config.dataDir, { recursive: true });
	writeFileSync(note, build ? 'building' : 'ready');
	// the world has a past: its chain begins that long ago and has arrived at the present when it is built
	return { build, startOffsetSeconds: build ? -(await loadSeed()).WORLD_HISTORY_SECONDS : 0 };
}

/** Builds the example world in a market that is not open to anybody yet. */
export async function buildWorld(market: Market, progress: Progress): Promise<void> {
	const { seedWorld } = await loadSeed();
	await progress.step('shops, products and their pictures · 店铺、商品与图片', (detail) => seedWorld(market, { progress: detail }));
	writeFileSync(noteOf(market.config), 'ready');
}
