import { hashTypedData } from 'viem';
import { expect, test } from 'vitest';
import { operatorsDomain, receiptDigest, receiptFromWire, receiptToWire, receiptTypes } from './receipt.ts';
import type { Receipt } from './receipt-digest.ts';

const operators = '0x00000000000000000000000000000000000000aa';
const receipt: Receipt = {
	orderId: `0x${'12'.repeat(32)}`,
	buyer: '0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B',
	token: '0x00000000000000000000000000000000000000c0',
	total: (1n << 128n) - 1n,
	offerId: 7n << 48n,
	piece: 37n,
	quantity: 1n,
	position: 912n,
	byBlock: 1_000_000n,
};

test('default: the digest is the one of EIP-712', () => {
	const general = hashTypedData({ domain: operatorsDomain(31_337, operators), types: receiptTypes, primaryType: 'Receipt', message: receipt });
	expect(receiptDigest(receipt, 31_337, operators)).toBe(general);
	expect(receiptDigest({ ...receipt, piece: 38n }, 31_337, operators)).not.toBe(general);
});

test('behavior: survives JSON', () => {
	expect(receiptFromWire(JSON.parse(JSON.stringify(receiptToWire(receipt))))).toEqual(receipt);
});

test('error: a number that the contract could not hold', () => {
	expect(() => receiptFromWire({ ...receiptToWire(receipt), position: (1n << 64n).toString() })).toThrow();
});
