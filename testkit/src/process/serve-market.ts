// A market in a process of its own, opened by `spawnMarket` with its options as JSON and asked through messages. Loads nothing
// that a market does not need before it opens: restarts are measured.
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { openTestMarket, type TestMarketOptions } from '../open-test-market.ts';
import type { Answer, Ask, MarketCommands } from './messages.ts';
import { startProfile, stopProfile } from './profile.ts';
import type { SpawnOptions } from './spawn-market.ts';

const { web, patience: _, quiet: __, ...options } = JSON.parse(process.argv[2] ?? '{}') as SpawnOptions;
const market = await openTestMarket({ ...options, ...(web ? { loadWeb } : {}) });

async function loadWeb(publicUrl: string): ReturnType<NonNullable<TestMarketOptions['loadWeb']>> {
	const file = join(import.meta.dirname, '../../../scripts/web/load-web.ts');
	if (!existsSync(join(import.meta.dirname, '../../../web/build/handler.js'))) throw new Error('the web is not built: node scripts/web/build-web.ts');
	const { loadBuiltWeb } = (await import(pathToFileURL(file).href)) as { loadBuiltWeb: NonNullable<TestMarketOptions['loadWeb']> };
	return loadBuiltWeb(publicUrl);
}

const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
let loop = performance.eventLoopUtilization();

const commands: MarketCommands = {
	advance: (seconds) => market.advance(seconds),
	processAll: () => market.processAll(),
	fingerprints: () => market.fingerprints(),
	reindex: () => market.reindex(),
	async head() {
		const { number, hash } = await market.chain.head();
		return { number: number.toString(), hash };
	},
	async blockHash(number) {
		const block = await market.chain.request<{ hash: string } | null>('eth_getBlockByNumber', [`0x${BigInt(number).toString(16)}`, false]);
		return block?.hash ?? null;
	},
	async missingOrders(ids) {
		const found = await Promise.all(ids.map((id) => market.reads.order.order(id as `0x${string}`, null)));
		return ids.filter((_id, i) => !found[i]);
	},
	holdProjection() {
		// Readers go on; whoever writes waits for a transaction that only the process's end ends.
		return new Promise((held, failed) => {
			const never = new Promise<never>(() => {});
			market.db
				.transaction(async (db) => {
					await db.query('lock table "order".orders in share mode');
					held();
					await never;
				})
				.catch(failed);
		});
	},
	async stateOnChain(orderId) {
		const [{ orderBookAbi }, { orderStates }, { readContract }] = await Promise.all([
			import('@kaishi/protocol/generated/order-book'),
			import('@kaishi/protocol/order'),
			import('../../../server/src/platform/chain/read-contract.ts'),
		]);
		const [state] = await readContract(market.chain, {
			address: market.deployment.contracts.orderBook,
			abi: orderBookAbi,
			functionName: 'stateOf',
			args: [orderId as `0x${string}`],
		});
		return orderStates[state] ?? String(state);
	},
	leads: async () => market.leads(),
	async operatorKey() {
		return market.keys.operator.privateKey;
	},
	async cpuSeconds() {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1e6;
	},
	chain: (method, params) => market.chain.request(method, params),
	async operate(to, data) {
		await market.relayer.poke(to as `0x${string}`, data as `0x${string}`);
	},
	async eventLoop() {
		const now = performance.eventLoopUtilization();
		const { utilization } = performance.eventLoopUtilization(now, loop);
		const use = { utilization, p99Ms: delays.percentile(99) / 1e6, maxMs: delays.max / 1e6 };
		loop = now;
		delays.reset();
		return use;
	},
	startProfile,
	stopProfile,
};

const send = (answer: Answer) => process.send?.(answer);

process.on('message', ({ id, method, params }: Ask) => {
	const command = commands[method] as (...params: unknown[]) => Promise<unknown>;
	command(...params).then(
		(result) => send({ id, result: result ?? null }),
		(error: unknown) => send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
	);
});

const stop = () => {
	market.close().then(
		() => process.exit(0),
		() => process.exit(1),
	);
};
process.once('SIGTERM', stop);
// a parent that is gone needs no market any more
process.once('disconnect', stop);
send({ ready: { url: market.url } });
// Now, because whoever is killed writes nothing.
flushCompileCache();
