import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import { expect, test } from 'vitest';
import type { Chain } from '../platform/chain/chain.ts';
import { createReservations } from '../tab/public.ts';
import { Holds } from './holds.ts';
import type { Journal } from './journal.ts';
import { Keeping } from './keeping.ts';
import type { Held } from './promise.ts';
import type { Settler } from './settler.ts';

const orderId: Hex = '0x01';
const tab = { account: '0xb0' as Address, key: '0xd1' as Address, token: '0xc1' as Address };
const held = {
	intent: { orderId, key: tab.key, tab: 'b0/d1/c1', total: 5n, offerId: '7', order: { buyer: tab.account, terms: { currency: tab.token } } },
	receipt: null,
} as unknown as Held;
const placed = { transactionHash: '0x02' as Hex, blockNumber: 5n };

/** What is still held after the chain and the tables have said this, and what the journal was told. */
async function keep(answer: () => Promise<typeof placed>, tables: () => Promise<void> = async () => undefined) {
	const reservations = createReservations();
	const chain = { head: async () => ({ number: 9n, hash: '0x09' }) } as unknown as Chain;
	const holds = new Holds({ look: () => Promise.reject(new Error('not asked')) }, { chain, catchUp: () => undefined }, reservations);
	const told: unknown[] = [];
	const errors: unknown[] = [];
	const keeping = new Keeping(holds, {
		chain,
		journal: { conclude: async (...args: unknown[]) => void told.push(args) } as unknown as Journal,
		settler: { place: answer, stop: () => undefined } as unknown as Settler,
		waitForProjection: tables,
		onError: (error) => errors.push(error),
	});
	await keeping.place(held).catch(() => undefined);
	const after = { isHeld: holds.has(orderId), money: reservations.promisedOn(tab) };
	keeping.keep(held);
	await new Promise(setImmediate);
	await keeping.stop();
	return { ...after, told, errors: errors.length };
}
const refuse = (code: string, kind: 'conflict' | 'unavailable') => () => Promise.reject(new Refusal(code, kind));

test('default: what stands in the tables is held no longer, also when it was sent twice', async () => {
	const free = { isHeld: false, money: 0n, told: [[[orderId], 'placed']], errors: 0 };
	expect(await keep(async () => placed)).toEqual(free);
	expect(await keep(refuse('OrderBook_AlreadyPlaced', 'conflict'))).toEqual(free);
});

test('error: what the chain refuses is given back, and written down as a promise that was not kept', async () => {
	const refused = await keep(refuse('Catalog_SoldOut', 'conflict'));
	expect(refused).toEqual({ isHeld: false, money: 0n, told: [[[orderId], 'failed', 'Catalog_SoldOut']], errors: 1 });
});

test('error: goods and money stay held while nobody knows what became of them: they must not be promised to somebody else', async () => {
	const unknown = { isHeld: true, money: 5n, told: [], errors: 1 };
	expect(
		await keep(
			async () => placed,
			() => Promise.reject(new Error('the tables are gone')),
		),
	).toEqual(unknown);
	expect(await keep(refuse('Chain_Unreachable', 'unavailable'))).toEqual(unknown);
	expect(await keep(refuse('Operator_Stopping', 'unavailable'))).toEqual({ ...unknown, errors: 0 });
});
