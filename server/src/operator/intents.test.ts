import { type Order, orderIdOf } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import { expect, test } from 'vitest';
import { Intents } from './intents.ts';

const address = (byte: string) => `0x${byte.repeat(20)}` as Address;
const book = address('0b');
const signature = `0x${'aa'.repeat(85)}` as Hex;
const terms: Order['terms'] = {
	...{ currency: address('c0'), unitPrice: 10n, shippingPrice: 1n, returnShippingPrice: 0n, shipDate: 0, shipBySeconds: 60, confirmBySeconds: 60 },
	...{ cancelSeconds: 0, returnSeconds: 0, warrantySeconds: 0, restockingBps: 0, warrantyBps: 0, affiliateBps: 0, remedies: 0, arbitrator: address('ad') },
	splits: [{ recipient: address('51'), bps: 100 }],
};
const order = (change: Partial<Order['terms']> = {}): Order => ({
	...{ offerId: 65_537n, version: 1, terms: { ...terms, ...change }, buyer: address('b0'), quantity: 2n, affiliate: address('00'), feeBps: 0 },
	...{ detailsHash: `0x${'00'.repeat(32)}`, validBefore: 600n, salt: `0x${'07'.repeat(32)}` },
});

test('default: an intent’s id is the contract’s, also when only a part of its terms differs from others that were hashed before', () => {
	const intents = new Intents(31_337, book);
	const all = [
		...[order(), order({ unitPrice: 1n, shippingPrice: 0n }), order({ unitPrice: 11n }), order({ unitPrice: 1n, shippingPrice: 11n })],
		...[order({ splits: [] }), order({ splits: [{ recipient: address('51'), bps: 10 }] }), order({ splits: [...terms.splits, ...terms.splits] }), order()],
	];
	for (const one of all) expect(intents.of(one, signature)).toMatchObject({ orderId: orderIdOf(one, 31_337, book), key: address('aa') });
	expect(intents.of(order(), signature).total).toBe(21n);
});
