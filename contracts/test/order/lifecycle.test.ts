import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import type { Address } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { Refusal } from '../../scripts/chain.ts';
import { Market } from '../../scripts/market.ts';
import { actionNumber, type Order } from '../../scripts/orders.ts';

interface Row {
	from: string;
	action: 'place' | 'ship' | 'confirm' | 'cancel' | 'refund' | 'dispute' | 'rule' | 'settleDue';
	actor: 'buyer' | 'seller' | 'arbitrator' | 'stranger';
	time: 'early' | 'open' | 'late' | null;
	to?: string;
	error?: string;
}

const path = new URL('../../../protocol/vectors/order-lifecycle.json', import.meta.url);
const vectors: {
	terms: { shipBySeconds: number; confirmBySeconds: number; cancelSeconds: number };
	states: string[];
	seconds: Record<string, Record<string, number>>;
	rows: Row[];
} = JSON.parse(readFileSync(path, 'utf8'));

/** How each state is reached. */
const ways: Record<string, { action: Row['action']; actor: Row['actor']; time?: string }[]> = {
	none: [],
	placed: [{ action: 'place', actor: 'buyer' }],
	shipped: [{ action: 'ship', actor: 'seller' }],
	disputed: [{ action: 'dispute', actor: 'buyer' }],
	completed: [{ action: 'confirm', actor: 'buyer' }],
	refunded: [{ action: 'refund', actor: 'seller' }],
	ruled: [{ action: 'rule', actor: 'arbitrator' }],
};
const before_: Record<string, string | null> = {
	none: null,
	placed: 'none',
	shipped: 'placed',
	disputed: 'shipped',
	completed: 'placed',
	refunded: 'placed',
	ruled: 'disputed',
};

describe('order lifecycle, every row of the table', () => {
	let market: Market;
	let order: Order;
	let wallets: Record<Row['actor'], PrivateKeyAccount>;

	before(async () => {
		market = await Market.open();
		wallets = { ...market.keys, buyer: await market.wallet('buyer'), stranger: await market.wallet('stranger') };
		const terms = market.terms(vectors.terms);
		order = market.order(await market.publish(terms, 10), terms, wallets.buyer.address);
		await market.allow(wallets.buyer.address, 10n ** 12n);
	});

	async function directly(action: Row['action'], actor: Address): Promise<void> {
		const { chain, orderBook } = market;
		if (action === 'place') await chain.write(actor, orderBook, 'placeOrder', [order]);
		else if (action === 'rule') await chain.write(actor, orderBook, 'rule', [order, 5000]);
		else if (action === 'settleDue') await chain.write(actor, orderBook, 'settleDue', [order]);
		else await market.perform(actor, order, action);
	}

	async function signed(action: keyof typeof actionNumber, actor: PrivateKeyAccount): Promise<void> {
		const intent = await market.signAction(actor, order, action);
		await market.chain.write(market.operator, market.orderBook, 'act', [[intent]]);
	}

	async function reach(state: string): Promise<void> {
		const previous = before_[state];
		if (previous) await reach(previous);
		for (const step of ways[state] ?? []) await directly(step.action, wallets[step.actor].address);
	}

	async function outcome(step: () => Promise<void>): Promise<string> {
		try {
			await step();
		} catch (error) {
			if (error instanceof Refusal) return error.errorName;
			throw error;
		}
		return (await market.stateOf(order)).state;
	}

	/** Runs the row's step at the row's time and takes everything back. */
	async function drive(row: Row, step: () => Promise<void>): Promise<void> {
		const snapshot = await market.chain.snapshot();
		await reach(row.from);
		if (row.time) await market.chain.at((await market.chain.now()) + vectors.seconds[row.from]![row.time]!);
		const got = await outcome(step);
		await market.chain.restore(snapshot);
		assert.equal(got, row.to ?? row.error, JSON.stringify(row));
	}

	for (const state of vectors.states) {
		const rows = vectors.rows.filter((row) => row.from === state);
		it(`from ${state}: called by the actor`, async () => {
			for (const row of rows) await drive(row, () => directly(row.action, wallets[row.actor].address));
		});
		it(`from ${state}: signed by the actor, submitted by a relayer`, async () => {
			for (const row of rows) {
				const { action } = row;
				if (action in actionNumber) await drive(row, () => signed(action as keyof typeof actionNumber, wallets[row.actor]));
			}
		});
	}
});
