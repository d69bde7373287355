import { type PublishTicket, ticketProtocols } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { api } from '#platform/api/client.ts';

/** Refusals after which trying again is in vain; everything else is a server that comes back. */
const isFinal = (error: unknown): error is Refusal => error instanceof Refusal && error.kind !== 'unavailable' && error.kind !== 'tooMany';

/** Where to publish now: tickets are short-lived, so each connection asks for its own. Throws a `Refusal` only when it is final. */
export async function askPublishTicket(showId: string): Promise<PublishTicket> {
	try {
		return await api.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'browser' });
	} catch (error) {
		if (isFinal(error)) throw error;
		throw new Error('the server does not answer', { cause: error });
	}
}

/** The market's own socket, and what it is asked for with the ticket. */
export function socketAddressOf({ url, ticket }: PublishTicket): { url: string; protocols: string[] } {
	const address = new URL(url, location.href);
	address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
	return { url: address.href, protocols: ticket ? ticketProtocols(ticket) : [] };
}
