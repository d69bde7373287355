import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { quickAccount } from './quick-account.ts';
import { checkTransaction } from './transaction-check.ts';

const call = { to: `0x${'b0'.repeat(20)}` as Hex, data: `0x${'e1'.repeat(5000)}` as Hex, value: 7n, gas: 100_000n, nonce: 3 };

test.each([
	{ type: 'eip1559', chainId: 31_337, maxFeePerGas: 100n, maxPriorityFeePerGas: 1n, ...call },
	{ type: 'eip1559', chainId: 31_337, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n, gas: 21_000n, nonce: 0 },
	{ type: 'eip2930', chainId: 31_337, gasPrice: 100n, ...call, accessList: [{ address: call.to, storageKeys: [`0x${'00'.repeat(32)}` as Hex] }] },
	{ type: 'legacy', chainId: 31_337, gasPrice: 100n, ...call },
] as const)('default: signs as viem does, and is recognised ($type)', async (transaction) => {
	for (let i = 0; i < 20; i++) {
		const key = generatePrivateKey();
		const quick = quickAccount(key);
		const raw = await quick.signTransaction(transaction);
		expect(raw).toBe(await privateKeyToAccount(key).signTransaction(transaction));
		expect(checkTransaction(raw, 31_337).from).toBe(quick.address);
	}
});
