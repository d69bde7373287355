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

/** Somebody who keeps looking at a page while others race: asks, waits `pauseMs`, asks again. */
export class PageSampler {
	readonly samples: PageSample[] = [];
	readonly #port: number;
	readonly #request: Buffer;
	readonly #pauseMs: number;
	#stopped = false;
	#running: Promise<void> | null = null;

	constructor(origin: string, path: string, pauseMs: number) {
		this.#port = Number(new URL(origin).port);
		this.#request = requestBytes('GET', origin, path, '10.200.0.1');
		this.#pauseMs = pauseMs;
	}

	start(): void {
		this.#running ??= this.#run();
	}

	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#running;
	}

	async #run(): Promise<void> {
		let connection: HttpConnection | null = null;
		while (!this.#stopped) {
			const startedMs = epochMs();
			try {
				connection ??= await HttpConnection.open(this.#port);
				const { status } = await connection.send(this.#request);
				this.samples.push({ startedMs, milliseconds: epochMs() - startedMs, status });
			} catch {
				connection = null;
				this.samples.push({ startedMs, milliseconds: epochMs() - startedMs, status: 0 });
			}
			await sleep(this.#pauseMs);
		}
		connection?.close();
	}
}
