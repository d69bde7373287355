import { readFileSync } from 'node:fs';
import { type Address, type Hex, toEventSelector } from 'viem';
import { describe, expect, test } from 'vitest';
import {
	checkPot,
	decidePot,
	drawOf,
	keptBackIn,
	type PotHistory,
	partsOf,
	potCommitmentOf,
	potMixOf,
	potSeedOf,
	potSubjectOf,
	showOfSubject,
} from './play.ts';
import { type PotLog, potHistoryOf } from './pot-history.ts';

interface Recorded {
	name: string;
	potId: string;
	armedHash: Hex | null;
	logs: PotLog[];
}

/** Events of the deployed bytecode; contracts/test/live/pots.test.ts compares them with it and writes them. */
const { cases } = JSON.parse(readFileSync(new URL('../../vectors/pots.json', import.meta.url), 'utf8')) as { cases: Recorded[] };
const historyOf = (name: string): PotHistory => {
	const found = cases.find((one) => one.name === name);
	const history = found && potHistoryOf(BigInt(found.potId), found.logs, found.armedHash);
	if (!history) throw new Error(`no history "${name}"`);
	return history;
};
const hex = (byte: string): Hex => `0x${byte.repeat(32)}`;
const person = (digit: string): Address => `0x${digit.repeat(40)}`;

describe('what the contract did is what the rules say', () => {
	test.each(cases)('default: $name', ({ name }) => expect(checkPot(historyOf(name))).toEqual([]));

	test('behavior: who kept a number back is counted and cannot be drawn', () => {
		const draw = historyOf('draw');
		expect(keptBackIn(draw)).toBe(1);
		expect(draw.entered).toHaveLength(12);
		expect(draw.candidates).toHaveLength(11);
		expect(keptBackIn(historyOf('lucky'))).toBe(0);
	});

	test('behavior: whoever shows a number after the block was named is noticed', () => {
		const { potId, armedHash, logs } = cases.find(({ name }) => name === 'draw') as Recorded;
		const shown = logs.findIndex(({ topics }) => topics[0] === toEventSelector('PotRevealed(uint256,address,bytes32)'));
		const decided = logs.findIndex(({ topics }) => topics[0] === toEventSelector('PotDecided(uint256,bytes32,bytes32,bytes32,bytes32)'));
		const late = [...logs.slice(0, shown), ...logs.slice(shown + 1, decided), logs[shown] as PotLog, ...logs.slice(decided)];
		expect(checkPot(potHistoryOf(BigInt(potId), late, armedHash) as PotHistory)).toContain('block');
	});

	test('behavior: logs of another pot are not this one', () => {
		const all = cases.flatMap(({ logs }) => logs);
		for (const { potId, armedHash } of cases) expect(checkPot(potHistoryOf(BigInt(potId), all, armedHash) as PotHistory)).toEqual([]);
		expect(potHistoryOf(99n, all, null)).toBeNull();
	});
});

describe('every lie is found out', () => {
	const lies: [string, Partial<PotHistory> | ((draw: PotHistory) => Partial<PotHistory>), string[]][] = [
		['another secret of the host', (draw) => ({ decided: draw.decided && { ...draw.decided, secret: hex('11') } }), ['secret', 'seed', 'winners']],
		['another seed than the numbers make', (draw) => ({ decided: draw.decided && { ...draw.decided, seed: hex('11') } }), ['seed']],
		['a block that was not named', { armedHash: hex('22') }, ['block']],
		['no block', { armed: null, armedHash: null }, ['secret', 'block']],
		['a secret kept back until the block was there', { armed: { withHost: true, late: true } }, ['block']],
		['a host without a say that has one', { armed: { withHost: false, late: false } }, ['secret']],
		['other winners', (draw) => ({ paid: draw.paid.with(0, { account: person('e'), amount: draw.paid[0]?.amount ?? 0n }) }), ['winners']],
		['a smaller prize', (draw) => ({ paid: draw.paid.with(1, { account: draw.paid[1]?.account ?? '0x', amount: 1n }) }), ['winners', 'sum']],
		['somebody nobody let in', (draw) => ({ candidates: [...draw.candidates, { account: person('e'), secret: hex('00') }] }), ['reveal']],
		['money that stays', { returned: 7n }, ['sum']],
	];
	test.each(lies)('error: %s', (_, lie, faults) => {
		const draw = historyOf('draw');
		expect(checkPot({ ...draw, ...(typeof lie === 'function' ? lie(draw) : lie) })).toEqual(expect.arrayContaining(faults));
	});
});

describe('chance', () => {
	test('default: parts add up, nobody goes away empty-handed, and the seed decides', () => {
		for (const count of [1, 2, 7, 100]) {
			const parts = partsOf(hex('ab'), 1_000_003n, count);
			expect(parts).toHaveLength(count);
			expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(1_000_003n);
			expect(parts.every((part) => part >= 1n)).toBe(true);
		}
		expect(partsOf(hex('ab'), 5n, 5)).toEqual([1n, 1n, 1n, 1n, 1n]);
		expect(partsOf(hex('ab'), 1_000_003n, 3)).not.toEqual(partsOf(hex('ac'), 1_000_003n, 3));
	});

	test('default: different numbers below the number of candidates; all of them when all win', () => {
		expect(drawOf(hex('ab'), 7, 7).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
		const drawn = drawOf(hex('ab'), 1000, 100);
		expect(new Set(drawn).size).toBe(100);
		expect(Math.max(...drawn)).toBeLessThan(1000);
	});

	test('behavior: fewer people than places share only what their places are worth', () => {
		const pot = { potId: 1n, places: 4, amount: 1001n };
		const by = { secret: hex('11'), blockHash: hex('22') };
		const candidates = [{ account: person('a'), secret: hex('00') }];
		expect(decidePot({ ...pot, kind: 'draw' }, candidates, by)).toEqual([{ account: person('a'), amount: 250n }]);
		expect(decidePot({ ...pot, kind: 'lucky' }, candidates, by)).toEqual([{ account: person('a'), amount: 250n }]);
		expect(decidePot({ ...pot, kind: 'draw' }, [], by)).toEqual([]);
	});

	test('behavior: one number more or less changes the seed; the order of showing does not', () => {
		const [one, other] = [
			{ account: person('a'), secret: hex('01') },
			{ account: person('b'), secret: hex('02') },
		];
		expect(potMixOf(1n, [one, other])).toBe(potMixOf(1n, [other, one]));
		expect(potMixOf(1n, [one])).not.toBe(potMixOf(1n, [one, other]));
		expect(potMixOf(1n, [one])).not.toBe(potMixOf(2n, [one]));
		const seed = potSeedOf(1n, hex('01'), hex('02'), hex('03'));
		for (const other of [potSeedOf(2n, hex('01'), hex('02'), hex('03')), potSeedOf(1n, hex('01'), hex('04'), hex('03'))]) expect(other).not.toBe(seed);
	});

	test('behavior: the same number seals differently for everybody', () =>
		expect(potCommitmentOf(person('a'), hex('01'))).not.toBe(potCommitmentOf(person('b'), hex('01'))));

	test('default: a pot names its show; other subjects name none', () => {
		expect(showOfSubject(potSubjectOf('0123456789abcdef'))).toBe('0123456789abcdef');
		expect(showOfSubject(hex('ff'))).toBeNull();
	});
});
