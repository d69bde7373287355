import { MAX_TAB_SECONDS } from '@kaishi/protocol/tab';

/** How long money is set aside for. */
export const lastings = ['midnight', 'day', 'week', 'month'] as const;
export type Lasting = (typeof lastings)[number];

const DAY_SECONDS = 86_400;
/** A block may be stamped a little before the page's clock: the longest tab would then be too long. */
const MARGIN_SECONDS = 60;
/** Who sets money aside minutes before midnight means the next one; and operators promise nothing on a tab that is about to end. */
const SHORTEST_SECONDS = 600;

/** When a tab opened at `now` ends, Unix seconds of the chain's clock. Midnight is where the reader is. */
export function tabEnd(lasting: Lasting, now: number): number {
	if (lasting === 'midnight') return Math.floor(new Date((now + SHORTEST_SECONDS) * 1000).setHours(24, 0, 0, 0) / 1000);
	if (lasting === 'month') return now + MAX_TAB_SECONDS - MARGIN_SECONDS;
	return now + (lasting === 'day' ? 1 : 7) * DAY_SECONDS;
}
