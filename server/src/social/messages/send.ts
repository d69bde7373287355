import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Locale } from '@kaishi/protocol/platform/local-text';
import { shopOfListing } from '@kaishi/protocol/shop';
import { messageHashOf, type PostMessage } from '@kaishi/protocol/social';
import { type Address, type Hex, isAddressEqual } from 'viem';
import { findOrder } from '../../order/public.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { isStorable } from '../../platform/db/storable.ts';
import { hasListing } from '../../shop/public.ts';
import { type Admitted, requireAdmitted } from './access.ts';
import type { Audience } from './audience.ts';
import { type ConversationRow, hasPicture, noteSpoken } from './conversation-store.ts';
import { findSent, insertMessage, type StoredMessage } from './message-store.ts';

export interface SendContext {
	db: Database;
	audience: Audience;
	/** Chain time, Unix seconds. */
	now(): number;
}

/**
 * Adds a message and tells both sides once it is on the disk. The same id again changes nothing and answers what is there,
 * whatever has happened since. Refused where the other side blocks, the shop has changed hands, or something is named
 * that does not belong here.
 */
export async function sendMessage(
	context: SendContext,
	id: string,
	author: Address,
	message: PostMessage,
): Promise<{ message: StoredMessage; added: boolean }> {
	if (!isStorable(message)) throw new Refusal('Request_Invalid', 'invalid', { field: 'text' });
	const sent = await context.db.transaction(async (tx) => {
		// The lock puts messages of one conversation in a row; others go on beside it.
		const admitted = await requireAdmitted(tx, id, author, true);
		const before = await findSent(tx, id, author, message.id);
		if (before) return { message: sameOrRefuse(before, message), added: false, news: null };
		await requireOpen(tx, admitted, message);
		const stored = toStored(admitted, author, message, context.now());
		await insertMessage(tx, stored);
		await noteSpoken(tx, admitted.conversation, { ...stored, locale: message.locale as Locale });
		return { message: stored, added: true, news: await context.audience.announce(tx, admitted.conversation, 'MessageSent') };
	});
	if (sent.news) context.audience.publish(sent.news);
	return { message: sent.message, added: sent.added };
}

function toStored({ conversation, side }: Admitted, author: Address, message: PostMessage, now: number): StoredMessage {
	const { id, text, picture, card } = message;
	const hashed = {
		conversation: conversation.id,
		seq: conversation.last_seq + 1,
		id,
		previous: conversation.last_hash,
		side,
		author,
		at: now,
		text,
		picture,
		card,
	};
	return { ...hashed, hash: messageHashOf(hashed) };
}

function sameOrRefuse(before: StoredMessage, message: PostMessage): StoredMessage {
	const same =
		before.text === message.text && before.picture === message.picture && before.card?.kind === message.card?.kind && before.card?.id === message.card?.id;
	if (!same) throw new Refusal('Social_MessageIdReused', 'conflict', { id: message.id });
	return before;
}

async function requireOpen(db: Queryable, { conversation, side, closed }: Admitted, message: PostMessage): Promise<void> {
	if (closed) throw new Refusal('Social_ShopChangedHands', 'conflict', { shopId: conversation.shop_id });
	const [blocked, blocking] = side === 'buyer' ? [conversation.shop_blocks, conversation.buyer_blocks] : [conversation.buyer_blocks, conversation.shop_blocks];
	if (blocked) throw new Refusal('Social_Blocked', 'forbidden');
	if (blocking) throw new Refusal('Social_Blocking', 'conflict');
	if (message.card && !(await belongsHere(db, conversation, message.card))) throw new Refusal('Social_UnknownCard', 'invalid', { kind: message.card.kind });
	if (message.picture && !(await hasPicture(db, conversation.id, message.picture))) throw new Refusal('Social_UnknownPicture', 'invalid');
}

/** Orders between these two, and products of this shop. */
async function belongsHere(db: Queryable, conversation: ConversationRow, card: NonNullable<PostMessage['card']>): Promise<boolean> {
	if (card.kind === 'listing') return shopOfListing(BigInt(card.id)).toString() === conversation.shop_id && (await hasListing(db, card.id));
	const order = await findOrder(db, card.id as Hex);
	return order !== null && order.shop_id === conversation.shop_id && isAddressEqual(order.buyer as Address, conversation.buyer);
}
