import { type SpawnedMarket, spawnMarket } from '@kaishi/testkit';
import { type CpuUse, cpuBetween, readCpu, sumCpu } from '../load/process-cpu.ts';

/** A market that may die and come back at the same address. */
export class MarketPlace {
	readonly #dataDir: string;
	readonly #web: boolean;
	#market: SpawnedMarket | null = null;
	/** What markets that are gone had used since `markCpu`. */
	#used: CpuUse | null = null;
	#mark: CpuUse | null = null;

	constructor(dataDir: string, web: boolean) {
		this.#dataDir = dataDir;
		this.#web = web;
	}

	get market(): SpawnedMarket {
		if (this.#market === null) throw new Error('the market is closed');
		return this.#market;
	}

	async open(): Promise<SpawnedMarket> {
		const port = this.#market === null ? {} : { port: Number(new URL(this.#market.url).port) };
		this.#market = await spawnMarket({ dataDir: this.#dataDir, durable: true, web: this.#web, ...port });
		return this.#market;
	}

	/** kill -9, then a new process over the same data. Resolves with how long nobody was there, milliseconds. */
	async killAndReopen(): Promise<number> {
		const before = this.cpu();
		const died = performance.now();
		await this.market.kill();
		await this.open();
		this.#used = before;
		this.#mark = readCpu(this.market.process.pid ?? 0);
		return performance.now() - died;
	}

	markCpu(): void {
		this.#used = null;
		this.#mark = readCpu(this.market.process.pid ?? 0);
	}

	/** Since the mark, all processes that were the market since. */
	cpu(): CpuUse | null {
		const now = readCpu(this.market.process.pid ?? 0);
		if (now === null || this.#mark === null) return null;
		const since = cpuBetween(this.#mark, now);
		return this.#used === null ? since : sumCpu(this.#used, since);
	}

	async close(): Promise<void> {
		await this.#market?.close();
	}
}
