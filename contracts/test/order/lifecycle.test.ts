import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type Address, encodeFunctionData, type Hex, keccak256, toHex, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { orderBookAbi } from '../../../protocol/src/generated/index.ts';
import { type Cell, cellsOf, lifecycleTable, stateOf, type TableSituation } from '../../../protocol/src/order/test-lifecycle-table.ts';
import { Refusal } from '../../scripts/chain.ts';
import { Market } from '../../scripts/market.ts';
import { type Action, actionNumber, type Order, packed } from '../../scripts/orders.ts';

type Actor = 'buyer' | 'seller' | 'arbitrator' | 'stranger';

/** A court in ten bytes: whatever it is asked, it answers 1000, its fee. */
const COURT_CODE = '0x6103e860005260206000f3';
const HALF_BPS = 5000;
const RICH = 10n ** 15n;
const GAS = toHex(5_000_000);

/** The action behind a move, for moves that are actions. */
function actionOf(move: string): { action: Action; bps: number } | null {
	if (move === 'requestPart') return { action: 'requestRefund', bps: HALF_BPS };
	if (!(move in actionNumber)) return null;
	return { action: move as Action, bps: move === 'requestRefund' ? 10_000 : 0 };
}

const encode = (functionName: string, args: readonly unknown[]) =>
	encodeFunctionData({ abi: orderBookAbi, functionName, args: packed(args) } as unknown as Parameters<typeof encodeFunctionData>[0]);

/** One order under one kind of terms, and every call that can be made about it. */
class Stage {
	private readonly market: Market;
	private readonly wallets: Record<Actor, PrivateKeyAccount>;
	private readonly court: boolean;
	private readonly calldata = new Map<string, Hex>();
	readonly order: Order;

	constructor(market: Market, wallets: Record<Actor, PrivateKeyAccount>, order: Order, court: boolean) {
		this.market = market;
		this.wallets = wallets;
		this.order = order;
		this.court = court;
	}

	/** Who sends what, so that `actor` makes the move by calling. */
	async called(move: string, actor: Actor, step: number): Promise<{ from: Address; data: Hex }> {
		const from = this.wallets[actor].address;
		const key = move === 'settle' ? `${move} ${actor} ${step}` : move;
		const data = this.calldata.get(key) ?? (await this.encode(move, actor, step));
		this.calldata.set(key, data);
		return { from, data };
	}

	private async encode(move: string, actor: Actor, step: number): Promise<Hex> {
		const action = actionOf(move);
		if (move === 'place') return encode('placeOrder', [this.order]);
		if (move === 'rule') return encode('rule', [this.order, HALF_BPS]);
		if (move === 'settleDue') return encode('settleDue', [this.order]);
		if (move === 'settle') return encode('settle', [this.order, await this.offer(actor, step)]);
		if (!action) throw new Error(`no such move: ${move}`);
		return encode('perform', [this.order, actionNumber[action.action], action.bps, zeroHash]);
	}

	/** The other side's. */
	private offer(actor: Actor, step: number) {
		return this.market.signOffer(this.wallets[actor === 'buyer' ? 'seller' : 'buyer'], this.order, HALF_BPS, step);
	}

	/** The same by signature, submitted by a relayer; null where there is none, or where the actor is a court and cannot sign. */
	async signed(move: string, actor: Actor, step: number): Promise<{ from: Address; data: Hex } | null> {
		const action = actionOf(move);
		if (!action || (this.court && actor === 'arbitrator')) return null;
		const intent = await this.market.signAction(this.wallets[actor], this.order, action.action, zeroHash, action.bps, step);
		return { from: this.market.operator, data: encode('act', [[intent]]) };
	}
}

describe('order lifecycle, every row of the table on the deployed bytecode', () => {
	let market: Market;
	let wallets: Record<Actor, PrivateKeyAccount>;

	before(async () => {
		market = await Market.open();
		wallets = { ...market.keys, buyer: await market.wallet('buyer'), stranger: await market.wallet('stranger') };
		for (const { address } of Object.values(wallets)) await market.allow(address, RICH);
	});

	async function stage(values: (typeof lifecycleTable.groups)[number]['values']): Promise<Stage> {
		const { court, ...windows } = values;
		const code = court ? COURT_CODE : '0x';
		await market.chain.provider.request({ method: 'hardhat_setCode', params: [market.arbitrator, code] });
		const terms = market.terms({ ...windows, restockingBps: 500, returnShippingPrice: 1_000_000n });
		const order = market.order(await market.publish(terms, 10), terms, wallets.buyer.address, { salt: keccak256(toHex(JSON.stringify(values))) });
		return new Stage(market, wallets, order, court);
	}

	const send = ({ from, data }: { from: Address; data: Hex }) => market.chain.send({ from, to: market.orderBook.address, data });

	async function reach(on: Stage, { path }: TableSituation): Promise<number> {
		let now = lifecycleTable.placedAt;
		for (const [index, { move, actor, after }] of path.entries()) {
			now = index === 0 ? lifecycleTable.placedAt : now + after;
			await market.chain.at(now);
			await send(await on.called(move, actor as Actor, Math.max(index - 1, 0)));
		}
		return path.length === 0 ? lifecycleTable.placedAt - 60 : now;
	}

	/** The error with which a call is refused at the latest block's time; null when it is not. */
	async function refusal({ from, data }: { from: Address; data: Hex }): Promise<string | null> {
		const call = { from, to: market.orderBook.address, data, gas: GAS };
		const error = await market.chain.refusalOf({ method: 'eth_call', params: [call, 'latest'] });
		return error instanceof Refusal ? error.errorName : null;
	}

	async function check(on: Stage, cell: Cell, now: number, step: number, call: { from: Address; data: Hex }): Promise<void> {
		const what = `${JSON.stringify(cell)} step ${step}`;
		if (cell.refused) return assert.equal(await refusal(call), cell.to, what);
		const snapshot = await market.chain.snapshot();
		await market.chain.at(now);
		await send(call);
		const after = await market.stateOf(on.order);
		await market.chain.restore(snapshot);
		const expected = { state: stateOf(cell.to), deadline: cell.waits === null ? 0 : now + cell.waits, step: cell.move === 'place' ? 0 : step + 1 };
		assert.deepEqual(after, expected, what);
	}

	/** Every cell of a situation's row, in the order of time. Returns how many were driven, called and signed. */
	async function drive(on: Stage, situation: TableSituation): Promise<number> {
		const { chain } = market;
		const snapshot = await chain.snapshot();
		const since = await reach(on, situation);
		const step = Math.max(situation.path.length - 1, 0);
		const signed = new Map<string, { from: Address; data: Hex } | null>();
		const [first] = Object.keys(situation.moments);
		let driven = 0;
		for (const [moment, cells] of Map.groupBy(cellsOf(situation), (cell) => cell.moment)) {
			const now = since + (situation.moments[moment] ?? 0);
			const here = await chain.snapshot();
			const calls: [Cell, { from: Address; data: Hex }][] = [];
			for (const cell of cells) {
				const actor = cell.actor as Actor;
				calls.push([cell, await on.called(cell.move, actor, step)]);
				// A refusal by state or actor is the same by signature at every moment: once is enough.
				if (cell.refused && moment !== first && cell.to !== 'OrderBook_TooLate') continue;
				const key = `${cell.move} ${actor}`;
				if (!signed.has(key)) signed.set(key, await on.signed(cell.move, actor, step));
				const intent = signed.get(key);
				if (intent) calls.push([cell, intent]);
			}
			for (const [cell, call] of calls.filter(([{ refused }]) => !refused)) await check(on, cell, now, step, call);
			await chain.at(now);
			await chain.provider.request({ method: 'evm_mine' });
			for (const [cell, call] of calls.filter(([{ refused }]) => refused)) await check(on, cell, now, step, call);
			await chain.restore(here);
			driven += calls.length;
		}
		await chain.restore(snapshot);
		return driven;
	}

	for (const group of lifecycleTable.groups) {
		for (const situation of group.situations) {
			it(`${group.terms}: ${situation.situation}`, async () => {
				const snapshot = await market.chain.snapshot();
				assert.ok((await drive(await stage(group.values), situation)) >= lifecycleTable.moves.length * lifecycleTable.actors.length);
				await market.chain.restore(snapshot);
			});
		}
	}
});
