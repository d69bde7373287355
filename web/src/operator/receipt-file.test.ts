import type { SignedReceipt } from '@kaishi/protocol/operator';
import { expect, test } from 'vitest';
import { readReceiptFile, writeReceiptFile } from './receipt-file.ts';

const kept: SignedReceipt = {
	operatorId: 1,
	signer: '0x00000000000000000000000000000000000000aa',
	receipt: {
		orderId: `0x${'12'.repeat(32)}`,
		buyer: '0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B',
		token: '0x00000000000000000000000000000000000000c0',
		total: '182500000',
		offerId: '30',
		piece: '37',
		quantity: '1',
		position: '912',
		byBlock: '77',
	},
	signature: `0x${'ab'.repeat(65)}`,
};

test('default: what is written is read again, without what the market thinks of it', () => {
	expect(readReceiptFile(writeReceiptFile({ ...kept, status: 'placed' } as SignedReceipt))).toEqual(kept);
});

test('error: anything else is no receipt', () => {
	for (const text of ['', 'null', '[]', '{"operatorId":1}', JSON.stringify({ ...kept, signature: '0x12' }), JSON.stringify({ ...kept, operatorId: 0 })])
		expect(readReceiptFile(text)).toBeNull();
	expect(readReceiptFile(JSON.stringify({ ...kept, receipt: { ...kept.receipt, total: '-1' } }))).toBeNull();
	expect(readReceiptFile(' '.repeat(20_000))).toBeNull();
});
