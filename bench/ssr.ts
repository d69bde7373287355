import type { ListingCard } from '@kaishi/protocol/shop';
import { MarketClient, spawnMarket } from '@kaishi/testkit';
import autocannon from 'autocannon';
import { peers, ratio } from './peers.ts';

const SECONDS = 10;
const CONNECTIONS = 16;

export interface SsrResult {
	listPagesPerSecond: number;
	productPagesPerSecond: number;
	listCpuMs: number;
	productCpuMs: number;
	listP99Ms: number;
	productP99Ms: number;
}

/** Server-rendered pages per second from a seeded market: home's list of products, and one product. */
export async function benchSsr(): Promise<SsrResult> {
	const market = await spawnMarket({ web: true, seed: true, quiet: true });
	try {
		const { items } = await new MarketClient(market.url).get<{ items: ListingCard[] }>('/api/listings?limit=1');
		const [listing] = items;
		if (!listing) throw new Error('the seeded market has no listings');
		const list = await measure(`${market.url}/search`, market.ask.cpuSeconds);
		const product = await measure(`${market.url}/p/${listing.id}`, market.ask.cpuSeconds);
		return {
			listPagesPerSecond: list.perSecond,
			productPagesPerSecond: product.perSecond,
			listCpuMs: list.cpuMs,
			productCpuMs: product.cpuMs,
			listP99Ms: list.p99,
			productP99Ms: product.p99,
		};
	} finally {
		await market.close();
	}
}

async function measure(url: string, cpuSeconds: () => Promise<number>): Promise<{ perSecond: number; cpuMs: number; p99: number }> {
	await autocannon({ url, connections: CONNECTIONS, duration: 3 });
	const before = await cpuSeconds();
	const { requests, latency, non2xx, errors } = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS });
	if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were not pages, ${errors} errors`);
	return { perSecond: Math.round(requests.average), cpuMs: round((((await cpuSeconds()) - before) * 1000) / requests.total), p99: latency.p99 };
}

const round = (value: number) => Number(value.toFixed(2));

export function reportSsr(result: SsrResult): void {
	console.log(
		`pages per second, one process: list ${result.listPagesPerSecond} (${result.listCpuMs} ms CPU, p99 ${result.listP99Ms} ms), product ${result.productPagesPerSecond} (${result.productCpuMs} ms CPU, p99 ${result.productP99Ms} ms)`,
	);
	for (const [name, peer] of Object.entries(peers.pages)) {
		console.log(`  to ${name}'s bare pages: list ${ratio(result.listPagesPerSecond, peer.list)}, product ${ratio(result.productPagesPerSecond, peer.product)}`);
	}
	for (const [name, cpuMs] of Object.entries(peers.productCpuMs))
		console.log(`  to ${name}: ${ratio(cpuMs, result.productCpuMs)} less CPU for a product's page`);
}

if (import.meta.main) {
	const result = await benchSsr();
	reportSsr(result);
	console.log(JSON.stringify({ bench: 'ssr', ...result }));
}
