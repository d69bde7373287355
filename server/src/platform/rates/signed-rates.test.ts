import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RateTable } from '@kaishi/protocol/platform/rates';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ratesPath, readRates, signRates, writeRates } from './rate-file.ts';
import { openSignedRates, type SignedRatesOptions } from './signed-rates.ts';

const operator = privateKeyToAccount(generatePrivateKey());
const stranger = privateKeyToAccount(generatePrivateKey());
const table: RateTable = { version: 7, asOf: 1_900_000_000, source: 'central bank', rates: [{ code: 'USD', value: '1000000000000' }] };
let dataDir = '';
let errors: unknown[] = [];
const options = (change: Partial<SignedRatesOptions> = {}): SignedRatesOptions => ({
	dataDir,
	chainId: 31_337,
	operator,
	now: () => 1_900_000_100,
	sample: false,
	onError: (error) => void errors.push(error),
	...change,
});

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'kaishi-rates-'));
	errors = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('default: a market of real money has no rates until the operator signs some, and takes them up at once', async () => {
	const source = await openSignedRates(options());
	expect(await source.current()).toBeNull();
	writeRates(dataDir, await signRates(table, 31_337, operator));
	expect((await source.current())?.table).toEqual(table);
	expect(errors).toEqual([]);
});

test('behavior: play money starts with sample figures of the day, renewed at each start, and never over the operator’s own', async () => {
	const first = await (await openSignedRates(options({ sample: true }))).current();
	expect(first?.table).toMatchObject({ version: 1, asOf: 1_900_000_100, source: 'sample' });
	const later = await (await openSignedRates(options({ sample: true, now: () => 1_900_900_000 }))).current();
	expect(later?.table).toMatchObject({ version: 2, asOf: 1_900_900_000 });
	writeRates(dataDir, await signRates(table, 31_337, operator));
	expect((await (await openSignedRates(options({ sample: true }))).current())?.table).toEqual(table);
});

test('behavior: sample figures are renewed when the clock moved on, once for all who ask', async () => {
	let now = 1_900_000_100;
	const source = await openSignedRates(options({ sample: true, now: () => now }));
	now += 40 * 86_400;
	const asked = await Promise.all([source.current(), source.current()]);
	expect(asked.map((signed) => signed?.table)).toMatchObject([
		{ version: 2, asOf: now },
		{ version: 2, asOf: now },
	]);
	writeRates(dataDir, await signRates(table, 31_337, operator));
	now += 40 * 86_400;
	expect((await source.current())?.table, 'the operator’s own stay as they are').toEqual(table);
});

test.each([
	['another’s key', () => signRates(table, 31_337, stranger)],
	['another chain', () => signRates(table, 1, operator)],
	['a rate changed afterwards', async () => ({ ...(await signRates(table, 31_337, operator)), table: { ...table, rates: [{ code: 'USD', value: '2' }] } })],
])('error: %s is refused, and the last good table stays', async (_, forged) => {
	writeRates(dataDir, await signRates(table, 31_337, operator));
	const source = await openSignedRates(options());
	writeRates(dataDir, await forged());
	await expect(readRates(dataDir, 31_337, operator.address)).rejects.toThrow(/not signed by the operator/);
	expect((await source.current())?.table).toEqual(table);
	expect(errors).toHaveLength(1);
	await source.current();
	expect(errors, 'said once').toHaveLength(1);
});

test.each([
	['half a file', '{"table":'],
	[
		'a rate below zero',
		JSON.stringify({ table: { ...table, rates: [{ code: 'USD', value: '-1' }] }, signer: operator.address, signature: `0x${'00'.repeat(65)}` }),
	],
])('error: %s does not stop the market', async (_, text) => {
	writeFileSync(ratesPath(dataDir), text);
	const source = await openSignedRates(options());
	expect(await source.current()).toBeNull();
	expect(errors).toHaveLength(1);
});

test('error: nobody signs a table that names a code twice', async () => {
	await expect(signRates({ ...table, rates: [...table.rates, ...table.rates] }, 31_337, operator)).rejects.toThrow(/twice/);
});
