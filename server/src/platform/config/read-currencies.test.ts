import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCurrencies } from './read-currencies.ts';

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'kaishi-currencies-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function read(json: unknown) {
	const path = join(dir, 'currencies.json');
	writeFileSync(path, typeof json === 'string' ? json : JSON.stringify(json));
	return readCurrencies(path);
}
const usdc = { address: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', symbol: 'USDC', name: 'USD Coin', decimals: 6 };

test('default: addresses get their checksums, what is left out is null', () => {
	expect(read([{ ...usdc, iso: 'USD', authorization: { name: 'USD Coin', version: '2' } }])).toEqual([
		{ ...usdc, address: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', iso: 'USD', asset: null, test: false, authorization: { name: 'USD Coin', version: '2' } },
	]);
	expect(read([usdc])[0]).toMatchObject({ iso: null, authorization: null });
});

test.each([
	['not JSON', '{'],
	['not a list', usdc],
	['no address', [{ ...usdc, address: '0x12' }]],
	['a fraction of decimals', [{ ...usdc, decimals: 1.5 }]],
	['an address twice', [usdc, usdc]],
	['a field nobody knows', [{ ...usdc, rate: 1 }]],
])('error: %s', (_, json) => {
	expect(() => read(json)).toThrow(/^CURRENCIES /);
});
