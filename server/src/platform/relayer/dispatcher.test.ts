import type { Hex } from 'viem';
import { expect, test } from 'vitest';
import type { Chain } from '../chain/chain.ts';
import type { Operator, OperatorTransaction } from '../chain/operator.ts';
import { type Carriage, Dispatcher } from './dispatcher.ts';

/** Intents are single bytes; a transaction that carries a bad one passes every simulation and fails in its block. */
function openYard(bad: number, settling?: () => boolean) {
	const sent: OperatorTransaction[] = [];
	const chain = { embedded: true, request: async () => '0x' } as unknown as Chain;
	const operator = {
		address: '0x00000000000000000000000000000000000000aa',
		async send(transaction: OperatorTransaction) {
			sent.push(transaction);
			const success = !Buffer.from(transaction.data?.slice(2) ?? '', 'hex').includes(bad);
			return { success, revertData: '0x', logs: [], transactionHash: `0x${sent.length}` as Hex, blockNumber: 1n };
		},
	} as unknown as Operator;
	const carriage: Carriage<number> = {
		capacity: 16,
		gas: (items) => BigInt(items.length) * 1000n,
		encode: (items) => ({ to: operator.address, data: `0x${Buffer.from(items).toString('hex')}` }),
		logsOf: () => [],
	};
	return { sent, dispatcher: new Dispatcher(chain, operator, 1, settling), carriage };
}

test('behavior: who fails only in the block is found by halving, and everybody else lands', async () => {
	const { sent, dispatcher, carriage } = openYard(11);
	const results = await Promise.allSettled(Array.from({ length: 16 }, (_, i) => dispatcher.dispatch(carriage, 'money', i)));
	expect(results.flatMap((result, i) => (result.status === 'rejected' ? [i] : []))).toEqual([11]);
	// All together, then two halves on each of four levels.
	expect(sent).toHaveLength(9);
});

test('behavior: a transaction may burn as much as its intents may, and no more', async () => {
	const { sent, dispatcher, carriage } = openYard(255);
	await dispatcher.dispatch(carriage, 'money', 1);
	await Promise.all([dispatcher.dispatch(carriage, 'money', 1), dispatcher.dispatch(carriage, 'money', 2)]);
	expect(sent.map((transaction) => transaction.gas)).toEqual([1000n, 2000n]);
});

test('behavior: a long queue of one kind of intents lets the other kinds through', async () => {
	const { sent, dispatcher, carriage } = openYard(255);
	const alone = { ...carriage, capacity: 1 };
	await Promise.all([...Array.from({ length: 20 }, () => dispatcher.dispatch(alone, 'money', 1)), dispatcher.dispatch(carriage, 'money', 2)]);
	expect(sent.findIndex((transaction) => transaction.data === '0x02')).toBe(1);
});

test('behavior: what is promised goes before catalogue and talk, and money does not wait; but nobody waits for ever', async () => {
	let settling = true;
	const { sent, dispatcher, carriage } = openYard(255, () => settling);
	const talk = dispatcher.dispatch({ ...carriage }, 'social', 3);
	await dispatcher.dispatch(carriage, 'money', 1);
	expect(sent.map(({ data }) => data)).toEqual(['0x01']);
	settling = false;
	await talk;
	settling = true;
	// Settlements without end: it is sent all the same.
	await dispatcher.dispatch(carriage, 'catalogue', 2);
	expect(sent.map(({ data }) => data)).toEqual(['0x01', '0x03', '0x02']);
});
