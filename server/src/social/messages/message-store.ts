import type { QuickReplies, Side } from '@kaishi/protocol/social';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';

/**
 * The only module that reads and writes what people said: texts of messages and a shop's quick replies. Everything else
 * in this room knows who spoke when, and passes `text` along unread. Encrypting to the two sides changes this file: `text`
 * then is the sealed words, excerpts are opened in the browser, and nothing beside it notices.
 */
export interface StoredMessage {
	conversation: string;
	seq: number;
	id: Hex;
	hash: Hex;
	previous: Hex | null;
	side: Side;
	author: Address;
	at: number;
	text: string;
	picture: string | null;
	card: { kind: 'order' | 'listing'; id: string } | null;
}

interface MessageRow {
	conversation_id: string;
	seq: number;
	id: Hex;
	hash: Hex;
	previous: Hex | null;
	side: Side;
	author: Address;
	at: number;
	body: string;
	picture: string | null;
	card_kind: 'order' | 'listing' | null;
	card_id: string | null;
}

const MESSAGE = 'conversation_id, seq, id, hash, previous, side, author, at, body, picture, card_kind, card_id';
const EXCERPT_CHARS = 140;

export async function insertMessage(db: Queryable, message: StoredMessage): Promise<void> {
	await db.query(`insert into social_private.messages (${MESSAGE}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, [
		message.conversation,
		message.seq,
		message.id,
		message.hash,
		message.previous,
		message.side,
		message.author,
		message.at,
		message.text,
		message.picture,
		message.card?.kind ?? null,
		message.card?.id ?? null,
	]);
}

/** What `author` has sent under this id before. */
export async function findSent(db: Queryable, conversation: string, author: Address, id: Hex): Promise<StoredMessage | null> {
	const { rows } = await db.query<MessageRow>(`select ${MESSAGE} from social_private.messages where conversation_id = $1 and author = $2 and id = $3`, [
		conversation,
		author,
		id,
	]);
	return rows[0] ? toMessage(rows[0]) : null;
}

/** Oldest first: the last ones before `before`, or the first ones after `after`; at most `limit`. */
export async function listMessages(
	db: Queryable,
	conversation: string,
	range: { before: number | null; after: number | null; limit: number },
): Promise<StoredMessage[]> {
	const { rows } = await db.query<MessageRow>(
		`select ${MESSAGE} from social_private.messages where conversation_id = $1 and ($2::int is null or seq < $2) and ($3::int is null or seq > $3)
		 order by case when $3::int is null then -seq else seq end limit $4`,
		[conversation, range.before, range.after, range.limit],
	);
	return rows.map(toMessage).sort((a, b) => a.seq - b.seq);
}

/** How each conversation ends at present, the words cut short; by conversation. */
export async function lastMessages(db: Queryable, conversations: readonly string[]): Promise<Map<string, StoredMessage>> {
	const { rows } = await db.query<MessageRow>(
		`select ${MESSAGE.split(', ')
			.map((column) => `m.${column}`)
			.join(', ')} from social_private.messages m join social_private.conversations c on c.id = m.conversation_id and c.last_seq = m.seq
		 where c.id = any($1::uuid[])`,
		[conversations],
	);
	return new Map(
		rows.map(toMessage).map((message) => [message.conversation, { ...message, text: [...message.text].slice(0, EXCERPT_CHARS).join('').replace(/\s+/g, ' ') }]),
	);
}

export async function readQuickReplies(db: Queryable, shopId: string, tenure: string): Promise<QuickReplies> {
	const { rows } = await db.query<{ replies: string }>('select replies from social_private.quick_replies where shop_id = $1 and tenure = $2', [shopId, tenure]);
	return rows[0] ? (JSON.parse(rows[0].replies) as QuickReplies) : [];
}

export async function writeQuickReplies(db: Queryable, shopId: string, tenure: string, replies: QuickReplies): Promise<void> {
	await db.query(
		`insert into social_private.quick_replies (shop_id, tenure, replies) values ($1, $2, $3)
		 on conflict (shop_id, tenure) do update set replies = excluded.replies`,
		[shopId, tenure, JSON.stringify(replies)],
	);
}

function toMessage({ conversation_id, body, card_kind, card_id, ...row }: MessageRow): StoredMessage {
	return { ...row, conversation: conversation_id, text: body, card: card_kind && card_id !== null ? { kind: card_kind, id: card_id } : null };
}
