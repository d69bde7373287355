import type { OrderEventView, OrderRole, OrderState, OrderView, Remedy } from '@kaishi/protocol/order';
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
		case 'delivered':
			return m.order_hero_delivered({ date });
		case 'requested':
			return m.order_hero_requested({ date });
		case 'returning':
			return m.order_hero_returning({ date });
		case 'returned':
			return m.order_hero_returned({ date });
		case 'replacing':
			return m.order_hero_replacing({ date });
		case 'contested':
			return m.order_hero_contested({ date });
		case 'warranty':
			return m.order_hero_warranty({ date });
		case 'settled':
			return m.order_hero_settled({ date: ended });
		default:
			return m.order_state_none();
	}
}

/** What happens by itself if nobody does anything; null when nothing will. */
export function defaultOf(order: Pick<Told, 'state' | 'deadline' | 'deadlineDefault'>, role: OrderRole | null, now: number): string | null {
	const date = formatDate(order.deadline, 'moment');
	const overdue = now > order.deadline;
	if (order.deadlineDefault === 'refund' && order.state !== 'placed') return overdue ? m.order_default_refund_due() : m.order_default_refund_open({ date });
	if (order.deadlineDefault === 'refund')
		return overdue ? m.order_default_refund_due() : role === 'buyer' ? m.order_default_refund_you({ date }) : m.order_default_refund({ date });
	if (order.deadlineDefault === 'release')
		return overdue ? m.order_default_release_due() : role === 'seller' ? m.order_default_release_you({ date }) : m.order_default_release({ date });
	if (order.deadlineDefault === 'settle') return overdue ? m.order_default_due() : m.order_default_settle({ date });
	if (order.deadlineDefault === 'deliver') return overdue ? m.order_default_due() : m.order_default_deliver({ date });
	if (order.deadlineDefault === 'return') return overdue ? m.order_default_due() : m.order_default_return({ date });
	if (order.deadlineDefault === 'replace') return overdue ? m.order_default_due() : m.order_default_replace({ date });
	if (order.deadlineDefault === 'resume') return overdue ? m.order_default_due() : m.order_default_resume({ date });
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
	delivered: () => m.order_state_delivered(),
	requested: () => m.order_state_requested(),
	returning: () => m.order_state_returning(),
	returned: () => m.order_state_returned(),
	replacing: () => m.order_state_replacing(),
	contested: () => m.order_state_contested(),
	warranty: () => m.order_state_warranty(),
	settled: () => m.order_state_settled(),
};
export const stateName = (state: OrderState): string => states[state]();

export const toneOf = (state: OrderState) =>
	state === 'completed' ? 'good' : state === 'disputed' ? 'bad' : state === 'placed' || state === 'shipped' ? 'waiting' : 'plain';

/** By cause, see `OrderRefunded` in IOrderBook.sol. */
const refundWords = [
	m.order_event_late,
	m.order_event_cancelled,
	m.order_event_refunded,
	m.order_event_granted,
	m.order_event_cameBack,
	m.order_event_unanswered,
];
const requestWords: Record<Remedy, () => string> = {
	refund: m.order_event_requested_refund,
	return: m.order_event_requested_return,
	exchange: m.order_event_requested_exchange,
};

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
			return (refundWords[event.cause ?? 0] ?? m.order_event_late)();
		case 'requested':
			return requestWords[event.request?.remedy ?? 'refund']();
		case 'remedyTaken':
			return m.order_event_remedyTaken();
		case 'delivered':
			return m.order_event_delivered();
		case 'returning':
			return m.order_event_returning();
		case 'returned':
			return m.order_event_returned();
		case 'replacing':
			return m.order_event_replacing();
		case 'contested':
			return m.order_event_contested();
		case 'warranty':
			return m.order_event_warranty();
		case 'settled':
			return m.order_event_settled();
		case 'ruled':
			// After the deadline anybody may carry out the even split.
			return event.by.toLowerCase() === order.order.terms.arbitrator.toLowerCase() ? m.order_event_ruled() : m.order_event_split();
	}
}
