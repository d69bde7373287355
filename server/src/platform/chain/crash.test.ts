import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Hex } from 'viem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newDataDir, openTestChain } from './test-chain.ts';

const CHILD = fileURLToPath(new URL('./test-crash-child.ts', import.meta.url));
const ROUNDS = 4;

let dataDir: string;
let child: ChildProcess | null = null;
beforeEach(() => {
	dataDir = newDataDir();
});
afterEach(() => {
	child?.kill('SIGKILL');
	rmSync(dataDir, { recursive: true, force: true });
});

/** Runs a writer until `acknowledged` transactions were reported, kills it, and returns their hashes. */
async function writeAndKill(acknowledged: number): Promise<Hex[]> {
	const writer = spawn(process.execPath, [CHILD, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
	child = writer;
	let said = '';
	const ended = new Promise((resolve) => writer.once('exit', resolve));
	await new Promise<void>((resolve, reject) => {
		ended.then(() => reject(new Error('the writer ended by itself')), reject);
		writer.stdout.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			if (said.split('\n').length > acknowledged) resolve();
		});
	});
	await setTimeout(acknowledged % 7);
	writer.kill('SIGKILL');
	await ended;
	// The pipe may still hold what was said before the end.
	await setTimeout(50);
	return said
		.split('\n')
		.slice(0, -1)
		.filter((line) => line.startsWith('0x')) as Hex[];
}

test('behavior: after kill -9 under load everything acknowledged is there, at the same head every time', async () => {
	const acknowledged: Hex[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		acknowledged.push(...(await writeAndKill(30 + 13 * round)));
		const { chain } = await openTestChain(dataDir);
		for (const hash of acknowledged) expect(await chain.request('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x1' });
		const head = await chain.head();
		await chain.close();
		const again = (await openTestChain(dataDir)).chain;
		expect(await again.head()).toEqual(head);
		await again.close();
	}
	expect(acknowledged.length).toBeGreaterThan(30 * ROUNDS);
}, 120_000);
