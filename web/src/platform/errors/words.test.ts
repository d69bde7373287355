import * as abis from '@kaishi/protocol/generated/index';
import { expect, test, vi } from 'vitest';

vi.mock('../i18n/index.ts', () => ({ m: new Proxy({}, { get: (_, key: string) => (inputs?: object) => `${key}${inputs ? JSON.stringify(inputs) : ''}` }) }));
const { wordsOf } = await import('./words.ts');

const contractErrors = [
	abis.catalogAbi,
	abis.orderBookAbi,
	abis.shopAbi,
	abis.recoveryAbi,
	abis.reviewsAbi,
	abis.forwarderAbi,
	abis.faucetAbi,
	abis.entryPointAbi,
	abis.accountAbi,
]
	.flatMap((abi) => abi.filter((item) => item.type === 'error'))
	.map((item) => item.name);

test.each([...new Set(contractErrors)])('%s has words of its own choosing', (code) => {
	// Unknown codes of this kind fall back to words that no contract error uses.
	const words = wordsOf({ code, kind: 'unavailable', details: {} });
	expect(words).toMatch(/^errors_/);
	expect(words).not.toBe('errors_Server_Failed');
});

test('details stand in the sentence', () => {
	expect(wordsOf({ code: 'Catalog_SoldOut', kind: 'conflict', details: { left: '2' } })).toBe('errors_Catalog_SoldOut{"left":"2"}');
});

test.each([
	['forbidden', 'errors_forbidden'],
	['unauthenticated', 'errors_Account_NotSignedIn'],
	['notFound', 'errors_Request_NotFound'],
	['tooMany', 'errors_Request_TooMany'],
	['unavailable', 'errors_Server_Failed'],
	['conflict', 'errors_contract'],
] as const)('behavior: an unknown code of kind %s still has words', (kind, words) => {
	expect(wordsOf({ code: 'Future_Thing', kind, details: {} })).toBe(words);
	expect(wordsOf({ code: 'toString', kind, details: {} })).toBe(words);
});
