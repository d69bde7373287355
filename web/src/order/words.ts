import type { OrderEventView, OrderRole, OrderState, OrderView } from '@kaishi/protocol/order';
import { formatDate } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/index.ts';

type Told = Pick<OrderView, 'state' | 'deadline' | 'events' | 'deadlineDefault'> & { listing: Pick<OrderView['listing'], 'kind'> };

const lastEvent = (order: Pick<OrderView, 'events'>) => order.events.at(-1);

/** The one sentence that says where an order stands, with its date. */
export function heroOf(order: Told, role: OrderRole | null, now: number): string {
	const date = formatDate(order.deadline);
	const overdue = now > order.deadline;
	const ended = formatDate(lastEvent(order)?.at ?? order.deadline);
	switch (order.state) {
		case 'placed':
			if (overdue) return m.order_hero_late();
			return role === 'seller' ? m.order_hero_ship_by({ date }) : m.order_hero_ships_by({ date });
		case 'shipped':
			if (order.listing.kind === 'digital') return m.order_hero_download();
			return m.order_hero_on_its_way();
		case 'disputed':
			return m.order_hero_disputed({ date });
		case 'completed':
			return m.order_hero_completed({ date: ended });
		case 'refunded':
			return m.order_hero_refunded({ date: ended });
		case 'ruled':
			return m.order_hero_ruled({ date: ended });
		default:
			return m.order_state_none();
	}
}

/** What happens by itself if nobody does anything; null when nothing will. */
export function defaultOf(order: Pick<Told, 'deadline' | 'deadlineDefault'>, role: OrderRole | null, now: number): string | null {
	const date = formatDate(order.deadline, 'moment');
	const overdue = now > order.deadline;
	if (order.deadlineDefault === 'refund')
		return overdue ? m.order_default_refund_due() : role === 'buyer' ? m.order_default_refund_you({ date }) : m.order_default_refund({ date });
	if (order.deadlineDefault === 'release')
		return overdue ? m.order_default_release_due() : role === 'seller' ? m.order_default_release_you({ date }) : m.order_default_release({ date });
	if (order.deadlineDefault === 'split') return overdue ? m.order_default_split_due() : m.order_default_split({ date });
	return null;
}

const states: Record<OrderState, () => string> = {
	none: () => m.order_state_none(),
	placed: () => m.order_state_placed(),
	shipped: () => m.order_state_shipped(),
	disputed: () => m.order_state_disputed(),
	completed: () => m.order_state_completed(),
	refunded: () => m.order_state_refunded(),
	ruled: () => m.order_state_ruled(),
};
export const stateName = (state: OrderState): string => states[state]();

export const toneOf = (state: OrderState) =>
	state === 'completed' ? 'good' : state === 'disputed' ? 'bad' : state === 'placed' || state === 'shipped' ? 'waiting' : 'plain';

/** An event as a sentence. */
export function eventWords(event: OrderEventView, order: { listing: Pick<OrderView['listing'], 'kind'>; order: { terms: { arbitrator: string } } }): string {
	switch (event.kind) {
		case 'placed':
			return m.order_event_placed();
		case 'shipped':
			return order.listing.kind === 'digital' ? m.order_event_ready() : m.order_event_shipped();
		case 'disputed':
			return m.order_event_disputed();
		case 'completed':
			return m.order_event_completed();
		case 'refunded':
			return event.cause === 1 ? m.order_event_cancelled() : event.cause === 2 ? m.order_event_refunded() : m.order_event_late();
		case 'ruled':
			// After the deadline anybody may carry out the even split.
			return event.by.toLowerCase() === order.order.terms.arbitrator.toLowerCase() ? m.order_event_ruled() : m.order_event_split();
	}
}
