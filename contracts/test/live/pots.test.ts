import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { type Address, type Hex, numberToHex, type TransactionReceipt, toEventSelector } from 'viem';
import {
	armedBlockOf,
	checkPot,
	decidePotData,
	drawOf,
	enterPotData,
	keepPotData,
	MAX_DRAWN,
	openPotCalls,
	type PotHistory,
	type PotKind,
	type PotLog,
	partsOf,
	potCommitmentOf,
	potHistoryOf,
	revealPotData,
} from '../../../protocol/src/live/index.ts';
import { keyOf, Market } from '../../scripts/market.ts';

// What the deployed bytecode says of a pot is what the protocol recomputes. The protocol's own test reads the same histories from
// vectors/pots.json; `VECTORS=write` writes them anew.

const RICH = 10n ** 12n;
/** Unix seconds. */
const FIRST = 1_900_000_000;
/** What the relayer brings along for one call. */
const RELAYED_GAS = 4_000_000n;
const SECRET = keyOf("the host's secret");
const vectors = new URL('../../../protocol/vectors/pots.json', import.meta.url);

interface Recorded {
	name: string;
	potId: string;
	armedHash: Hex | null;
	logs: PotLog[];
}

let market: Market;
let host: Address;
/** People who never had a balance here. */
const people = Array.from({ length: 12 }, (_, i) => numberToHex(BigInt(keyOf(`guest ${i}`)) >> 96n, { size: 20 }));
const recorded: Recorded[] = [];
let potId = 0n;
let logs: PotLog[] = [];

const keep = ({ logs: fresh }: TransactionReceipt) => {
	logs.push(...fresh.filter(({ address }) => address === market.pots.address.toLowerCase()).map(({ topics, data }) => ({ topics: [...topics], data })));
};
const call = async (data: Hex, gas?: bigint) => {
	const receipt = await market.chain.send({ from: host, to: market.pots.address, data, ...(gas === undefined ? {} : { gas }) });
	keep(receipt);
	return receipt;
};

async function open(kind: PotKind, places: number, amount: bigint): Promise<{ until: number }> {
	[logs, potId] = [[], potId + 1n];
	// The chain's clock runs with the machine's: recorded histories must not tell how busy that was.
	const now = FIRST + Number(potId) * 100_000;
	await market.chain.at(now);
	const until = now + 600;
	const revealSeconds = kind === 'draw' ? 60 : 0;
	const commitment = potCommitmentOf(host, SECRET);
	const contracts = { orderBook: market.orderBook.address, pots: market.pots.address };
	const wish = { host, currency: market.token.address, amount, kind, places, entriesUntil: until, revealSeconds, operatorId: 1, commitment };
	for (const { to, data } of openPotCalls(contracts, { ...wish, show: '0123456789abcdef', balance: RICH }))
		keep(await market.chain.send({ from: host, to, data }));
	return { until };
}

async function enter(account: Address, secret: Hex | null = null): Promise<void> {
	const data = enterPotData(potId, account, secret === null ? null : potCommitmentOf(account, secret));
	keep(await market.chain.send({ from: market.operator, to: market.pots.address, data }));
}

function historyOf(armedHash: Hex | null = null): PotHistory {
	const history = potHistoryOf(potId, logs, armedHash);
	assert.ok(history);
	return history;
}

const ARMED = toEventSelector('PotArmed(uint256,uint256,bool)');

/** The hash of a block follows from all that is on the chain, other contracts too: what it decides is compared by the rules alone. */
function withoutChance({ name, potId: id, logs: all }: Recorded) {
	const armed = all.findIndex(({ topics }) => topics[0] === ARMED);
	const before = armed === -1 ? all : all.slice(0, armed);
	return { name, id, before, after: all.slice(before.length).map(({ topics }) => topics[0]) };
}

/** Has a block decide, and makes it; its hash, as the chain says. */
async function arm(): Promise<Hex> {
	await call(keepPotData('arm', potId));
	await market.chain.mine(2);
	const blockNumber = armedBlockOf(potId, logs);
	assert.ok(blockNumber !== null);
	return (await market.chain.client.getBlock({ blockNumber })).hash;
}

const secretOf = (account: Address) => keyOf(`secret of ${account}`);

describe('pots on the deployed bytecode, recomputed by the protocol', () => {
	before(async () => {
		market = await Market.open();
		host = (await market.wallet('host of pots')).address;
		await market.stake(host, RICH);
		await market.chain.write(market.operator, market.operators, 'register', [market.operator]);
	});

	it('a packet of equal parts', async () => {
		await open('even', 3, 1_000_003n);
		for (const account of people.slice(0, 3)) await enter(account);
		assert.deepEqual(checkPot(historyOf()), []);
		assert.equal(historyOf().returned, 1n);
		recorded.push({ name: 'even', potId: `${potId}`, armedHash: null, logs });
	});

	it('a packet by chance: the parts are those of the seed', async () => {
		await open('lucky', 7, 1_000_003n);
		for (const account of people.slice(0, 7)) await enter(account);
		const hash = await arm();
		await call(decidePotData(potId, SECRET));
		const history = historyOf(hash);
		assert.deepEqual(checkPot(history), []);
		assert.deepEqual(
			history.paid.map(({ amount }) => amount),
			partsOf(history.decided?.seed ?? '0x', 1_000_003n, 7),
		);
		recorded.push({ name: 'lucky', potId: `${potId}`, armedHash: hash, logs });
	});

	it('a draw with secrets of both sides, and one that was kept back', async () => {
		const { until } = await open('draw', 3, 900n);
		for (const [i, account] of people.slice(0, 12).entries()) await enter(account, i % 3 === 0 ? null : secretOf(account));
		await market.chain.at(until + 1);
		for (const account of [4, 1, 2, 5, 7, 8, 10].map((i) => people[i] as Address)) await call(revealPotData(potId, account, secretOf(account)));
		await market.chain.at(until + 61);
		const hash = await arm();
		await call(decidePotData(potId, SECRET));
		const history = historyOf(hash);
		assert.deepEqual(checkPot(history), []);
		assert.equal(history.candidates.length, 11);
		assert.deepEqual(
			history.paid.map(({ account }) => account),
			drawOf(history.decided?.seed ?? '0x', 11, 3).map((i) => history.candidates[i]?.account),
		);
		recorded.push({ name: 'draw', potId: `${potId}`, armedHash: hash, logs });
	});

	it('a silent host: the block that was named decides', async () => {
		const { until } = await open('draw', 1, 900n);
		for (const account of people.slice(0, 5)) await enter(account);
		await market.chain.at(until + 61);
		const first = await arm();
		await market.chain.at((await market.chain.now()) + 121);
		const hash = await arm();
		await call(keepPotData('decideByBlock', potId));
		assert.deepEqual(checkPot(historyOf(hash)), []);
		assert.equal(historyOf(hash).armed?.withHost, false);
		assert.deepEqual(checkPot(historyOf(first)), ['block']);
		recorded.push({ name: 'silent', potId: `${potId}`, armedHash: hash, logs });
	});

	for (const kind of ['lucky', 'draw'] as const)
		it(`as many winners of a ${kind} pot as there may be, none of whom ever had money here, are paid within a relayed call`, async () => {
			const { until } = await open(kind, MAX_DRAWN, 10_000_000n);
			for (let i = 0; i < MAX_DRAWN; i++) await enter(numberToHex(BigInt(keyOf(`${kind} ${i}`)) >> 96n, { size: 20 }));
			await market.chain.at(until + 61);
			const hash = await arm();
			const { gasUsed } = await call(decidePotData(potId, SECRET), RELAYED_GAS);
			assert.ok(gasUsed < RELAYED_GAS, `${gasUsed} gas`);
			assert.equal(historyOf(hash).paid.length, MAX_DRAWN);
			assert.deepEqual(checkPot(historyOf(hash)), []);
		});

	it('the recorded histories are those of the bytecode', () => {
		if (process.env.VECTORS === 'write') writeFileSync(vectors, `${JSON.stringify({ cases: recorded }, null, '\t')}\n`);
		const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as { cases: Recorded[] };
		assert.deepEqual(cases.map(withoutChance), recorded.map(withoutChance));
	});
});
