import type { TradeView } from '@kaishi/protocol/discovery';
import type { OrderState } from '@kaishi/protocol/order';
import { m } from '#platform/i18n/index.ts';
import type { Check } from './verify-order.ts';

export const kindWords: Record<TradeView['kind'], () => string> = {
	placed: m.explorer_kind_placed,
	shipped: m.explorer_kind_shipped,
	disputed: m.explorer_kind_disputed,
	completed: m.explorer_kind_completed,
	refunded: m.explorer_kind_refunded,
	ruled: m.explorer_kind_ruled,
	delivered: m.explorer_kind_delivered,
	requested: m.explorer_kind_requested,
	returning: m.explorer_kind_returning,
	returned: m.explorer_kind_returned,
	replacing: m.explorer_kind_replacing,
	contested: m.explorer_kind_contested,
	warranty: m.explorer_kind_warranty,
	settled: m.explorer_kind_settled,
	remedyTaken: m.explorer_kind_remedyTaken,
};

export const kindIcons = {
	placed: 'bag',
	shipped: 'truck',
	disputed: 'scales',
	completed: 'check',
	refunded: 'back',
	ruled: 'scales',
	delivered: 'check',
	requested: 'chat',
	returning: 'back',
	returned: 'truck',
	replacing: 'truck',
	contested: 'scales',
	warranty: 'check',
	settled: 'check',
	remedyTaken: 'back',
} as const satisfies Record<TradeView['kind'], string>;

/** In the contract's order (`State` in IOrderBook.sol), which {@link kindOf} counts on. */
export const stateWords: Record<OrderState, () => string> = {
	none: m.explorer_state_none,
	placed: m.explorer_state_placed,
	shipped: m.explorer_state_shipped,
	disputed: m.explorer_state_disputed,
	completed: m.explorer_state_completed,
	refunded: m.explorer_state_refunded,
	ruled: m.explorer_state_ruled,
	delivered: m.explorer_state_delivered,
	requested: m.explorer_state_requested,
	returning: m.explorer_state_returning,
	returned: m.explorer_state_returned,
	replacing: m.explorer_state_replacing,
	contested: m.explorer_state_contested,
	warranty: m.explorer_state_warranty,
	settled: m.explorer_state_settled,
};

export const checkWords: Record<Check['kind'], () => string> = {
	chain: m.explorer_check_chain,
	log: m.explorer_check_log,
	block: m.explorer_check_block,
	orderId: m.explorer_check_orderId,
	terms: m.explorer_check_terms,
	content: m.explorer_check_content,
	state: m.explorer_check_state,
	money: m.explorer_check_money,
};

const events: Record<string, () => string> = {
	ListingPublished: m.explorer_event_ListingPublished,
	OrderPlaced: m.explorer_event_OrderPlaced,
	OrderAdvanced: m.explorer_event_OrderAdvanced,
	OrderRemedyTaken: m.explorer_event_OrderRemedyTaken,
	OrderWarranted: m.explorer_event_OrderWarranted,
	OrderSettled: m.explorer_event_OrderSettled,
	OrderCompleted: m.explorer_event_OrderCompleted,
	OrderRefunded: m.explorer_event_OrderRefunded,
	OrderRuled: m.explorer_event_OrderRuled,
};
/** An event's word for people; its own name when it is a new one. */
export const eventWord = (event: string): string => events[event]?.() ?? event;

const endings: Record<string, TradeView['kind']> = {
	OrderPlaced: 'placed',
	OrderRemedyTaken: 'remedyTaken',
	OrderCompleted: 'completed',
	OrderRefunded: 'refunded',
	OrderRuled: 'ruled',
	OrderSettled: 'settled',
};

/** What an event of the order book tells of an order; an order that waits says in the record's first word for what. Null for other events. */
export function kindOf(event: string, data: string | undefined): TradeView['kind'] | null {
	if (event !== 'OrderAdvanced') return endings[event] ?? null;
	const state = Object.keys(stateWords)[Number(data?.slice(0, 66))] as OrderState | undefined;
	return state === undefined || state === 'none' ? null : state;
}
