import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type Hex, hexToBytes } from 'viem';

export type TicketKind = 'publish' | 'watch';

/** Short-lived permissions and stream keys. Both are worked out from the operator's key: there is no table of secrets to lose. */
export interface Tickets {
	/** For one show, one account (or address) and one purpose, until a time, Unix seconds. */
	issue(kind: TicketKind, showId: string, who: string, expiresAt: number): string;
	/** Whom it was issued to, if it is for this and still good. */
	check(kind: TicketKind, showId: string, ticket: string): string | null;
	/** What goes into an encoder's settings. A later generation makes the earlier ones worthless. */
	streamKey(showId: string, generation: number): string;
}

/** `now`: Unix seconds. */
export function createTickets(operatorKey: Hex, now: () => number = () => Date.now() / 1000): Tickets {
	const key = Buffer.from(hkdfSync('sha256', hexToBytes(operatorKey), '', 'kaishi: tickets of live shows', 32));
	const macOf = (...parts: readonly string[]) => createHmac('sha256', key).update(parts.map((part) => `${part.length}:${part}`).join(''));
	const signed = (kind: TicketKind, showId: string, who: string, expiresAt: string) => macOf(kind, showId, who, expiresAt).digest('base64url');
	return {
		issue: (kind, showId, who, expiresAt) => [expiresAt, Buffer.from(who).toString('base64url'), signed(kind, showId, who, String(expiresAt))].join('.'),
		check(kind, showId, ticket) {
			const [expiresAt = '', encoded = '', mac = ''] = ticket.split('.');
			const who = Buffer.from(encoded, 'base64url').toString();
			if (!isSame(mac, signed(kind, showId, who, expiresAt))) return null;
			return Number(expiresAt) > now() ? who : null;
		},
		streamKey: (showId, generation) => `${showId}-${macOf('stream key', showId, String(generation)).digest('base64url').slice(0, 32)}`,
	};
}

/** In constant time. */
export function isSame(given: string, ours: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(ours)];
	return a.length === b.length && timingSafeEqual(a, b);
}
