import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from '../../../server/src/platform/config/config.ts';
import type { Answer, Ask, MarketCommands } from './messages.ts';

export interface SpawnOptions {
	/** Kept between runs; without it a fresh one that goes away in the end. */
	dataDir?: string;
	port?: number;
	/** Serves the built web too. */
	web?: boolean;
	seed?: boolean;
	/** What differs from the configuration of tests. */
	config?: Partial<Config>;
	/** Everything reaches the disk before it is acknowledged, as in production. */
	durable?: boolean;
	/** Keeps operational failures from the terminal: they are what the test is about. */
	quiet?: boolean;
	/** Longest wait for the market to open, milliseconds. */
	patience?: number;
}

const COMPILED = join(import.meta.dirname, '../../../node_modules/.cache/kaishi-compiled');

/** A market in a process of its own, to be measured, killed, or kept away from a browser's test. */
export class SpawnedMarket {
	readonly url: string;
	readonly process: ChildProcess;
	/** Ask the market itself. */
	readonly ask: MarketCommands;

	constructor(url: string, child: ChildProcess) {
		this.url = url;
		this.process = child;
		this.ask = askThrough(child);
	}

	/** kill -9, and nothing else: what a power cut leaves. */
	async kill(): Promise<void> {
		const gone = once(this.process, 'exit');
		this.process.kill('SIGKILL');
		await gone;
	}

	async close(): Promise<void> {
		if (this.process.exitCode !== null || this.process.signalCode !== null) return;
		const gone = once(this.process, 'exit');
		this.process.kill('SIGTERM');
		await gone;
	}
}

/** Starts a market and resolves when it serves. Throws with its last words when it ends before. */
export async function spawnMarket(options: SpawnOptions = {}): Promise<SpawnedMarket> {
	const child = fork(join(import.meta.dirname, 'serve-market.ts'), [JSON.stringify(options)], {
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		// Both as `npm start` has them.
		execArgv: [...process.execArgv, '--min-semi-space-size=16'],
		env: { NODE_COMPILE_CACHE: COMPILED, MALLOC_TRIM_THRESHOLD_: String(2 ** 30), ...process.env },
	});
	let words = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			words = (words + chunk.toString('utf8')).slice(-8000);
		});
	}
	// operational failures are worth seeing while they happen
	if (!options.quiet) child.stderr?.pipe(process.stderr, { end: false });
	const patience = options.patience ?? 540_000;
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`the market did not open within ${patience / 1000} s:\n${words}`));
		}, patience);
		child.once('exit', (code, signal) => {
			clearTimeout(timer);
			reject(new Error(`the market ended (${code ?? signal}):\n${words}`));
		});
		child.on('message', (message: Answer) => {
			if (!('ready' in message)) return;
			clearTimeout(timer);
			resolve(new SpawnedMarket(message.ready.url, child));
		});
	});
}

function askThrough(child: ChildProcess): MarketCommands {
	const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
	let last = 0;
	child.on('message', (message: Answer) => {
		if (!('id' in message)) return;
		const asker = waiting.get(message.id);
		waiting.delete(message.id);
		if ('error' in message) asker?.reject(new Error(message.error));
		else asker?.resolve(message.result);
	});
	child.on('exit', () => {
		for (const { reject } of waiting.values()) reject(new Error('the market process is gone'));
		waiting.clear();
	});
	const ask = (method: keyof MarketCommands, params: unknown[]) =>
		new Promise<unknown>((resolve, reject) => {
			const id = ++last;
			waiting.set(id, { resolve, reject });
			child.send({ id, method, params } satisfies Ask, (error) => {
				if (!error) return;
				waiting.delete(id);
				reject(error);
			});
		});
	return new Proxy({} as MarketCommands, {
		get: (_, method) => (method === 'then' ? undefined : (...params: unknown[]) => ask(method as keyof MarketCommands, params)),
	});
}
