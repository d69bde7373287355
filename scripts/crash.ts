// `npm run crash`: kill -9 under load, again and again; nothing acknowledged may be lost and every replay must agree.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Acknowledged, openStall, type Stall, SteadyLoad } from '../testkit/src/load/order-load.ts';
import { type SpawnedMarket, spawnMarket } from '../testkit/src/process/spawn-market.ts';

const { values } = parseArgs({
	options: { rounds: { type: 'string', default: '20' }, rate: { type: 'string', default: '50' }, seed: { type: 'string', default: 'crash drill' } },
});
const rounds = Number(values.rounds);
const rate = Number(values.rate);

/** What the world was told before the lights went out. */
interface Memory {
	sent: number;
	acknowledged: Acknowledged[];
	/** Block number → hash, as the market told it. */
	blocks: Map<string, string>;
}

/** Load for one to three seconds, blocks remembered as they come, then kill -9. */
async function crashOnce(market: SpawnedMarket, stall: Stall, memory: Memory, round: number): Promise<void> {
	const load = new SteadyLoad(stall, rate);
	load.start();
	// spread evenly over the range, so that rounds hit different moments of a block's life
	const until = performance.now() + 1000 + ((round * 0.618) % 1) * 2000;
	while (performance.now() < until) {
		const { number, hash } = await market.ask.head();
		memory.blocks.set(number, hash);
		await wait(40);
	}
	await market.kill();
	await load.stop();
	memory.acknowledged.push(...load.acknowledged);
	memory.sent += load.sent;
	for (const [code, times] of load.refused) console.log(`  refused ${times} × ${code}`);
}

/** Everything that was promised is there, and the tables equal a fresh replay. Returns what is lost and all that is wrong. */
async function inspect(market: SpawnedMarket, memory: Memory): Promise<{ lost: number; problems: string[] }> {
	const problems: string[] = [];
	const tables = await market.ask.fingerprints();
	for (const [number, hash] of memory.blocks) {
		const now = await market.ask.blockHash(number);
		if (now !== hash) problems.push(`block ${number} was ${hash}, is ${now}`);
	}
	const missing = await market.ask.missingOrders(memory.acknowledged.map((one) => one.orderId));
	for (const id of missing) problems.push(`order ${id} was acknowledged and is gone`);
	await market.ask.reindex();
	const replayed = await market.ask.fingerprints();
	for (const [table, print] of Object.entries(tables)) if (replayed[table] !== print) problems.push(`${table} differs from a fresh replay`);
	return { lost: missing.length, problems };
}

const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-crash-'));
const restarts: number[] = [];
let survived = 0;
let acknowledged = 0;
let sent = 0;
let lost = 0;
let market: SpawnedMarket | null = null;
try {
	market = await spawnMarket({ dataDir, durable: true });
	const port = Number(new URL(market.url).port);
	const stall = await openStall(market.url, { buyers: 60, seed: values.seed });
	const memory: Memory = { sent: 0, acknowledged: [], blocks: new Map() };
	for (let round = 1; round <= rounds; round++) {
		await crashOnce(market, stall, memory, round);
		const started = performance.now();
		market = await spawnMarket({ dataDir, durable: true, port });
		restarts.push((performance.now() - started) / 1000);
		const { lost: gone, problems } = await inspect(market, memory);
		lost += gone;
		if (problems.length === 0) survived++;
		for (const problem of problems.slice(0, 10)) console.log(`  ✗ ${problem}`);
		acknowledged = memory.acknowledged.length;
		sent = memory.sent;
		console.log(
			`round ${round}/${rounds}: ${acknowledged} acknowledged so far, ${memory.blocks.size} blocks remembered, back after ${restarts.at(-1)?.toFixed(1)} s, ${problems.length} problems`,
		);
	}
} finally {
	await market?.close();
	rmSync(dataDir, { recursive: true, force: true });
}
const sorted = restarts.toSorted((a, b) => a - b);
console.log(
	JSON.stringify({
		drill: 'kill -9',
		rounds,
		survived,
		intentsPerSecond: rate,
		sent,
		acknowledged,
		lost,
		restartSecondsMedian: Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2)),
		restartSecondsMax: Number((sorted.at(-1) ?? 0).toFixed(2)),
	}),
);
process.exitCode = survived === rounds ? 0 : 1;
