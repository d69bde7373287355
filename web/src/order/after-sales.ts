import type { OrderEventView, OrderState } from '@kaishi/protocol/order';

/** What belongs to a request, a return or a dispute. */
const parts: readonly OrderEventView['kind'][] = ['remedyTaken', 'requested', 'returning', 'returned', 'replacing', 'contested', 'disputed'];
const endings: readonly OrderEventView['kind'][] = ['refunded', 'settled', 'ruled', 'completed'];

/** What still has to happen after each state, if all goes well. */
const ahead: Partial<Record<OrderState, { return: OrderEventView['kind'][]; exchange: OrderEventView['kind'][] }>> = {
	returning: { return: ['returned', 'refunded'], exchange: ['returned', 'replacing', 'shipped'] },
	returned: { return: ['refunded'], exchange: ['replacing', 'shipped'] },
	replacing: { return: ['refunded'], exchange: ['shipped'] },
};

export interface AfterSales<Event> {
	events: Event[];
	/** Kinds of what is still to come. */
	ahead: OrderEventView['kind'][];
}

/** A request's own timeline: from the first thing that was asked for to what became of it; null when nothing was. */
export function afterSalesOf<Event extends Pick<OrderEventView, 'kind'>>(
	state: OrderState,
	events: readonly Event[],
	remedy: 'refund' | 'return' | 'exchange' | undefined,
): AfterSales<Event> | null {
	const first = events.findIndex(({ kind }) => parts.includes(kind));
	if (first < 0) return null;
	let exchanging = false;
	const told = events.slice(first).filter(({ kind }) => {
		exchanging ||= kind === 'replacing';
		return parts.includes(kind) || endings.includes(kind) || (kind === 'shipped' && exchanging);
	});
	return { events: told, ahead: ahead[state]?.[remedy === 'exchange' ? 'exchange' : 'return'] ?? [] };
}
