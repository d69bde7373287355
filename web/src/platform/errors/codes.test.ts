import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serverErrorCodes } from './codes.ts';

const server = join(import.meta.dirname, '../../../../server/src');

test('every code that the server refuses with is listed here, and so has words', () => {
	const used = new Set<string>();
	for (const file of globSync('**/*.ts', { cwd: server, exclude: (name) => /\.test\.ts$|^test-/.test(String(name)) })) {
		for (const [, code = ''] of readFileSync(join(server, file), 'utf8').matchAll(/\bnew Refusal\(\s*'(\w+)'/g)) used.add(code);
	}
	expect(used.size).toBeGreaterThan(20);
	const known = new Set<string>(serverErrorCodes);
	// Codes named after a contract's error are covered by the contracts' own list.
	const contractLike = /^(Catalog|OrderBook|Shop|Reviews|Vault|InvalidAccountNonce)(_(Unauthorized|UnknownListing|NotBuyer|NotSeller)|$)/;
	expect([...used].filter((code) => !known.has(code) && !contractLike.test(code))).toEqual([]);
});
