import type { Hex } from 'viem';
import type { LocalText } from '../platform/local-text.ts';
import type { Side } from './messages.ts';

/** Something that happened to an order, told to the side that did not do it itself; to both when nobody of them did. */
export interface NotificationView {
	/** `<block>-<log>`: its place on the chain, which also orders them. */
	id: string;
	/** Name of the order's event, e.g. `OrderPlaced`. */
	event: string;
	/** Refunded: 0 late, 1 cancelled by the buyer, 2 refunded by the seller. */
	cause: number | null;
	/** For whom: as the buyer, or as somebody who answers for the shop. */
	side: Side;
	orderId: Hex;
	/** What was ordered. */
	title: LocalText;
	shop: { id: string; slug: string; name: LocalText };
	/** Chain time, Unix seconds. */
	at: number;
	unread: boolean;
}

/** GET /api/unread */
export interface Unread {
	/** Conversations with something new, on either side. */
	messages: number;
	notifications: number;
}

/** PUT /api/notifications/read: everything up to this one has been seen. */
export interface NotificationsRead {
	id: string;
}
