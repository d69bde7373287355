import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EventLoopUse, MarketClient, type SpawnedMarket, spawnMarket } from '@kaishi/testkit';
import { waitUntilSettled } from './drop/after-race.ts';
import { readHit } from './drop/answers.ts';
import { readChain, type Scope } from './drop/chain-truth.ts';
import { checkRace } from './drop/check.ts';
import { epochMs } from './load/messages.ts';
import { openRacer, type Racer } from './load/open-racer.ts';
import { type CpuUse, cpuBetween, readCpu, readOwnCpuMs } from './load/process-cpu.ts';
import { peers, percentile, ratio } from './peers.ts';
import { makeBuyers } from './world/buyers.ts';
import { fillBalances, openTabs } from './world/funding.ts';
import { doors, type Intent, signIntent } from './world/intents.ts';
import { currencyOf, type Offer, offer } from './world/offers.ts';

export interface CheckoutOptions {
	orders: number;
	buyers: number;
	shops: number;
	/** Intents under way at once. */
	inFlight: number;
	/** Where a CPU profile of the market goes; null: none. */
	profile: string | null;
}

export interface CheckoutResult {
	/** Until the last of them stands on the chain and in the tables. */
	ordersPerSecond: number;
	/** Market and PostgreSQL together. Null where the machine does not tell. */
	cpuMsPerOrder: number | null;
	nodeCpuMsPerOrder: number | null;
	postgresCpuMsPerOrder: number | null;
	/** The buyers' side: not the market's. */
	racerCpuMsPerOrder: number | null;
	p50Ms: number;
	p99Ms: number;
	orders: number;
	seconds: number;
	/** Of the market's process, 0 to 1. */
	eventLoopUtilization: number;
	eventLoopP99Ms: number;
	/** Answers, orders, money or pieces that are not as they must be. */
	problems: number;
}

export const CHECKOUT: CheckoutOptions = { orders: 9000, buyers: 300, shops: 20, inFlight: 128, profile: null };
const WARM_UP = 600;
const PRICE = 10_000n;
const DAY = 86_400;

interface Till {
	market: SpawnedMarket;
	racer: Racer;
	scope: Scope;
	offers: Offer[];
	warmUp: Intent[];
	intents: Intent[];
}

/** Orders as fast as they are answered, paid from tabs, from many people to many shops; with every write on disk. */
export async function benchCheckout(options: CheckoutOptions = CHECKOUT): Promise<CheckoutResult> {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-checkout-'));
	const racer = openRacer();
	const market = await spawnMarket({ dataDir, durable: true });
	try {
		return await measure(await layOut(market, racer, options), options);
	} finally {
		await racer.close();
		await market.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

async function layOut(market: SpawnedMarket, racer: Racer, options: CheckoutOptions): Promise<Till> {
	const client = new MarketClient(market.url);
	const info = await client.market();
	const currency = currencyOf(info).address;
	if (info.operator === null) throw new Error('this server is no operator: nobody answers for receipts');
	const now = await client.now();
	const seed = randomBytes(8).toString('hex');
	const buyers = makeBuyers(options.buyers, seed);
	const offers: Offer[] = [];
	for (let i = 0; i < options.shops; i++) offers.push(await offer(market.url, { slug: `till-${seed}-${i}`, unitPrice: PRICE, stock: null, pledge: null }));
	const all = WARM_UP + options.orders;
	const amount = PRICE * BigInt(Math.ceil(all / buyers.length) + 1);
	const accounts = buyers.map(({ address }) => address);
	await fillBalances(market, info, currency, accounts, amount);
	await openTabs(market, info, buyers, { currency, amount, operatorId: info.operator.id, validUntil: now + DAY });
	const terms = { door: 'intents', info, validBefore: now + DAY } as const;
	const at = <T>(items: readonly T[], i: number): T => items[i % items.length] as T;
	// signed beforehand: the buyers' own work is not the market's
	const signed = Array.from({ length: all }, (_, i) => signIntent(terms, at(buyers, i), at(offers, i * 7 + Math.floor(i / buyers.length)), `${seed} ${i}`));
	const scope = { info, currency, offers, buyers, fromBlock: 0n };
	return { market, racer, scope, offers, warmUp: signed.slice(0, WARM_UP), intents: signed.slice(WARM_UP) };
}

async function measure({ market, racer, scope, offers, warmUp, intents }: Till, options: CheckoutOptions): Promise<CheckoutResult> {
	const target = { origin: market.url, path: doors.intents, connections: options.inFlight };
	const shoot = async (some: readonly Intent[]) =>
		racer.aim(
			target,
			some.map(({ shot }) => shot),
		);
	const early = (await (await shoot(warmUp)).go()).hits.map(readHit);
	await waitUntilSettled(market.ask, scope.info, early);
	const of: Scope = { ...scope, fromBlock: BigInt((await market.ask.head()).number) + 1n };
	const before = await readChain(market.ask, of);
	const aimed = await shoot(intents);

	const pid = market.process.pid ?? 0;
	if (options.profile) await market.ask.startProfile();
	await market.ask.eventLoop();
	const [cpu, racerCpu, started] = [readCpu(pid), readOwnCpuMs(racer.pid), epochMs()];
	const { hits } = await aimed.go();
	const answers = hits.map(readHit);
	await waitUntilSettled(market.ask, of.info, answers);
	const seconds = (epochMs() - started) / 1000;
	const [used, racerUsed] = [readCpu(pid), readOwnCpuMs(racer.pid)];
	const loop = await market.ask.eventLoop();
	if (options.profile) await market.ask.stopProfile(options.profile);

	const after = await readChain(market.ask, of);
	const { chainId, contracts } = of.info;
	const { lost, doubled, problems } = await checkRace({
		...{ door: 'intents', chainId, operators: contracts.operators, offers, intents, answers, before, after },
	});
	const wrong = [...lost, ...doubled, ...problems];
	for (const text of wrong.slice(0, 10)) console.log(`  ✗ ${text}`);
	const latencies = hits.filter(({ status }) => status === 200).map(({ sentMs, answeredMs }) => answeredMs - sentMs);
	const racerMs = racerCpu === null || racerUsed === null ? null : racerUsed - racerCpu;
	return {
		...summarise(after.placed.length, seconds, cpu && used && cpuBetween(cpu, used), racerMs, loop),
		...{ p50Ms: Math.round(percentile(latencies, 0.5)), p99Ms: Math.round(percentile(latencies, 0.99)), problems: wrong.length },
	};
}

function summarise(
	orders: number,
	seconds: number,
	cpu: CpuUse | null,
	racerMs: number | null,
	loop: EventLoopUse,
): Omit<CheckoutResult, 'p50Ms' | 'p99Ms' | 'problems'> {
	const per = (milliseconds: number | null) => (milliseconds === null ? null : round(milliseconds / orders));
	return {
		ordersPerSecond: round(orders / seconds),
		cpuMsPerOrder: per(cpu && cpu.node + (cpu.postgres ?? 0)),
		nodeCpuMsPerOrder: per(cpu?.node ?? null),
		postgresCpuMsPerOrder: per(cpu?.postgres ?? null),
		racerCpuMsPerOrder: per(racerMs),
		orders,
		seconds: round(seconds),
		eventLoopUtilization: round(loop.utilization),
		eventLoopP99Ms: round(loop.p99Ms),
	};
}

const round = (value: number) => Number(value.toFixed(2));

export function reportCheckout(result: CheckoutResult): void {
	const { nodeCpuMsPerOrder: node, postgresCpuMsPerOrder: postgres, racerCpuMsPerOrder: racer } = result;
	console.log(
		`checkout: ${result.orders} orders in ${result.seconds} s, ${result.ordersPerSecond}/s, receipts p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms, ${result.problems} problems`,
	);
	console.log(
		`  CPU per order: market ${node} ms, PostgreSQL ${postgres} ms, together ${result.cpuMsPerOrder} ms; the buyers' side ${racer} ms; event loop ${Math.round(result.eventLoopUtilization * 100)} % busy`,
	);
	for (const [name, peer] of Object.entries(peers.orders)) {
		const cpu = result.cpuMsPerOrder === null ? '' : `, ${ratio(peer.cpuSecondsPerOrder * 1000, result.cpuMsPerOrder)} less CPU per order`;
		console.log(`  to ${name}: ${ratio(result.ordersPerSecond, peer.perSecond)} the orders per second${cpu}`);
	}
}

if (import.meta.main) {
	const { values } = parseArgs({
		options: { orders: { type: 'string' }, buyers: { type: 'string' }, 'in-flight': { type: 'string' }, profile: { type: 'string' } },
	});
	const result = await benchCheckout({
		...CHECKOUT,
		...(values.orders ? { orders: Number(values.orders) } : {}),
		...(values.buyers ? { buyers: Number(values.buyers) } : {}),
		...(values['in-flight'] ? { inFlight: Number(values['in-flight']) } : {}),
		profile: values.profile ?? null,
	});
	reportCheckout(result);
	console.log(JSON.stringify({ bench: 'checkout', ...result }));
	process.exitCode = result.problems === 0 ? 0 : 1;
}
