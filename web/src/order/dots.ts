import type { OrderEventView, OrderState } from '@kaishi/protocol/order';

export interface Dot {
	kind: OrderEventView['kind'];
	/** Unix seconds when it happened; null when it is still to come. */
	at: number | null;
}

/** The life of an order as dots: what happened, then what is still expected if all goes well. */
export function dotsOf(state: OrderState, events: readonly Pick<OrderEventView, 'kind' | 'at'>[]): Dot[] {
	const happened: Dot[] = events.map(({ kind, at }) => ({ kind, at }));
	const expected: Partial<Record<OrderState, Dot['kind'][]>> = { placed: ['shipped', 'completed'], shipped: ['completed'], disputed: ['ruled'] };
	const ahead = (expected[state] ?? []).filter((kind) => !happened.some((dot) => dot.kind === kind));
	return [...happened, ...ahead.map((kind) => ({ kind, at: null }))];
}
