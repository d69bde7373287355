import type { Order } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import { expect, test } from 'vitest';
import { Settler } from './settler.ts';

const address = (byte: string) => `0x${byte.repeat(20)}` as Address;
const order: Order = {
	...{ offerId: 65_537n, version: 1, buyer: address('b0'), quantity: 1n, affiliate: address('00'), feeBps: 0 },
	...{ detailsHash: `0x${'00'.repeat(32)}`, validBefore: 600n, salt: `0x${'07'.repeat(32)}` },
	terms: {
		...{ currency: address('c0'), unitPrice: 10n, shippingPrice: 1n, returnShippingPrice: 0n, shipDate: 0, shipBySeconds: 60, confirmBySeconds: 60 },
		...{ cancelSeconds: 0, returnSeconds: 0, warrantySeconds: 0, restockingBps: 0, warrantyBps: 0, affiliateBps: 0, remedies: 0, arbitrator: address('ad') },
		splits: [],
	},
};
const intent = { order, signature: `0x${'aa'.repeat(85)}` as Hex };

/** A settler over a chain that takes everything. */
function open(givesWay: () => boolean) {
	const sent: unknown[] = [];
	const operator = {
		address: address('0e'),
		async send(transaction: unknown) {
			sent.push(transaction);
			return { success: true, transactionHash: '0x01' as Hex, blockNumber: 5n, revertData: '0x' as Hex, logs: [] };
		},
	};
	const options = { batch: address('ba'), orderBook: address('0b'), gatherMs: 1, givesWay, onError: () => {} };
	return { sent, settler: new Settler({ operator: operator as never, ...options }) };
}

test('behavior: orders depart together, once nobody waits for an answer', async () => {
	let asked = 0;
	const { sent, settler } = open(() => {
		expect(sent).toEqual([]);
		return ++asked < 4;
	});
	const placed = [settler.place(intent), settler.place(intent)];
	expect(await Promise.all(placed)).toEqual(Array(2).fill({ transactionHash: '0x01', blockNumber: 5n }));
	expect([asked, sent.length]).toEqual([4, 1]);
});

test('behavior: they depart also when somebody waits all the time', async () => {
	const { sent, settler } = open(() => true);
	await settler.place(intent);
	expect(sent).toHaveLength(1);
});
