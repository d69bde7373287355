import type { OrderReads, OrderView } from '@kaishi/protocol/order';
import type { MediaView } from '@kaishi/protocol/platform/media';
import type { ListingCard, ListingView, ShopReads } from '@kaishi/protocol/shop';
import { shopRoles } from '@kaishi/protocol/shop';
import {
	type ConversationPage,
	type ConversationView,
	type MessageView,
	type OrderCardView,
	RESPONSE_DAYS,
	type ResponseTime,
	responseTimeOf,
	type Side,
	type SocialReads,
} from '@kaishi/protocol/social';
import { type Address, getAddress, type Hex, isAddress } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { pageSize, toPage } from '../../platform/db/page.ts';
import { type MediaViews, mayAct, type ShopFace, shopFaces, tenureOf } from '../../shop/public.ts';
import { admit } from './access.ts';
import { type ConversationRow, countUnreadOfShops, findConversation, listConversations, responseFacts, unreadIn } from './conversation-store.ts';
import { lastMessages, listMessages, readQuickReplies, type StoredMessage } from './message-store.ts';

export interface MessageReadsContext {
	db: Queryable;
	/** Public pictures: shops' logos. */
	media: MediaViews;
	/** Pictures that people sent each other. */
	privateMedia: MediaViews;
	orders: Pick<OrderReads, 'order'>;
	shops: Pick<ShopReads, 'listing'>;
	/** Chain time, Unix seconds. */
	now(): number;
}

type MessageReads = Pick<SocialReads, 'conversationsOfBuyer' | 'conversationsOfShop' | 'conversation' | 'unreadOfShop' | 'quickReplies' | 'responseTime'>;

const CONVERSATIONS = 20;
const MESSAGES = 30;
const DAY = 86_400;
const isId = (id: string) => /^\d{1,78}$/.test(id);

export function createMessageReads(context: MessageReadsContext): MessageReads {
	const { db } = context;
	return {
		async conversationsOfBuyer(viewer, filter) {
			if (!isAddress(viewer, { strict: false })) return { items: [], next: null };
			const rows = await listConversations(db, { buyer: getAddress(viewer) }, filter, CONVERSATIONS);
			return conversationPage(context, rows, 'buyer');
		},
		async conversationsOfShop(shopId, viewer, filter) {
			const nothing = { items: [], next: null };
			if (!isId(shopId)) return nothing;
			const [tenure, all] = await Promise.all([tenureOf(db, shopId), mayAct(db, shopId, viewer, shopRoles.orders)]);
			if (tenure === null || !(all || (await mayAct(db, shopId, viewer, shopRoles.live)))) return nothing;
			// Staff of the live role see what was handed to them.
			const rows = await listConversations(db, { shopId, tenure, viewer: getAddress(viewer) }, all ? filter : { ...filter, show: 'mine' }, CONVERSATIONS);
			return conversationPage(context, rows, 'shop');
		},
		conversation: (id, viewer, range) => readConversation(context, id, getAddress(viewer), range),
		async unreadOfShop(shopId) {
			const tenure = isId(shopId) ? await tenureOf(db, shopId) : null;
			return tenure === null ? 0 : countUnreadOfShops(db, [{ shopId, tenure }], null);
		},
		async quickReplies(shopId) {
			const tenure = isId(shopId) ? await tenureOf(db, shopId) : null;
			return tenure === null ? [] : readQuickReplies(db, shopId, tenure);
		},
		responseTime: (shopId) => readResponseTime(context, shopId),
	};
}

async function readResponseTime({ db, now }: MessageReadsContext, shopId: string): Promise<ResponseTime | null> {
	const tenure = isId(shopId) ? await tenureOf(db, shopId) : null;
	if (tenure === null) return null;
	const { median, ...facts } = await responseFacts(db, { shopId, tenure, now: now(), seconds: RESPONSE_DAYS * DAY, patience: DAY });
	return responseTimeOf({ ...facts, medianSeconds: median });
}

async function conversationPage(context: MessageReadsContext, rows: readonly (ConversationRow & { unread: number })[], side: Side) {
	const shown = rows.slice(0, CONVERSATIONS);
	const [faces, last] = await Promise.all([
		shopFaces(
			context.db,
			context.media,
			shown.map((row) => row.shop_id),
		),
		lastMessages(
			context.db,
			shown.map((row) => row.id),
		),
	]);
	const closed = new Map(
		await Promise.all(shown.map(async (row) => [row.id, side === 'buyer' && (await tenureOf(context.db, row.shop_id)) !== row.tenure] as const)),
	);
	return toPage(
		rows,
		CONVERSATIONS,
		(row) => toConversationView(row, { side, unread: row.unread, closed: closed.get(row.id) ?? false, face: faces.get(row.shop_id), last: last.get(row.id) }),
		(row) => [row.touched],
	);
}

async function readConversation(
	context: MessageReadsContext,
	id: string,
	viewer: Address,
	range: { before?: number; after?: number; limit?: number },
): Promise<ConversationPage | null> {
	const { db } = context;
	const row = await findConversation(db, id);
	const admitted = row && (await admit(db, row, viewer));
	if (!row || !admitted) return null;
	const { side, closed } = admitted;
	const limit = pageSize(range.limit, MESSAGES, 100);
	const [messages, unread, faces, last] = await Promise.all([
		listMessages(db, id, { before: range.before ?? null, after: range.after ?? null, limit }),
		unreadIn(db, id, side),
		shopFaces(db, context.media, [row.shop_id]),
		lastMessages(db, [id]),
	]);
	const pictures = await context.privateMedia(messages.flatMap((message) => message.picture ?? []));
	return {
		conversation: toConversationView(row, { side, unread, closed, face: faces.get(row.shop_id), last: last.get(id) }),
		messages: messages.map((message) => toMessageView(message, pictures)),
		more: (messages[0]?.seq ?? 1) > 1,
		...(await cardsOf(context, messages, viewer)),
	};
}

interface Around {
	side: Side;
	unread: number;
	closed: boolean;
	face: ShopFace | undefined;
	last: StoredMessage | undefined;
}

function toConversationView(row: ConversationRow, { side, unread, closed, face, last }: Around): ConversationView {
	const [blocking, blocked] = side === 'buyer' ? [row.buyer_blocks, row.shop_blocks] : [row.shop_blocks, row.buyer_blocks];
	return {
		id: row.id,
		shop: face ?? { id: row.shop_id, slug: row.shop_id, name: { en: row.shop_id }, logo: null },
		buyer: row.buyer,
		side,
		lastSeq: row.last_seq,
		unread,
		readByOther: side === 'buyer' ? row.shop_read : row.buyer_read,
		assignee: side === 'shop' ? row.assignee : null,
		blocking,
		blocked,
		closed,
		waitingSince: row.waiting_since,
		buyerLocale: row.buyer_locale,
		last: last
			? { side: last.side, at: last.at, text: last.text, kind: last.text !== '' ? 'text' : last.picture !== null ? 'picture' : (last.card?.kind ?? 'text') }
			: null,
	};
}

export function toMessageView({ conversation: _, card, ...message }: StoredMessage, pictures: Map<string, MediaView>): MessageView {
	const nothing = { width: 0, height: 0, alt: null, renditions: [], blur: '' };
	return {
		...message,
		picture: message.picture === null ? null : (pictures.get(message.picture) ?? { cid: message.picture, ...nothing }),
		card: card as MessageView['card'],
	};
}

/** What the cards show now, each once, with the viewer's own eyes. */
async function cardsOf({ orders, shops }: MessageReadsContext, messages: readonly StoredMessage[], viewer: Address) {
	const idsOf = (kind: 'order' | 'listing') => [...new Set(messages.flatMap(({ card }) => (card?.kind === kind ? [card.id] : [])))];
	const [foundOrders, foundListings] = await Promise.all([
		Promise.all(idsOf('order').map((id) => orders.order(id as Hex, viewer))),
		Promise.all(idsOf('listing').map((id) => shops.listing(id))),
	]);
	return {
		orders: foundOrders.flatMap((order) => (order ? [toOrderCard(order)] : [])),
		listings: foundListings.flatMap((one) => (one ? [toListingCard(one)] : [])),
	};
}

function toOrderCard(order: OrderView): OrderCardView {
	const { id, state, deadline, placedAt, quantity, total, listing, shop, buyer, role, nextActions, deadlineDefault, events } = order;
	return { id, state, deadline, placedAt, quantity, total, listing, shop, buyer, role, nextActions, deadlineDefault, events };
}

function toListingCard(listing: ListingView): ListingCard {
	const { id, shop, title, image, category, kind, price, priceVaries, stock, sold, rating, listed } = listing;
	return { id, shop, title, image, category, kind, price, priceVaries, stock, sold, rating, listed };
}
