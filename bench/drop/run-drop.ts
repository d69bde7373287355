import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLoopUse, SpawnedMarket } from '@kaishi/testkit';
import { epochMs, type Hit } from '../load/messages.ts';
import { openRacer, type Racer } from '../load/open-racer.ts';
import { type PageSample, PageSampler } from '../load/page-sampler.ts';
import type { CpuUse } from '../load/process-cpu.ts';
import { type BareRace, raceBare } from '../load/race-bare.ts';
import { doors, type Intent } from '../world/intents.ts';
import { checkAgain, checkTables, waitUntilSettled } from './after-race.ts';
import { type Answer, readHit } from './answers.ts';
import { readChain, type Scope } from './chain-truth.ts';
import { checkRace, type Verdict } from './check.ts';
import { type Drop, layOut } from './lay-out.ts';
import { MarketPlace } from './market-place.ts';
import type { DropOptions } from './options.ts';

/** What a race gave: raw figures, and what its inspection found. */
export interface DropResult {
	options: DropOptions;
	intents: readonly Intent[];
	hits: readonly Hit[];
	answers: readonly Answer[];
	verdict: Verdict;
	/** From the first tap until everything stood on the chain and in the tables, milliseconds. */
	settledMs: number;
	/** Of the market from the first tap until then; null where the machine does not tell. */
	cpu: CpuUse | null;
	/** What shooting and listening cost the buyers' side, which shares the cores. */
	racerCpuMs: number;
	eventLoop: EventLoopUse;
	/** Asked for between the first tap and the moment when all was settled. */
	pages: readonly PageSample[];
	/** How long the market was away, milliseconds; null when nobody killed it. */
	awayMs: number | null;
	/** The same requests at a server that only reads and answers, a moment before. */
	bare: BareRace;
}

const WARM_UP_CONNECTIONS = 100;
const PAGE_EVERY_MS = 40;
/** How long the page is looked at before. */
const PAGE_WARM_UP_MS = 2000;

/** Opens a market as in production, races everybody for the stock, and holds what was told against the chain. */
export async function runDrop(options: DropOptions, say: (line: string) => void): Promise<DropResult> {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-drop-'));
	const racer = openRacer();
	const place = new MarketPlace(dataDir, options.page);
	try {
		const market = await place.open();
		say('market open');
		const drop = await layOut(market, options);
		say(
			`${drop.buyers.length} buyers have money${options.door === 'intents' ? ' and a tab each' : ''}, ${options.stock} pieces of ${options.products} products are on sale`,
		);
		return await race(place, racer, drop, options, say);
	} finally {
		await racer.close();
		await place.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

async function race(place: MarketPlace, racer: Racer, drop: Drop, options: DropOptions, say: (line: string) => void): Promise<DropResult> {
	const path = doors[options.door];
	if (drop.warmUp.length > 0) await warmUp(racer, place.market, path, drop.warmUp);
	const bare = await raceBare(
		racer,
		path,
		drop.intents.map(({ shot }) => shot),
	);
	const scope: Scope = { ...drop, fromBlock: BigInt((await place.market.ask.head()).number) + 1n };
	const before = await readChain(place.market.ask, scope);
	const fired = await fire(place, racer, drop, options, say);
	say('all settled; asking the chain');

	const { ask, url } = place.market;
	const { intents, info } = drop;
	const after = await readChain(ask, scope);
	const answers = fired.answers;
	const verdict = await checkRace({ ...drop, door: options.door, chainId: info.chainId, operators: info.contracts.operators, answers, before, after });
	verdict.problems.push(...(await checkAgain(url, path, intents, answers)), ...(await checkTables(ask, after.placed)));
	return { ...fired, options, intents, verdict, bare };
}

/** The race itself, and everything that is measured of it. */
async function fire(
	place: MarketPlace,
	racer: Racer,
	{ intents, info, offers }: Drop,
	options: DropOptions,
	say: (line: string) => void,
): Promise<Omit<DropResult, 'options' | 'intents' | 'verdict' | 'bare'>> {
	const { market } = place;
	const away: Promise<number>[] = [];
	const killOnce = () => void away.push(place.killAndReopen());
	// in the middle: half of what there is has been promised
	const kill = options.kill ? { tellAfter: Math.ceil(options.stock / 2), onReached: killOnce } : {};
	const shots = intents.map(({ shot }) => shot);
	const aimed = await racer.aim({ origin: market.url, path: doors[options.door], connections: shots.length, ...kill }, shots);
	const sampler = options.page ? new PageSampler(market.url, `/p/${offers[0]?.listingId}`, PAGE_EVERY_MS) : null;
	sampler?.start();
	if (sampler) await sleep(PAGE_WARM_UP_MS);
	if (options.profile) await market.ask.startProfile();
	await market.ask.eventLoop();
	place.markCpu();
	say(`${shots.length} connections are open: go`);
	const { hits, cpuMs: racerCpuMs } = await aimed.go();
	const [awayMs = null] = await Promise.all(away);
	const answers = hits.map(readHit);
	await waitUntilSettled(place.market.ask, info, answers);
	const settledMs = epochMs();
	const [cpu, eventLoop] = [place.cpu(), await place.market.ask.eventLoop()];
	if (options.profile) await place.market.ask.stopProfile(options.profile);
	await sampler?.stop();
	const firstMs = Math.min(...hits.map(({ sentMs }) => sentMs));
	const during = (sampler?.samples ?? []).filter(({ startedMs, milliseconds }) => startedMs + milliseconds >= firstMs && startedMs <= settledMs);
	return { hits, answers, settledMs: settledMs - firstMs, cpu, racerCpuMs, eventLoop, pages: during, awayMs };
}

async function warmUp(racer: Racer, market: SpawnedMarket, path: string, intents: readonly Intent[]): Promise<void> {
	const aimed = await racer.aim(
		{ origin: market.url, path, connections: WARM_UP_CONNECTIONS },
		intents.map(({ shot }) => shot),
	);
	const failed = (await aimed.go()).hits.find(({ status }) => status !== 200 && status !== 409);
	if (failed) throw new Error(`before the race somebody could not buy: ${failed.status} ${failed.body.slice(0, 300)}`);
	await market.ask.processAll();
}
