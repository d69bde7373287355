import type { ChainEvent, Projection } from './projection.ts';
import type { Range } from './read-range.ts';

/** Events that are applied together: one, or many that everybody folds many at a time. */
export interface Stretch {
	events: ChainEvent<never>[];
	/** Under which block changes are remembered; null: they are final. */
	block: bigint | null;
}

/** Cuts a range where an event has to be applied by itself and where another block's changes begin. Events that nobody handles are left out. */
export function* stretchesOf(projections: readonly Projection[], range: Range): Generator<Stretch> {
	const kinds = new Map<string, 'folded' | 'single' | 'unknown'>();
	let open: Stretch | null = null;
	for (const event of range.events) {
		const kind = kinds.get(event.name) ?? kindOf(projections, event.name);
		kinds.set(event.name, kind);
		if (kind === 'unknown') continue;
		const block = event.blockNumber > range.finalized ? event.blockNumber : null;
		if (open !== null && (kind === 'single' || open.block !== block)) {
			yield open;
			open = null;
		}
		if (kind === 'single') yield { events: [event], block };
		else if (open === null) open = { events: [event], block };
		else open.events.push(event);
	}
	if (open !== null) yield open;
}

function kindOf(projections: readonly Projection[], name: string): 'folded' | 'single' | 'unknown' {
	if (projections.some((projection) => projection.handlers[name])) return 'single';
	return projections.some((projection) => projection.folds?.[name]) ? 'folded' : 'unknown';
}
