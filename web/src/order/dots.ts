import type { OrderEventView, OrderState } from '@kaishi/protocol/order';

export interface Dot {
	kind: OrderEventView['kind'];
	/** Unix seconds when it happened; null when it is still to come. */
	at: number | null;
}

/** What belongs to a sale itself; requests, returns and disputes have a timeline of their own. */
const ofTheSale: readonly Dot['kind'][] = ['placed', 'shipped', 'delivered', 'warranty', 'completed', 'refunded', 'ruled', 'settled', 'disputed'];

/** What is still to come if all goes well, by the state the order is in. */
const ahead: Partial<Record<OrderState, Dot['kind'][]>> = {
	placed: ['shipped', 'completed'],
	shipped: ['completed'],
	delivered: ['completed'],
	disputed: ['ruled'],
	contested: ['disputed', 'ruled'],
	requested: ['completed'],
	returning: ['refunded'],
	returned: ['refunded'],
	replacing: ['completed'],
};

/**
 * The life of an order as dots: what happened, each kind once, then what is still expected if all goes well.
 * @param returnable goods that may be given back are delivered before they are received for good.
 */
export function dotsOf(state: OrderState, events: readonly Pick<OrderEventView, 'kind' | 'at'>[], returnable = false): Dot[] {
	const happened: Dot[] = [];
	for (const { kind, at } of events) if (ofTheSale.includes(kind) && !happened.some((dot) => dot.kind === kind)) happened.push({ kind, at });
	const expected = (ahead[state] ?? []).flatMap((kind): Dot['kind'][] => (kind === 'completed' && returnable ? ['delivered', kind] : [kind]));
	return [...happened, ...expected.filter((kind) => !happened.some((dot) => dot.kind === kind)).map((kind) => ({ kind, at: null }))];
}
