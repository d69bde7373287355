import { rateTableHash } from '@kaishi/protocol/platform/rate-signing';
import type { RateTable } from '@kaishi/protocol/platform/rates';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { isSignedAsSaid } from './verify-rates.ts';

const operator = privateKeyToAccount(generatePrivateKey());
const table: RateTable = { version: 1, asOf: 1_900_000_000, source: 'bank', rates: [{ code: 'USD', value: '1000000000000' }] };

test('a table is what its signer signed, or it is not', async () => {
	const signed = { table, signer: operator.address, signature: await operator.sign({ hash: rateTableHash(table, 7) }) };
	expect(await isSignedAsSaid(signed, 7)).toBe(true);
	expect(await isSignedAsSaid(signed, 8), 'another chain').toBe(false);
	expect(await isSignedAsSaid({ ...signed, table: { ...table, rates: [{ code: 'USD', value: '2' }] } }, 7), 'another rate').toBe(false);
	expect(await isSignedAsSaid({ ...signed, signature: '0x' }, 7), 'no signature').toBe(false);
});
