import { randomBytes } from 'node:crypto';
import { bytesToHex, type Hex, keccak256, numberToHex, recoverTransactionAddress, type TransactionSerializedEIP1559, toRlp } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import { quickAccount } from './quick-account.ts';
import { checkTransaction } from './transaction-check.ts';

const CHAIN = 31_337;
const to = `0x${'b0'.repeat(20)}` as const;
const call = { to, data: `0x${'e1'.repeat(5000)}` as Hex, value: 7n, gas: 100_000n, nonce: 3 };
const slots = [{ address: to, storageKeys: [`0x${'00'.repeat(32)}` as Hex] }];

describe('as viem', () => {
	test.each([
		{ type: 'eip1559', chainId: CHAIN, maxFeePerGas: 100n, maxPriorityFeePerGas: 1n, ...call },
		{ type: 'eip1559', chainId: CHAIN, maxFeePerGas: 100n, maxPriorityFeePerGas: 1n, accessList: slots, ...call },
		{ type: 'eip1559', chainId: CHAIN, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n, gas: 21_000n, nonce: 0 },
		{ type: 'eip2930', chainId: CHAIN, gasPrice: 100n, accessList: slots, ...call },
		{ type: 'legacy', chainId: CHAIN, gasPrice: 100n, ...call },
	] as const)('default: signs as viem does, and is recognised ($type)', async (transaction) => {
		for (let i = 0; i < 20; i++) {
			const key = generatePrivateKey();
			const quick = quickAccount(key);
			const raw = await quick.signTransaction(transaction);
			expect(raw).toBe(await privateKeyToAccount(key).signTransaction(transaction));
			expect(checkTransaction(raw, CHAIN)).toMatchObject({ from: quick.address, hash: keccak256(raw) });
		}
	});

	test.each([0, 1, 2, 55, 56, 57, 255, 256, 257, 65_535, 65_536, 100_000])('property: data of %i bytes, any numbers', async (length) => {
		const key = generatePrivateKey();
		for (const bits of [1n, 7n, 8n, 9n, 63n, 64n]) {
			const most = BigInt(bytesToHex(randomBytes(9))) % (1n << bits);
			const data = bytesToHex(length === 1 ? Buffer.of(Number(most % 256n)) : randomBytes(length));
			const numbers = { nonce: Number(most % 1_000_000n), gas: most % 16_000_000n, value: most, maxFeePerGas: most, maxPriorityFeePerGas: most / 3n };
			const transaction = { type: 'eip1559', chainId: CHAIN, to, data, ...numbers } as const;
			const raw = await quickAccount(key).signTransaction(transaction);
			expect(raw).toBe(await privateKeyToAccount(key).signTransaction(transaction));
			const checked = checkTransaction(raw, CHAIN);
			expect(checked.from).toBe(await recoverTransactionAddress({ serializedTransaction: raw as TransactionSerializedEIP1559 }));
			expect(checked).toMatchObject({ nonce: numbers.nonce, gas: numbers.gas, maxFeePerGas: most, maxCost: numbers.gas * most + most });
		}
	});
});

describe('refused', () => {
	const fields = (change: Record<number, Hex | Hex[]> = {}): Hex => {
		const plain: (Hex | Hex[])[] = [numberToHex(CHAIN), '0x', '0x01', '0x02', '0x5208', to, '0x', '0x', [], '0x01', '0x01', '0x01'];
		return `0x02${toRlp(plain.map((field, i) => change[i] ?? field)).slice(2)}`;
	};

	test('default: what the changes below change is fine', () => {
		expect(checkTransaction(fields(), CHAIN).gas).toBe(21_000n);
	});

	test.each<[string, Hex]>([
		['a number with a leading zero', fields({ 4: '0x005208' })],
		['half an address', fields({ 5: '0x1234' })],
		['a tip above the fee', fields({ 2: '0x03' })],
		['a parity of two', fields({ 9: '0x02' })],
		['a list for data', fields({ 7: [] })],
		['data for an access list', fields({ 8: '0x1234' })],
		['a signature of zeros', fields({ 10: '0x', 11: '0x' })],
		['a number of 33 bytes', fields({ 6: `0x${'01'.repeat(33)}` })],
		['a byte too few', fields().slice(0, -2) as Hex],
		['a byte too many', `${fields()}00`],
		['nothing', '0x02'],
		['an empty list', '0x02c0'],
		['a long head of a short list', '0x02f801c0'],
		['a length with a leading zero', '0x02f90001c0'],
		['a length beyond the end', '0x02fbffffffff'],
	])('error: %s', (_, raw) => {
		expect(() => checkTransaction(raw, CHAIN)).toThrow('Chain_MalformedTransaction');
	});
});
