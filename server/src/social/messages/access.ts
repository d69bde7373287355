import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopRoles } from '@kaishi/protocol/shop';
import type { Side } from '@kaishi/protocol/social';
import { type Address, isAddressEqual } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { mayAct, tenureOf } from '../../shop/public.ts';
import { type ConversationRow, findConversation } from './conversation-store.ts';

export interface Admitted {
	conversation: ConversationRow;
	side: Side;
	/** The shop has passed to somebody else since: the buyer reads on, nobody writes. */
	closed: boolean;
}

/**
 * Who `viewer` is to a conversation now: its buyer, the shop's owner or staff with the orders role, or staff of the live role
 * to whom it was handed. Former owners and staff are nobody, and so is a new owner to what was said before.
 */
export async function admit(db: Queryable, conversation: ConversationRow, viewer: Address): Promise<Admitted | null> {
	const closed = (await tenureOf(db, conversation.shop_id)) !== conversation.tenure;
	if (isAddressEqual(viewer, conversation.buyer)) return { conversation, side: 'buyer', closed };
	if (closed) return null;
	const handed = conversation.assignee !== null && isAddressEqual(conversation.assignee, viewer);
	const answers =
		(await mayAct(db, conversation.shop_id, viewer, shopRoles.orders)) || (handed && (await mayAct(db, conversation.shop_id, viewer, shopRoles.live)));
	return answers ? { conversation, side: 'shop', closed } : null;
}

/** As `admit`; strangers are told what they would be told of a conversation that does not exist. `lock`: see `findConversation`. */
export async function requireAdmitted(db: Queryable, id: string, viewer: Address, lock = false): Promise<Admitted> {
	const conversation = await findConversation(db, id, lock);
	const admitted = conversation && (await admit(db, conversation, viewer));
	if (!admitted) throw new Refusal('Social_UnknownConversation', 'notFound');
	return admitted;
}

/** Whether `account` could answer for the shop if asked to. */
export async function canAnswer(db: Queryable, shopId: string, account: Address): Promise<boolean> {
	return (await mayAct(db, shopId, account, shopRoles.orders)) || (await mayAct(db, shopId, account, shopRoles.live));
}

/** Only the side that a conversation is assigned on may hand it on. */
export function requireShopSide({ side, conversation }: Admitted, viewer: Address): void {
	if (side !== 'shop') throw new Refusal('Shop_Unauthorized', 'forbidden', { shopId: conversation.shop_id, actor: viewer, role: String(shopRoles.orders) });
}
