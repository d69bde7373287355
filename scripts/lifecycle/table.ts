import type { LifecycleTerms, OrderSlot } from '../../protocol/src/order/lifecycle.ts';
import { type Actor, actors, type Move, moves, play } from './moves.ts';
import { momentsOf, nameOf, type Situation, type Step, situationsOf } from './situations.ts';
import { PLACED_AT, termsByName } from './terms.ts';

/** What comes of a move: the next situation and how many seconds it then waits, or the name of the error. */
type Outcome = string;
/** By moment, in the order of `moments`; a single outcome stands for all of them. */
type ByMoment = Outcome | Outcome[];
/** By actor; a plain value stands for all of them. */
type ByActor = ByMoment | Record<Actor, ByMoment>;

interface TableSituation {
	situation: string;
	path: Step[];
	/** Seconds after the situation was entered. */
	moments: Record<string, number>;
	outcomes: Record<Move, ByActor>;
}

interface Table {
	description: string;
	placedAt: number;
	actors: readonly Actor[];
	moves: readonly Move[];
	groups: { terms: string; values: LifecycleTerms; situations: TableSituation[] }[];
}

const DESCRIPTION =
	'Every situation × move × actor × moment of an order under each kind of terms: the next situation, with the seconds it then waits for its deadline, or the error. ' +
	'Checks come in this order: state, actor, time, terms. A situation is reached by its path; `after` counts from the step before, the first step is taken at `placedAt`, ' +
	'`moments` count from entering the situation. One value in place of a list stands for every moment, in place of an object for every actor. ' +
	'Written by scripts/write-lifecycle.ts from protocol/src/order/lifecycle.ts.';

export function buildTable(): Table {
	const groups = Object.entries(termsByName).map(([terms, values]) => ({
		terms,
		values,
		situations: situationsOf(values).map((situation) => rowOf(values, situation)),
	}));
	return { description: DESCRIPTION, placedAt: PLACED_AT, actors, moves, groups };
}

function rowOf(terms: LifecycleTerms, situation: Situation): TableSituation {
	const moments = momentsOf(terms, situation);
	const outcome = (move: Move, actor: Actor, moment: number): Outcome => {
		const now = situation.since + moment;
		const next = play(terms, situation.slot, move, actor, now);
		return typeof next === 'string' ? next : written(terms, next, now);
	};
	const outcomes = moves.map((move) => {
		const byActor = actors.map((actor) => [actor, one(Object.values(moments).map((moment) => outcome(move, actor, moment)))] as const);
		return [move, one(byActor.map(([, value]) => value)) === byActor[0]?.[1] ? byActor[0]?.[1] : Object.fromEntries(byActor)];
	});
	return { situation: situation.name, path: situation.path, moments, outcomes: Object.fromEntries(outcomes) };
}

const written = (terms: LifecycleTerms, slot: OrderSlot, now: number) =>
	slot.deadline === 0 ? nameOf(terms, slot) : `${nameOf(terms, slot)} (${slot.deadline - now} s)`;

/** The one value if all are the same. */
function one<T>(all: T[]): T | T[] {
	const distinct = new Set(all.map((value) => JSON.stringify(value)));
	return distinct.size === 1 && all[0] !== undefined ? all[0] : all;
}

/** As JSON, one situation's move per line. */
export function writeTable(table: Table): string {
	const { groups, ...head } = table;
	const line = (value: unknown) => JSON.stringify(value);
	const situations = (all: TableSituation[]) =>
		all.map(({ situation, path, moments, outcomes }) => {
			const lines = Object.entries(outcomes).map(([move, value]) => `        ${line(move)}: ${line(value)}`);
			return `      {"situation": ${line(situation)},\n       "path": ${line(path)},\n       "moments": ${line(moments)},\n       "outcomes": {\n${lines.join(',\n')}}}`;
		});
	const written = groups.map(
		(group) =>
			`    {"terms": ${line(group.terms)},\n     "values": ${line(group.values)},\n     "situations": [\n${situations(group.situations).join(',\n')}]}`,
	);
	const keys = Object.entries(head).map(([key, value]) => `  ${line(key)}: ${line(value)}`);
	return `{\n${keys.join(',\n')},\n  "groups": [\n${written.join(',\n')}]\n}\n`;
}
