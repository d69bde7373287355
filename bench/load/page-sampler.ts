import { setTimeout as sleep } from 'node:timers/promises';
import { HttpConnection, requestBytes } from './http-connection.ts';
import { epochMs } from './messages.ts';

export interface PageSample {
	/** Milliseconds since 1970. */
	startedMs: number;
	milliseconds: number;
	/** 0: no answer. */
	status: number;
}

/**
 * People who open a page while others race: one every `everyMs`, whether the ones before have their page yet or not, so that a
 * page that takes long is not asked for less often.
 */
export class PageSampler {
	readonly samples: PageSample[] = [];
	readonly #port: number;
	readonly #request: Buffer;
	readonly #everyMs: number;
	readonly #idle: HttpConnection[] = [];
	readonly #pending = new Set<Promise<void>>();
	#stopped = false;
	#running: Promise<void> | null = null;

	constructor(origin: string, path: string, everyMs: number) {
		this.#port = Number(new URL(origin).port);
		this.#request = requestBytes('GET', origin, path, '10.200.0.1');
		this.#everyMs = everyMs;
	}

	start(): void {
		this.#running ??= this.#run();
	}

	/** Waits for the pages that are still missing. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#running;
		await Promise.all(this.#pending);
		for (const connection of this.#idle) connection.close();
	}

	async #run(): Promise<void> {
		while (!this.#stopped) {
			const looking: Promise<void> = this.#look().finally(() => this.#pending.delete(looking));
			this.#pending.add(looking);
			await sleep(this.#everyMs);
		}
	}

	async #look(): Promise<void> {
		const startedMs = epochMs();
		let status = 0;
		try {
			const connection = this.#idle.pop() ?? (await HttpConnection.open(this.#port));
			({ status } = await connection.send(this.#request));
			this.#idle.push(connection);
		} catch {
			// told by the status
		}
		this.samples.push({ startedMs, milliseconds: epochMs() - startedMs, status });
	}
}
