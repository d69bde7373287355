import { readFileSync } from 'node:fs';
import type { LifecycleTerms } from './lifecycle.ts';

type Values = string | string[];

/** One of the places where an order can be, and what comes of every move there; see the description in the file. */
export interface TableSituation {
	situation: string;
	path: { move: string; actor: string; after: number }[];
	moments: Record<string, number>;
	outcomes: Record<string, Values | Record<string, Values>>;
}

export interface LifecycleTable {
	placedAt: number;
	actors: string[];
	moves: string[];
	groups: { terms: string; values: LifecycleTerms; situations: TableSituation[] }[];
}

export const lifecycleTable: LifecycleTable = JSON.parse(readFileSync(new URL('../../vectors/order-lifecycle.json', import.meta.url), 'utf8'));

/** A cell of the table. */
export interface Cell {
	from: string;
	move: string;
	actor: string;
	moment: string;
	/** Seconds since the situation was entered. */
	after: number;
	/** The next situation, or the error. */
	to: string;
	/** Seconds until the next deadline; null where nothing waits. */
	waits: number | null;
	refused: boolean;
	late: boolean;
}

const LATE = ['after the deadline', 'after the return window', 'late'];

/** Every cell of a situation's row. */
export function cellsOf({ situation, moments, outcomes }: TableSituation): Cell[] {
	const cells: Cell[] = [];
	for (const move of lifecycleTable.moves) {
		const byActor = outcomes[move];
		if (byActor === undefined) throw new Error(`${situation}: nothing about ${move}`);
		for (const actor of lifecycleTable.actors) {
			const values = typeof byActor === 'string' || Array.isArray(byActor) ? byActor : byActor[actor];
			for (const [index, [moment, after]] of Object.entries(moments).entries()) {
				const outcome = typeof values === 'string' ? values : values?.[index];
				if (outcome === undefined) throw new Error(`${situation}: nothing about ${move} by ${actor} ${moment}`);
				const [, to = outcome, seconds] = /^(.*) \((-?\d+) s\)$/.exec(outcome) ?? [];
				const waits = seconds === undefined ? null : Number(seconds);
				cells.push({ from: situation, move, actor, moment, after, to, waits, refused: outcome.startsWith('OrderBook_'), late: LATE.includes(moment) });
			}
		}
	}
	return cells;
}

/** The state that a situation's name begins with. */
export const stateOf = (situation: string) => situation.split(',')[0] ?? '';
