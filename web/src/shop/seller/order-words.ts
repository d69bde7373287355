import type { OrderState } from '@kaishi/protocol/order';
import { m } from '#platform/i18n/index.ts';

/** An order's state as its shop sees it: what is to be done comes in amber or vermilion. */
export const stateWords: Record<OrderState, { words: () => string; tone: 'plain' | 'good' | 'waiting' | 'bad' }> = {
	none: { words: m.sell_state_placed, tone: 'plain' },
	placed: { words: m.sell_state_placed, tone: 'waiting' },
	shipped: { words: m.sell_state_shipped, tone: 'plain' },
	disputed: { words: m.sell_state_disputed, tone: 'bad' },
	completed: { words: m.sell_state_completed, tone: 'good' },
	refunded: { words: m.sell_state_refunded, tone: 'plain' },
	ruled: { words: m.sell_state_ruled, tone: 'plain' },
	delivered: { words: m.sell_state_delivered, tone: 'plain' },
	requested: { words: m.sell_state_requested, tone: 'waiting' },
	returning: { words: m.sell_state_returning, tone: 'plain' },
	returned: { words: m.sell_state_returned, tone: 'waiting' },
	replacing: { words: m.sell_state_replacing, tone: 'waiting' },
	contested: { words: m.sell_state_contested, tone: 'bad' },
	warranty: { words: m.sell_state_warranty, tone: 'good' },
	settled: { words: m.sell_state_settled, tone: 'plain' },
};

/** What a waiting order's date means to its shop. */
export const deadlineWords: Partial<Record<OrderState, (dated: { date: string }) => string>> = {
	placed: m.sell_deadline_placed,
	shipped: m.sell_deadline_shipped,
	disputed: m.sell_deadline_disputed,
	delivered: m.sell_deadline_delivered,
	requested: m.sell_deadline_requested,
	returning: m.sell_deadline_returning,
	returned: m.sell_deadline_returned,
	replacing: m.sell_deadline_replacing,
	contested: m.sell_deadline_contested,
	warranty: m.sell_deadline_warranty,
};
