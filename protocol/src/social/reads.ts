import type { Address } from 'viem';
import type { Page } from '../platform/proof.ts';
import type { FollowedShop } from './follows.ts';
import type { ConversationFilter, ConversationPage, ConversationView, MessageRange, QuickReplies } from './messages.ts';
import type { NotificationView, Unread } from './notifications.ts';
import type { ResponseTime } from './response-time.ts';

/** Answers asked by pages; the server implements it, the web consumes it through `locals.reads.social`. */
export interface SocialReads {
	/** The viewer's own conversations as a buyer, latest first. */
	conversationsOfBuyer(viewer: Address, filter: ConversationFilter): Promise<Page<ConversationView>>;
	/** A shop's conversations as `viewer` may see them; empty for who may not. */
	conversationsOfShop(shopId: string, viewer: Address, filter: ConversationFilter): Promise<Page<ConversationView>>;
	/** Null for strangers as for what does not exist. */
	conversation(id: string, viewer: Address, range: MessageRange): Promise<ConversationPage | null>;
	/** Conversations in which a shop has something unread. */
	unreadOfShop(shopId: string): Promise<number>;
	quickReplies(shopId: string): Promise<QuickReplies>;
	responseTime(shopId: string): Promise<ResponseTime | null>;
	/** GET /api/follows */
	follows(viewer: Address): Promise<FollowedShop[]>;
	unread(viewer: Address): Promise<Unread>;
	notifications(viewer: Address, cursor?: string | null): Promise<Page<NotificationView>>;
}
