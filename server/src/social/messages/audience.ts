import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { shopRoles } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { accountsWithRole, mayAct, tenureOf } from '../../shop/public.ts';
import type { ConversationRow } from './conversation-store.ts';

/** How news that the chain does not know reaches sockets, also those of other processes on the same database. */
export interface Herald {
	/** To other processes, when the transaction of `db` commits. */
	announce(db: Queryable, messages: readonly ServerMessage[]): Promise<void>;
	/** To this process's sockets. */
	publish(messages: readonly ServerMessage[]): void;
}

/** Tells the two sides of a conversation, each on its account's own topic: there is no topic that a stranger could ask for. */
export interface Audience {
	announce(db: Queryable, conversation: ConversationRow, event: ConversationEvent): Promise<ServerMessage[]>;
	publish(messages: readonly ServerMessage[]): void;
}

export type ConversationEvent = 'MessageSent' | 'MessageRead' | 'ConversationChanged';

export function createAudience(herald: Herald): Audience {
	return {
		async announce(db, conversation, event) {
			const messages = (await listenersOf(db, conversation)).map((account) => ({ topic: `account:${account.toLowerCase()}`, block: '', event }));
			await herald.announce(db, messages);
			return messages;
		},
		publish: (messages) => herald.publish(messages),
	};
}

/** The buyer, and everybody who may read it for the shop today: nobody of a shop that has changed hands. */
async function listenersOf(db: Queryable, { buyer, shop_id, tenure, assignee }: ConversationRow): Promise<Address[]> {
	if ((await tenureOf(db, shop_id)) !== tenure) return [buyer];
	const staff = await accountsWithRole(db, shop_id, shopRoles.orders);
	const handed = assignee !== null && (await mayAct(db, shop_id, assignee, shopRoles.live)) ? [assignee] : [];
	return [...new Set([buyer, ...staff, ...handed])];
}
