import { describe, expect, test } from 'vitest';
import {
	acceptOffer,
	cancelUntil,
	due,
	ended,
	isDigital,
	isOpen,
	type LifecycleTerms,
	type OrderAction,
	type OrderSlot,
	orderActions,
	orderStates,
	perform,
	placedSlot,
	rule,
	type Side,
} from './lifecycle.ts';
import { deadlineDefault, nextActions } from './next-actions.ts';
import { type Cell, cellsOf, lifecycleTable, stateOf, type TableSituation } from './test-lifecycle-table.ts';

/**
 * Every edge between two states, written by hand: who, what, when, and where it may lead under some terms. "late" is only after
 * the deadline, "in time" only until it, and nothing is said of steps that are possible at any time.
 */
const EDGES = `
none
	buyer place → placed shipped
placed
	seller ship in time → shipped
	buyer cancel → refunded
	anyone settleDue late → refunded
shipped
	buyer acknowledge in time → delivered
	buyer requestRefund in time → requested refunded
	buyer requestPart in time → requested settled
	buyer requestReturn in time → requested refunded
	buyer requestExchange in time → requested replacing
	buyer dispute in time → disputed contested
	anyone settleDue late → delivered completed warranty
delivered
	buyer requestRefund in time → requested refunded
	buyer requestPart in time → requested settled
	buyer requestReturn in time → requested returning
	buyer requestExchange in time → requested returning
	buyer dispute in time → disputed contested
	anyone settleDue late → completed warranty
requested
	seller grant → refunded settled returning replacing
	seller dispute in time → disputed contested
	anyone settleDue late → refunded settled returning replacing
returning
	buyer sendBack in time → returned
	anyone settleDue late → completed warranty
returned
	seller acceptReturn → refunded replacing
	seller dispute in time → disputed contested
	anyone settleDue late → refunded
replacing
	seller ship in time → shipped
	anyone settleDue late → refunded
contested
	buyer join in time → disputed
	seller join in time → disputed
	anyone settleDue late → refunded completed warranty
disputed
	arbitrator rule in time → ruled
	anyone settleDue late → ruled
warranty
	buyer requestRefund in time → requested
	buyer requestPart in time → requested
	buyer requestReturn in time → requested
	buyer requestExchange in time → requested
	anyone settleDue late → completed
`;
/** Possible in every open state. A sale that is confirmed under a warranty leaves the reserve behind; a claim that is dropped leads back to it. */
const EVERYWHERE = ['buyer confirm → completed warranty', 'seller refund → refunded', 'buyer settle → settled', 'seller settle → settled'];
const FINAL = ['completed', 'refunded', 'ruled', 'settled'];

/** Whose silence each deadline waits for. */
const TURN: Record<string, Side | 'other' | null> = {
	placed: 'seller',
	shipped: 'buyer',
	delivered: 'buyer',
	requested: 'seller',
	returning: 'buyer',
	returned: 'seller',
	replacing: 'seller',
	contested: 'other',
	disputed: null,
	warranty: 'buyer',
};

const rows = lifecycleTable.groups.flatMap((group) => group.situations.map((situation) => ({ ...group, situation, cells: cellsOf(situation) })));

function writtenByHand(): string[] {
	let state = '';
	const edges = EDGES.trim()
		.split('\n')
		.flatMap((line) => {
			if (!line.startsWith('\t')) state = line;
			return line.startsWith('\t') ? [`${state}: ${line.trim()}`] : [];
		});
	const open = Object.keys(TURN);
	const concessions = open.flatMap((one) => EVERYWHERE.map((step) => `${one}: ${one === 'warranty' ? step.replace(' warranty', '') : step}`));
	return [...edges, ...concessions].flatMap((edge) => {
		const [step = '', targets = ''] = edge.split(' → ');
		return targets.split(' ').map((to) => `${step} → ${to}`);
	});
}

function inTheTable(): string[] {
	const moments = Map.groupBy(
		rows.flatMap(({ cells }) => cells.filter(({ refused }) => !refused)),
		({ from, to, move, actor }) => [stateOf(from), move, actor, stateOf(to)].join(' '),
	);
	const edges = [...moments].map(([key, cells]) => {
		const [from = '', move = '', actor = '', to = ''] = key.split(' ');
		return { from, move, actor, to, when: timeOf(move, cells) };
	});
	const anyone = edges.filter(({ actor }) => actor === 'stranger').map((edge) => ({ ...edge, actor: 'anyone' }));
	const own = edges.filter((edge) => !anyone.some(({ from, move, to }) => from === edge.from && move === edge.move && to === edge.to));
	return [...own, ...anyone].map(({ from, move, actor, to, when }) => `${from}: ${actor} ${move}${when} → ${to}`);
}

function timeOf(move: string, cells: Cell[]): string {
	if (move === 'place' || move === 'cancel') return '';
	const [early, late] = [cells.some((cell) => !cell.late), cells.some((cell) => cell.late)];
	return early && late ? '' : late ? ' late' : ' in time';
}

/** The slot that a situation's path leads to, by the model. */
function walk(terms: LifecycleTerms, { path }: TableSituation): { slot: OrderSlot; now: number } {
	let now = lifecycleTable.placedAt;
	let slot = placedSlot(terms, now);
	for (const { move, actor, after } of path.slice(1)) {
		now += after;
		const next = take(terms, slot, move, actor, now);
		if (typeof next === 'string') throw new Error(`${move} by ${actor}: ${next}`);
		slot = next;
	}
	return { slot, now };
}

function take(terms: LifecycleTerms, slot: OrderSlot, move: string, actor: string, now: number): OrderSlot | string {
	const role = actor === 'stranger' ? null : (actor as Side | 'arbitrator');
	if (move === 'settleDue') return due(terms, slot, now);
	if (move === 'settle') return acceptOffer(slot, role);
	if (move === 'rule') return rule(slot, role, now);
	if (move === 'requestPart') return perform(terms, slot, 'requestRefund', role, now, 5000);
	return perform(terms, slot, move as OrderAction, role, now);
}

const placed = rows.filter(({ situation }) => situation.situation !== 'none');
const open = placed.filter(({ situation }) => isOpen(stateOf(situation.situation) as OrderSlot['state']));

test('the table holds the edges written by hand, no more and no less', () => {
	expect(inTheTable().toSorted()).toEqual(writtenByHand().toSorted());
});

test('the table reaches every state', () => {
	expect([...new Set(rows.map(({ situation }) => stateOf(situation.situation)))].toSorted()).toEqual([...orderStates].toSorted());
	for (const { path } of placed.map(({ situation }) => situation)) expect(path[0]?.move).toBe('place');
});

describe('what holds in every situation', () => {
	test('an ended order refuses everything', () => {
		for (const { situation, cells } of placed.filter((row) => FINAL.includes(stateOf(row.situation.situation)))) {
			expect(cells.filter(({ refused }) => !refused).map(({ move }) => `${situation.situation}: ${move}`)).toEqual([]);
		}
	});

	test('an open order has a deadline, and anyone can have its default carried out, but not a second before', () => {
		for (const { values, situation, cells } of open) {
			const { slot, now } = walk(values, situation);
			expect(slot.deadline, situation.situation).toBeGreaterThan(0);
			const pokes = cells.filter(({ move }) => move === 'settleDue');
			for (const { actor, after, refused, to } of pokes) expect([actor, after, refused], to).toEqual([actor, after, now + after <= slot.deadline]);
			expect(deadlineDefault(values, slot)).not.toBeNull();
		}
	});

	test('waiting states end: no deadline is ever further than the longest the terms know, and each step counts', () => {
		for (const { values, situation, cells } of open) {
			const longest = Math.max(values.returnSeconds, values.warrantySeconds, values.confirmBySeconds, values.shipBySeconds, 30 * 86_400);
			expect(walk(values, situation).slot.step).toBe(situation.path.length - 1);
			for (const cell of cells) if (!cell.refused && cell.waits !== null && cell.move !== 'place') expect(cell.waits).toBeLessThanOrEqual(longest);
		}
	});

	test('only the parties, and the arbitrator in a dispute, move an order; everybody else only what is due', () => {
		for (const { cells } of open) {
			for (const { actor, move, from } of cells.filter(({ refused }) => !refused)) {
				if (actor === 'stranger') expect(move).toBe('settleDue');
				if (actor === 'arbitrator') expect(move === 'settleDue' || (move === 'rule' && stateOf(from) === 'disputed')).toBe(true);
			}
		}
	});
});

describe('the present party never loses to the absent one', () => {
	/** Who gains by a state, seen from the money: after these the buyer or the seller has it, or will unless the other acts again. */
	const favours: Record<string, Side | null> = {
		refunded: 'buyer',
		settled: 'buyer',
		returning: 'buyer',
		replacing: 'buyer',
		completed: 'seller',
		warranty: 'seller',
		delivered: 'seller',
		ruled: null,
	};

	test('what is due goes against the side whose turn it was, and to nobody when the arbitrator slept', () => {
		for (const { values, situation, cells } of open) {
			const { slot } = walk(values, situation);
			const turn = TURN[slot.state];
			const absent = turn === 'other' ? (slot.opener === 'buyer' ? 'seller' : 'buyer') : turn;
			for (const { to, move, refused } of cells) {
				if (move !== 'settleDue' || refused) continue;
				expect([situation.situation, to, favours[stateOf(to)]]).toEqual([situation.situation, to, absent && (absent === 'buyer' ? 'seller' : 'buyer')]);
			}
		}
	});

	test('each side whose turn it is can act until the last second', () => {
		for (const { values, situation } of open) {
			const { slot } = walk(values, situation);
			const turn = TURN[slot.state];
			const side = turn === 'other' ? (slot.opener === 'buyer' ? 'seller' : 'buyer') : turn;
			if (!side) continue;
			// Beyond a mere concession. A warranty's end is nobody's fault, and a claim can outlive the warranty.
			const steps = orderActions.filter((action) => action !== 'confirm' && action !== 'refund');
			const able = steps.filter((action) => typeof perform(values, slot, action, side, slot.deadline) !== 'string');
			expect(able.length, situation.situation).toBeGreaterThan(0);
		}
	});
});

describe('no party alone takes the other one’s money', () => {
	/** Everything one side reaches by its own steps alone, while no deadline of the other side passes. Its own deadlines may pass. */
	function* alone(values: LifecycleTerms, start: { slot: OrderSlot; now: number }, side: Side): Generator<{ slot: OrderSlot; how: string[] }> {
		const seen = new Set<string>();
		const queue = [{ ...start, how: [] as string[] }];
		for (let one = queue.shift(); one; one = queue.shift()) {
			yield one;
			const { slot, now, how } = one;
			const turn = TURN[slot.state] === 'other' ? (slot.opener === 'buyer' ? 'seller' : 'buyer') : TURN[slot.state];
			const next: [string, OrderSlot | string, number][] = orderActions.map((action) => [action, perform(values, slot, action, side, now + 1), now + 1]);
			if (turn === side) next.push(['settleDue', due(values, slot, slot.deadline + 1), slot.deadline + 1]);
			for (const [move, then, at] of next) {
				if (typeof then === 'string' || seen.has(`${move} ${JSON.stringify({ ...then, step: 0, deadline: 0, warrantyEnd: then.warrantyEnd > 0 })}`)) continue;
				seen.add(`${move} ${JSON.stringify({ ...then, step: 0, deadline: 0, warrantyEnd: then.warrantyEnd > 0 })}`);
				queue.push({ slot: then, now: at, how: [...how, move] });
			}
		}
	}

	test('a seller alone is never paid, but for the part that a buyer who asked for a part left', () => {
		for (const { values, situation } of open) {
			const start = walk(values, situation);
			const asked = start.slot.state === 'requested' && start.slot.bps < 10_000 ? [] : ['settled'];
			// Under a warranty all but the reserve is paid already.
			for (const { slot, how } of alone(values, start, 'seller')) {
				expect(['completed', ...asked], `${situation.situation}: ${how.join(', ')}`).not.toContain(slot.state);
				if (start.slot.warrantyEnd === 0) expect(slot.warrantyEnd, `${situation.situation}: ${how.join(', ')}`).toBe(0);
			}
		}
	});

	test('a buyer alone gets money back only in the cancel window, or by a right that the terms name', () => {
		const ways = new Set<string>();
		for (const { terms, values, situation } of open) {
			const start = walk(values, situation);
			for (const { slot, how } of alone(values, start, 'buyer')) {
				if (slot.state === 'refunded' || slot.state === 'settled') ways.add(`${terms}: ${stateOf(situation.situation)}: ${how.join(', ')}`);
			}
		}
		const names = [...ways].map((way) => way.replace(/^(\w+): (\w+): .*?(\w+)$/, '$1: $3'));
		expect([...new Set(names)].toSorted()).toEqual(
			[
				...['plain', 'returns', 'everything', 'everythingBeforeACourt', 'preOrder'].map((terms) => `${terms}: cancel`),
				// Refund only, by right inside the return window.
				'everything: requestRefund',
				'everythingBeforeACourt: requestRefund',
				'digitalWithReturn: requestRefund',
				'digitalWithReturn: requestReturn',
			].toSorted(),
		);
	});
});

describe('rights', () => {
	test('a remedy takes effect by itself only inside the return window, and only as the terms name it', () => {
		for (const { values, situation, cells } of open) {
			const { slot, now } = walk(values, situation);
			for (const { move, to, after, refused } of cells.filter((cell) => cell.move.startsWith('request') && cell.actor === 'buyer')) {
				if (refused || stateOf(to) === 'requested') continue;
				expect(values.returnSeconds).toBeGreaterThan(0);
				expect(slot.warrantyEnd).toBe(0);
				if (isDigital(values)) expect([slot.state, now + after <= lifecycleTable.placedAt + values.returnSeconds]).toEqual(['shipped', true]);
				else expect(slot.state).toBe('delivered');
				if (move === 'requestExchange') expect([values.remedies & 1, slot.exchanged]).toEqual([1, false]);
				if (move === 'requestRefund' || move === 'requestPart') expect(values.remedies & 2).toBe(2);
			}
		}
	});

	test('a pre-order can be cancelled until an hour after its ship date', () => {
		const { values } = lifecycleTable.groups.find(({ terms }) => terms === 'preOrder')!;
		const slot = placedSlot(values, lifecycleTable.placedAt);
		expect(cancelUntil(values, slot)).toBe(values.shipDate + 3600);
		expect(slot.deadline).toBe(values.shipDate + values.shipBySeconds);
	});

	test('an asked part is between nothing and all', () => {
		const { values } = lifecycleTable.groups[0]!;
		const slot = perform(values, placedSlot(values, 0), 'ship', 'seller', 1) as OrderSlot;
		expect(perform(values, slot, 'requestRefund', 'buyer', 2, 0)).toBe('OrderBook_InvalidShare');
		expect(perform(values, slot, 'requestRefund', 'buyer', 2, 10_001)).toBe('OrderBook_InvalidShare');
		expect(perform(values, slot, 'requestReturn', 'buyer', 2, 0)).toMatchObject({ state: 'requested', bps: 10_000 });
	});
});

describe('nextActions', () => {
	test('offers exactly what the table allows, and says until when', () => {
		for (const { values, situation, cells } of placed) {
			const { slot, now } = walk(values, situation);
			for (const actor of lifecycleTable.actors) {
				const role = actor === 'stranger' ? null : (actor as Side | 'arbitrator');
				for (const after of new Set(Object.values(situation.moments))) {
					const offered = nextActions({ slot, terms: values, reviewed: true }, role, now + after);
					const allowed = cells.filter((cell) => cell.actor === actor && cell.after === after && !cell.refused && cell.move !== 'requestPart');
					expect(offered.map(({ action }) => action).toSorted(), `${situation.situation} ${actor}`).toEqual(allowed.map(({ move }) => move).toSorted());
					for (const { action, until, byRight } of offered) {
						if (until !== null) expect(typeof take(values, slot, action, actor, until), `${action} at ${until}`).not.toBe('string');
						if (until !== null) expect(typeof take(values, slot, action, actor, until + 1), `${action} after ${until}`).toBe('string');
						else expect(typeof take(values, slot, action, actor, now + after + 1_000_000)).not.toBe('string');
						const cell = allowed.find(({ move }) => move === action);
						if (byRight !== undefined) expect(byRight, action).toBe(stateOf(cell?.to ?? '') !== 'requested');
					}
				}
			}
		}
	});

	test('offers a review once the sale is over, once', () => {
		const slot = placedSlot(lifecycleTable.groups[0]!.values, 0);
		const over = { slot: { ...slot, state: 'completed' as const, deadline: 0 }, terms: lifecycleTable.groups[0]!.values };
		expect(nextActions(over, 'buyer', 1)).toEqual([{ action: 'review', until: null }]);
		expect(nextActions({ ...over, reviewed: true }, 'buyer', 1)).toEqual([]);
		expect(ended('completed')).toBe(true);
	});
});
