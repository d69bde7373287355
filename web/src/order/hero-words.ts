import type { OrderRole, OrderState, OrderView } from '@kaishi/protocol/order';
import { formatDate, formatDuration } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/index.ts';

type Told = Pick<OrderView, 'state' | 'deadline' | 'deadlineDefault' | 'buyer'> & {
	events: readonly Pick<OrderView['events'][number], 'kind' | 'by' | 'at'>[];
	listing: Pick<OrderView['listing'], 'kind'>;
};

/** Who brought the order before the court. */
export function openerOf(order: Pick<Told, 'events' | 'buyer'>): 'buyer' | 'seller' {
	const opened = order.events.findLast(({ kind }) => kind === 'contested');
	return opened?.by.toLowerCase() === order.buyer.toLowerCase() ? 'buyer' : 'seller';
}

type Words = (dated: { date: string }) => string;
/** What everybody reads, and what a side reads that is to act. */
type ByRole = { all: Words } & Partial<Record<OrderRole, Words>>;
const pick = (words: ByRole, role: OrderRole | null): Words => (role && words[role]) ?? words.all;

const waiting: Partial<Record<OrderState, ByRole>> = {
	placed: { all: m.order_hero_ships_by, seller: m.order_hero_ship_by },
	delivered: { all: m.order_hero_delivered_seller, buyer: m.order_hero_delivered },
	requested: { all: m.order_hero_requested, seller: m.order_hero_requested_seller },
	returning: { all: m.order_hero_returning_seller, buyer: m.order_hero_returning },
	returned: { all: m.order_hero_returned, seller: m.order_hero_returned_seller },
	replacing: { all: m.order_hero_replacing, seller: m.order_hero_replacing_seller },
	warranty: { all: m.order_hero_warranty },
	disputed: { all: m.order_hero_disputed },
};
const over: Partial<Record<OrderState, Words>> = {
	completed: m.order_hero_completed,
	refunded: m.order_hero_refunded,
	ruled: m.order_hero_ruled,
	settled: m.order_hero_settled,
};

/** The one sentence that says where an order stands, with its date. */
export function heroOf(order: Told, role: OrderRole | null, now: number): string {
	const dated = { date: formatDate(order.deadline) };
	const digital = order.listing.kind === 'digital';
	const ended = over[order.state];
	if (ended) return ended({ date: formatDate(order.events.at(-1)?.at ?? order.deadline) });
	if (order.state === 'placed' && now > order.deadline) return m.order_hero_late();
	if (order.state === 'shipped') return digital ? m.order_hero_download() : m.order_hero_on_its_way();
	if (order.state === 'delivered' && digital) return m.order_hero_taken(dated);
	if (order.state === 'contested') {
		const answers = openerOf(order) === 'buyer' ? 'seller' : 'buyer';
		if (role === answers) return m.order_hero_contested_yours(dated);
		return answers === 'buyer' ? m.order_hero_contested_buyer(dated) : m.order_hero_contested_seller(dated);
	}
	const words = waiting[order.state];
	return words ? pick(words, role)(dated) : m.order_state_none();
}

type Waiting = Pick<OrderView, 'state' | 'deadline' | 'deadlineDefault' | 'order'>;

/** What happens by itself if nobody does anything; null when nothing will. */
export function defaultOf(order: Waiting, role: OrderRole | null, now: number): string | null {
	const outcome = order.deadlineDefault;
	if (outcome === null) return null;
	const dated = { date: formatDate(order.deadline, 'moment') };
	if (now > order.deadline) return dueWords[outcome]?.() ?? m.order_default_due();
	if (outcome === 'split') return m.order_default_split(dated);
	if (outcome === 'deliver') {
		const spoken = { ...dated, duration: formatDuration(order.order.terms.returnSeconds) };
		return role === 'buyer' ? m.order_default_deliver(spoken) : m.order_default_deliver_seller(spoken);
	}
	if (order.state === 'contested') {
		if (outcome === 'refund') return m.order_default_no_join_seller(dated);
		return outcome === 'resume' ? m.order_default_resume(dated) : m.order_default_no_join_buyer(dated);
	}
	const words = defaultWords[order.state];
	if (order.state === 'returning' && outcome === 'resume') return m.order_default_dropped(dated);
	return words ? pick(words, role)(dated) : m.order_default_due();
}

const dueWords: Partial<Record<NonNullable<OrderView['deadlineDefault']>, () => string>> = {
	refund: m.order_default_refund_due,
	release: m.order_default_release_due,
	split: m.order_default_split_due,
};

const defaultWords: Partial<Record<OrderState, ByRole>> = {
	placed: { all: m.order_default_refund, buyer: m.order_default_refund_you },
	shipped: { all: m.order_default_release, seller: m.order_default_release_you },
	delivered: { all: m.order_default_window, seller: m.order_default_window_seller },
	requested: { all: m.order_default_grant, seller: m.order_default_grant_seller },
	returning: { all: m.order_default_not_sent },
	returned: { all: m.order_default_unchecked },
	replacing: { all: m.order_default_no_replacement },
	warranty: { all: m.order_default_warranty },
};
