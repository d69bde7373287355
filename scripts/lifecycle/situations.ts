import { cancelUntil, ended, isDigital, isOpen, type LifecycleTerms, type OrderSlot } from '../../protocol/src/order/lifecycle.ts';
import { REMEDY_EXCHANGE } from '../../protocol/src/order/order.ts';
import { type Actor, actors, type Move, moves, play } from './moves.ts';
import { PLACED_AT } from './terms.ts';

/** A step on the way to a situation, so many seconds after the one before it. */
export interface Step {
	move: Move;
	actor: Actor;
	after: number;
}

/** Where an order can be, as far as it matters for what may come next. */
export interface Situation {
	name: string;
	/** Null: not placed yet. */
	slot: OrderSlot | null;
	/** When it was entered: Unix seconds. */
	since: number;
	path: Step[];
}

const STEP_SECONDS = 60;

/** The situation's name: its state and whatever else of the slot the next steps depend on. */
export function nameOf(terms: LifecycleTerms, slot: OrderSlot): string {
	const { state } = slot;
	const parts: string[] = [state];
	if (state === 'requested') parts.push(slot.remedy === 'refund' && slot.bps < 10_000 ? 'part of the money' : slot.remedy);
	if (state === 'returning' || state === 'returned') parts.push(slot.remedy, slot.byRight ? 'by right' : 'granted');
	if (state === 'contested') parts.push(`by the ${slot.opener}`);
	const canTell = (terms.remedies & REMEDY_EXCHANGE) !== 0 && terms.returnSeconds > 0;
	if (slot.exchanged && canTell && slot.warrantyEnd === 0 && (state === 'shipped' || state === 'delivered')) parts.push('after an exchange');
	if (slot.warrantyEnd !== 0 && state !== 'warranty') parts.push('under warranty');
	return parts.join(', ');
}

/** The moments at which something may change, in seconds since the situation was entered. */
export function momentsOf(terms: LifecycleTerms, { slot, since }: Situation): Record<string, number> {
	if (slot === null || !isOpen(slot.state)) return { later: STEP_SECONDS };
	const deadline = slot.deadline - since;
	const all: Record<string, number> = { early: STEP_SECONDS, 'by the deadline': deadline, 'after the deadline': deadline + 1 };
	const edges = (name: string, until: number) => {
		if (until > since + STEP_SECONDS && until < slot.deadline) Object.assign(all, { [`until ${name}`]: until - since, [`after ${name}`]: until + 1 - since });
	};
	if (slot.state === 'placed') edges('cancelling ends', cancelUntil(terms, slot));
	if (slot.state === 'shipped' && terms.returnSeconds > 0) {
		if (isDigital(terms)) edges('the return window ends', slot.deadline - terms.confirmBySeconds + terms.returnSeconds);
		else all['after the return window'] = deadline + terms.returnSeconds + 1;
	}
	// A claim can outlive the warranty, and then nothing is left to go back to.
	if (deadline < STEP_SECONDS) return { late: STEP_SECONDS };
	return Object.fromEntries(Object.entries(all).sort((a, b) => a[1] - b[1]));
}

/** Every situation under these terms, each by one of its shortest ways: breadth first from the unplaced order. */
export function situationsOf(terms: LifecycleTerms): Situation[] {
	const found = new Map<string, Situation>([['none', { name: 'none', slot: null, since: PLACED_AT - STEP_SECONDS, path: [] }]]);
	for (const situation of found.values()) {
		if (situation.slot && ended(situation.slot.state)) continue;
		for (const step of stepsFrom(terms, situation)) {
			const since = situation.since + step.after;
			const slot = play(terms, situation.slot, step.move, step.actor, since);
			if (typeof slot === 'string') continue;
			const name = nameOf(terms, slot);
			if (!found.has(name)) found.set(name, { name, slot, since, path: [...situation.path, step] });
		}
	}
	return [...found.values()];
}

function stepsFrom(terms: LifecycleTerms, situation: Situation): Step[] {
	const late = momentsOf(terms, situation)['after the deadline'];
	return moves.flatMap((move) =>
		actors.flatMap((actor): Step[] => {
			if (move !== 'settleDue') return [{ move, actor, after: STEP_SECONDS }];
			return late === undefined ? [] : [{ move, actor, after: late }];
		}),
	);
}
