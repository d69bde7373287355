import { type Cell, cellsOf, type LifecycleTable, stateOf } from '../../protocol/src/order/test-lifecycle-table.ts';

/** What can be done in every open state is said in words, or it would hide everything else. */
const everywhere = ['confirm', 'refund', 'settle'];

/** The parts of the lifecycle that fit on a screen each: the states whose way out a diagram shows. */
const diagrams: Record<string, string[]> = {
	sale: ['none', 'placed', 'shipped', 'delivered', 'warranty'],
	'after-sales': ['requested', 'returning', 'returned', 'replacing'],
	court: ['contested', 'disputed'],
};

const requests: Record<string, string> = { requestRefund: 'refund', requestPart: 'part', requestReturn: 'return', requestExchange: 'exchange' };

/** Mermaid by the diagram's name, over all kinds of terms. */
export function lifecycleDiagrams(table: LifecycleTable): Record<string, string> {
	const cells = table.groups.flatMap(({ situations }) => situations.flatMap(cellsOf)).filter(({ refused, move }) => !refused && !everywhere.includes(move));
	return Object.fromEntries(
		Object.entries(diagrams).map(([name, states]) => [name, draw(states.flatMap((state) => cells.filter(({ from }) => stateOf(from) === state)))]),
	);
}

function draw(cells: Cell[]): string {
	const title = (state: string) => (state === 'none' ? '[*]' : state.charAt(0).toUpperCase() + state.slice(1));
	const arrows = Map.groupBy(cells, ({ from, to }) => `${title(stateOf(from))} --> ${title(stateOf(to))}`);
	const lines = [...arrows].map(([arrow, all]) => `  ${arrow}: ${stepsOf(all).join(' · ')}`);
	return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

/** What leads from one state to the other, in words: requests together, and a default without an actor. */
function stepsOf(cells: Cell[]): string[] {
	const asked = new Set(cells.flatMap(({ move }) => requests[move] ?? []));
	const how = cells.every(({ to }) => stateOf(to) === 'requested') ? 'ask for' : 'by right:';
	const steps = cells.filter(({ move }) => !(move in requests)).map(({ move, actor }) => (move === 'settleDue' ? 'deadline' : `${move} (${actor})`));
	return [...(asked.size === 0 ? [] : [`${how} ${[...asked].join(', ')} (buyer)`]), ...new Set(steps)];
}

/** The page with each diagram between its marks. Throws when a mark is missing. */
export function withDiagrams(page: string, drawn: Record<string, string>): string {
	return Object.entries(drawn).reduce((text, [name, diagram]) => {
		const [start, end] = [`<!-- lifecycle: ${name} -->`, `<!-- end of ${name} -->`];
		const [from, to] = [text.indexOf(start), text.indexOf(end)];
		if (from < 0 || to < from) throw new Error(`docs/architecture.md lacks the marks of "${name}"`);
		return `${text.slice(0, from + start.length)}\n${diagram}\n${text.slice(to)}`;
	}, page);
}
