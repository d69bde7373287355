import { openStall, sendOrder, signOrder, spawnMarket } from '@kaishi/testkit';
import { peers, percentile, ratio } from './peers.ts';

const BUYERS = 100;
const IN_FLIGHT = 50;
const ORDERS = 1500;
const WARM_UP = 150;

export interface OrdersResult {
	ordersPerSecond: number;
	cpuSecondsPerOrder: number;
	p50Ms: number;
	p99Ms: number;
	refused: number;
}

/** Orders placed through the HTTP API: checked, paid on the chain, projected, acknowledged; with fsync, as in production. */
export async function benchOrders(): Promise<OrdersResult> {
	const market = await spawnMarket({ durable: true, quiet: true });
	try {
		const stall = await openStall(market.url, { buyers: BUYERS, seed: 'bench' });
		// signed beforehand: the buyers' own work is not the market's
		const signed = await Promise.all(Array.from({ length: WARM_UP + ORDERS }, (_, i) => signOrder(stall, i)));
		const place = async (from: number, to: number) => {
			const latencies: number[] = [];
			let refused = 0;
			let next = from;
			const worker = async () => {
				while (next < to) {
					const one = signed[next++];
					if (!one) return;
					await sendOrder(one).then(
						({ milliseconds }) => latencies.push(milliseconds),
						() => refused++,
					);
				}
			};
			await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
			return { latencies, refused };
		};
		await place(0, WARM_UP);
		const [cpu, started] = [await market.ask.cpuSeconds(), performance.now()];
		const { latencies, refused } = await place(WARM_UP, signed.length);
		const seconds = (performance.now() - started) / 1000;
		const cpuSeconds = (await market.ask.cpuSeconds()) - cpu;
		return {
			ordersPerSecond: Number((latencies.length / seconds).toFixed(1)),
			cpuSecondsPerOrder: Number((cpuSeconds / latencies.length).toFixed(4)),
			p50Ms: Math.round(percentile(latencies, 0.5)),
			p99Ms: Math.round(percentile(latencies, 0.99)),
			refused,
		};
	} finally {
		await market.close();
	}
}

export function reportOrders(result: OrdersResult): void {
	console.log(
		`orders placed and paid: ${result.ordersPerSecond}/s, ${result.cpuSecondsPerOrder} CPU seconds each, p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms, ${result.refused} refused`,
	);
	for (const [name, peer] of Object.entries(peers.orders)) {
		console.log(
			`  to ${name}: ${ratio(result.ordersPerSecond, peer.perSecond)} the orders per second, ${ratio(peer.cpuSecondsPerOrder, result.cpuSecondsPerOrder)} less CPU per order`,
		);
	}
}

if (import.meta.main) {
	const result = await benchOrders();
	reportOrders(result);
	console.log(JSON.stringify({ bench: 'orders', ...result }));
}
