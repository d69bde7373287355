import type { PublishTicket } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { api } from '#platform/api/client.ts';

/** Refusals after which trying again is in vain; everything else is a server that comes back. */
const isFinal = (error: unknown): error is Refusal => error instanceof Refusal && error.kind !== 'unavailable' && error.kind !== 'tooMany';

/** Where to publish now: tickets are short-lived, so each connection asks for its own. Throws a `Refusal` only when it is final. */
export async function askPublishAddress(showId: string): Promise<string> {
	try {
		const { url, ticket } = await api.post<PublishTicket>(`/api/live/${showId}/publish-ticket`, { door: 'browser' });
		const address = new URL(url, location.href);
		address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
		if (ticket) address.searchParams.set('ticket', ticket);
		return address.href;
	} catch (error) {
		if (isFinal(error)) throw error;
		throw new Error('the server does not answer', { cause: error });
	}
}
