import type { OrderState } from '@kaishi/protocol/order';
import { m } from '#platform/i18n/index.ts';

const states: Record<OrderState, () => string> = {
	none: m.order_state_none,
	placed: m.order_state_placed,
	shipped: m.order_state_shipped,
	disputed: m.order_state_disputed,
	completed: m.order_state_completed,
	refunded: m.order_state_refunded,
	ruled: m.order_state_ruled,
	delivered: m.order_state_delivered,
	requested: m.order_state_requested,
	returning: m.order_state_returning,
	returned: m.order_state_returned,
	replacing: m.order_state_replacing,
	contested: m.order_state_contested,
	warranty: m.order_state_warranty,
	settled: m.order_state_settled,
};
export const stateName = (state: OrderState): string => states[state]();

type Tone = 'plain' | 'good' | 'waiting' | 'bad';
const tones: Partial<Record<OrderState, Tone>> = {
	completed: 'good',
	warranty: 'good',
	settled: 'good',
	disputed: 'bad',
	contested: 'bad',
	refunded: 'plain',
	ruled: 'plain',
	none: 'plain',
};
/** Whatever somebody waits for is amber. */
export const toneOf = (state: OrderState): Tone => tones[state] ?? 'waiting';
