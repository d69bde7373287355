import type { LocalText } from '../platform/local-text.ts';

/** Sold-out offers that one account waits for. */
export const MAX_WAITS = 100;

/** GET /api/waits: one's own offers that are awaited; nobody else is told. PUT, DELETE /api/waits/<offer> → 204 */
export interface Wait {
	/** The offer's. */
	id: string;
}

/** An awaited offer of which there are pieces again. PUT /api/waits/seen → 204: all of them have been looked at. */
export interface BackInStock extends Wait {
	listingId: string;
	title: LocalText;
	/** Chain time, Unix seconds. */
	at: number;
	unread: boolean;
}
