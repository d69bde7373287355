import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import type { NextAction, OrderRole, OrderSummary, OrderView } from '../order/index.ts';
import { CONTENT_ID } from '../platform/content-id.ts';
import { type LocalText, locales } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';
import { cleanText } from '../platform/plain-text.ts';
import type { ListingCard } from '../shop/index.ts';

/** Who speaks in a conversation: the buyer, or whoever answers for the shop. */
export type Side = 'buyer' | 'shop';

export const MAX_MESSAGE_CHARS = 2000;
export const MAX_QUICK_REPLIES = 20;
export const MAX_QUICK_REPLY_CHARS = 500;

const bytes32 = v.pipe(
	v.string(),
	v.regex(/^0x[0-9a-fA-F]{64}$/),
	v.transform((text) => text.toLowerCase() as Hex),
);

/** What a message points at; the page shows it as it is now. */
export const messageCard = v.variant('kind', [
	v.strictObject({ kind: v.literal('order'), id: bytes32 }),
	v.strictObject({ kind: v.literal('listing'), id: v.pipe(v.string(), v.regex(/^\d{1,78}$/)) }),
]);
export type MessageCard = v.InferOutput<typeof messageCard>;

/** POST /api/conversations/:id/messages. Text, picture or card: at least one. Sent again with the same `id`, nothing is added. */
export const postMessage = v.pipe(
	v.strictObject({
		/** 256 random bits from the sender's device: makes retries harmless, and the hash unguessable. */
		id: bytes32,
		/** Language of the sender's pages: quick replies follow it. */
		locale: v.picklist(locales),
		text: v.optional(v.pipe(v.string(), v.maxLength(MAX_MESSAGE_CHARS * 4), v.transform(cleanText), v.maxLength(MAX_MESSAGE_CHARS)), ''),
		/** Manifest CID of a picture uploaded into this conversation. */
		picture: v.optional(v.nullable(v.pipe(v.string(), v.regex(CONTENT_ID))), null),
		card: v.optional(v.nullable(messageCard), null),
	}),
	v.check((message) => message.text !== '' || message.picture !== null || message.card !== null, 'something to say'),
);
export type PostMessage = v.InferOutput<typeof postMessage>;

const replyText = v.optional(v.pipe(v.string(), v.maxLength(MAX_QUICK_REPLY_CHARS * 4), v.transform(cleanText), v.maxLength(MAX_QUICK_REPLY_CHARS)));

/** PUT /api/shops/:id/quick-replies: answers that the shop gives often, in one or both languages. */
export const quickReplies = v.pipe(
	v.array(
		v.pipe(
			v.strictObject({ en: replyText, 'zh-CN': replyText }),
			v.transform((text): LocalText => ({ ...(text.en ? { en: text.en } : {}), ...(text['zh-CN'] ? { 'zh-CN': text['zh-CN'] } : {}) })),
			v.check((text) => Boolean(text.en ?? text['zh-CN']), 'text in at least one language'),
		),
	),
	v.maxLength(MAX_QUICK_REPLIES),
);
export type QuickReplies = v.InferOutput<typeof quickReplies>;

/** POST /api/conversations. Without `buyer` the signed-in buyer's own; with it the shop writes first, to somebody who ordered there. */
export interface OpenConversation {
	shopId: string;
	buyer?: Address;
}

export interface MessageView {
	/** 1, 2, 3 … within the conversation. */
	seq: number;
	/** As the sender's device made it. */
	id: Hex;
	/** What evidence cites: see `messageHashOf`. */
	hash: Hex;
	/** Hash of the message before; null for the first. */
	previous: Hex | null;
	side: Side;
	author: Address;
	/** Chain time, Unix seconds. */
	at: number;
	text: string;
	/** Renditions are served at `/api/conversations/:id/pictures/<cid>/<rendition>` to the two sides only. */
	picture: MediaView | null;
	card: MessageCard | null;
}

export interface ConversationView {
	id: string;
	shop: { id: string; slug: string; name: LocalText; logo: MediaView | null };
	buyer: Address;
	/** Which side the viewer is on. */
	side: Side;
	lastSeq: number;
	/** Messages of the other side that the viewer's side has not seen. */
	unread: number;
	/** How far the other side has read. */
	readByOther: number;
	/** Who answers for the shop; null when nobody has taken it. Buyers are not told. */
	assignee: Address | null;
	/** The viewer's side takes no more messages from the other. */
	blocking: boolean;
	/** The other side takes no more messages. */
	blocked: boolean;
	/** The shop has changed hands since: nothing can be added, and its new owner does not see it. */
	closed: boolean;
	/** Since when the buyer waits for an answer. */
	waitingSince: number | null;
	/** Language of the buyer's pages, when the buyer has written. */
	buyerLocale: (typeof locales)[number] | null;
	last: { side: Side; at: number; text: string; kind: 'text' | 'picture' | 'order' | 'listing' } | null;
}

/** An order inside a conversation, as the viewer sees it now. */
export interface OrderCardView extends OrderSummary {
	role: OrderRole | null;
	nextActions: NextAction[];
	deadlineDefault: OrderView['deadlineDefault'];
	events: OrderView['events'];
}

/** GET /api/conversations/:id?before=<seq>&after=<seq>&limit= */
export interface ConversationPage {
	conversation: ConversationView;
	/** Oldest first. */
	messages: MessageView[];
	/** Whether there are older ones than the first of these. */
	more: boolean;
	/** What the cards of these messages show, as of now. */
	orders: OrderCardView[];
	listings: ListingCard[];
}
export interface MessageRange {
	before?: number;
	after?: number;
	/** At most 100. */
	limit?: number;
}

/** PUT /api/conversations/:id/read */
export interface ReadUpTo {
	seq: number;
}
/** PUT /api/conversations/:id/assignee: who answers for the shop; null hands it back to everybody. */
export interface Assign {
	account: Address | null;
}
/** PUT /api/conversations/:id/block */
export interface Block {
	blocked: boolean;
}

export interface ConversationFilter {
	/** Only those with something unread, or that wait for an answer. */
	show?: 'all' | 'unread' | 'mine';
	cursor?: string | null;
}
