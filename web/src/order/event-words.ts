import type { OrderEventView, OrderView } from '@kaishi/protocol/order';
import { formatRate } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/index.ts';

type Told = Pick<OrderView, 'events' | 'buyer'> & { listing: Pick<OrderView['listing'], 'kind'>; order: { terms: { arbitrator: string } } };

const refunds = [m.order_event_late, m.order_event_cancelled, m.order_event_refunded, m.order_event_granted, m.order_event_came_back, m.order_event_unanswered];

/** An event as a sentence. */
export function eventWords(event: OrderEventView, order: Told): string {
	const digital = order.listing.kind === 'digital';
	const byBuyer = event.by.toLowerCase() === order.buyer.toLowerCase();
	const earlier = order.events.slice(0, order.events.indexOf(event));
	const after = (kind: OrderEventView['kind']) => earlier.some((one) => one.kind === kind);
	switch (event.kind) {
		case 'placed':
			return m.order_event_placed();
		case 'shipped':
			if (after('replacing')) return digital ? m.order_event_ready() : m.order_event_shipped_again();
			return digital ? m.order_event_ready() : m.order_event_shipped();
		case 'delivered':
			if (!byBuyer) return m.order_event_presumed();
			return digital ? m.order_event_key() : m.order_event_delivered();
		case 'requested':
			return requestWords(event);
		case 'remedyTaken':
			return { refund: m.order_event_taken_refund, return: m.order_event_taken_return, exchange: m.order_event_taken_exchange }[
				event.request?.remedy ?? 'return'
			]();
		case 'returning':
			return m.order_event_returning();
		case 'returned':
			return m.order_event_returned();
		case 'replacing':
			return digital ? m.order_event_replacing_digital() : m.order_event_replacing();
		case 'contested':
			return byBuyer ? m.order_event_contested_buyer() : m.order_event_contested_seller();
		case 'disputed':
			if (after('contested')) return m.order_event_before_court();
			return byBuyer ? m.order_event_disputed() : m.order_event_disputed_seller();
		case 'warranty':
			return after('warranty') ? m.order_event_warranty_on() : m.order_event_warranty();
		case 'completed':
			return after('warranty') ? m.order_event_warranty_end() : m.order_event_completed();
		case 'refunded':
			return event.cause === 0 && after('replacing') ? m.order_event_not_replaced() : (refunds[event.cause ?? 0] ?? m.order_event_refunded)();
		case 'settled':
			return earlier.at(-1)?.kind === 'requested' && !byBuyer ? m.order_event_part_granted() : m.order_event_settled();
		case 'ruled':
			// After the deadline anybody may carry out the even split.
			return event.by.toLowerCase() === order.order.terms.arbitrator.toLowerCase() ? m.order_event_ruled() : m.order_event_split();
	}
}

function requestWords({ request }: OrderEventView): string {
	if (request?.remedy === 'return') return m.order_event_request_return();
	if (request?.remedy === 'exchange') return m.order_event_request_exchange();
	return m.order_event_request_refund({ share: formatRate(request?.bps ?? 10_000) });
}
