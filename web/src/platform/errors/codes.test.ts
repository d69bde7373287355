import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@kaishi/protocol/generated/index';
import { expect, test } from 'vitest';
import { browserErrorCodes, serverErrorCodes } from './codes.ts';

const server = join(import.meta.dirname, '../../../../server/src');
const contractErrors = new Set(
	Object.values(contracts)
		.filter((abi) => Array.isArray(abi))
		.flatMap((abi) => abi.filter((item) => item.type === 'error').map((item) => item.name)),
);

/** Names like `Order_Unknown` in quotes: refusals, and those handed on to whatever refuses. */
function codesInServer(): Set<string> {
	const codes = new Set<string>();
	for (const file of globSync('**/*.ts', { cwd: server, exclude: (name) => /\.test\.ts$|^test-/.test(String(name)) })) {
		for (const [, code = ''] of readFileSync(join(server, file), 'utf8').matchAll(/'([A-Z][a-z]\w*_[A-Z][a-z]\w*)'/g)) codes.add(code);
	}
	return codes;
}

test('every code that the server refuses with is listed here, and so has words', () => {
	const known = new Set<string>([...serverErrorCodes, ...browserErrorCodes, ...contractErrors]);
	const used = codesInServer();
	expect(used.size).toBeGreaterThan(60);
	expect([...used].filter((code) => !known.has(code))).toEqual([]);
});

test('no code is listed that the server never refuses with', () => {
	const used = codesInServer();
	expect(serverErrorCodes.filter((code) => !used.has(code))).toEqual([]);
	expect(new Set(serverErrorCodes).size).toBe(serverErrorCodes.length);
});
