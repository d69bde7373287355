import { Refusal } from '@kaishi/protocol/platform/errors';
import type { ListingCard } from '@kaishi/protocol/shop';
import type { ConversationPage, ConversationView, MessageView, OrderCardView, PostMessage } from '@kaishi/protocol/social';
import { api, isNetworkLost } from '#platform/api/client.ts';
import { getLocale } from '#platform/i18n/index.ts';
import { newMessageId, type Outbox, openOutbox } from './outbox.ts';
import { tellOwnReading } from './own-reading.ts';

export interface Pending {
	message: PostMessage;
	/** `refused` stays until the person tries again or takes it back; everything else is retried by itself. */
	state: 'sending' | 'waiting' | 'refused';
	error: unknown;
}

const PAGE = 30;
const MOST = 100;
const RETRY_MS = 4000;

/** One open conversation: what was said, what is on its way, and what its cards show now. */
export class Chat {
	readonly id: string;
	conversation = $state.raw<ConversationView>() as ConversationView;
	messages = $state.raw<MessageView[]>([]);
	orders = $state.raw<Map<string, OrderCardView>>(new Map());
	listings = $state.raw<Map<string, ListingCard>>(new Map());
	more = $state(false);
	pending = $state.raw<Pending[]>([]);
	#outbox: Outbox;
	#draining = false;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(page: ConversationPage, account: string) {
		this.id = page.conversation.id;
		this.#outbox = openOutbox(localStorage, account, this.id);
		this.#take(page);
		this.more = page.more;
		this.pending = this.#outbox.read().map((message) => ({ message, state: 'waiting', error: null }));
	}

	/** Asks for what is new, and for cards anew. */
	async refresh(): Promise<void> {
		const limit = Math.min(MOST, Math.max(PAGE, this.messages.length));
		const known = this.messages.at(-1)?.seq ?? 0;
		const page = await api.get<ConversationPage>(`${this.#path}?limit=${limit}`);
		// A long absence: what lies between is older than this page.
		if ((page.messages[0]?.seq ?? 1) > known + 1) {
			this.messages = [];
			this.more = page.more;
		}
		this.#take(page);
		void this.drain();
	}

	async loadOlder(): Promise<void> {
		const page = await api.get<ConversationPage>(`${this.#path}?before=${this.messages[0]?.seq ?? 1}&limit=${PAGE}`);
		this.#take(page);
		this.more = page.more;
	}

	/** Shows it at once, keeps it, and sends it as soon as that is possible. */
	send(content: Pick<PostMessage, 'text' | 'picture' | 'card'>): void {
		const message: PostMessage = { id: newMessageId(), locale: getLocale(), ...content };
		this.#outbox.add(message);
		this.pending = [...this.pending, { message, state: 'sending', error: null }];
		void this.drain();
	}

	/** Sends what waits, one by one and in order; those refused only when asked to. */
	async drain(again?: string): Promise<void> {
		if (again) this.#mark(again, 'waiting');
		if (this.#draining) return;
		this.#draining = true;
		clearTimeout(this.#retry);
		try {
			for (let next = this.#next(); next; next = this.#next()) if (!(await this.#post(next.message))) return;
		} finally {
			this.#draining = false;
		}
	}

	/** Takes back what was refused. */
	discard(id: string): void {
		this.#outbox.remove(id);
		this.pending = this.pending.filter((entry) => entry.message.id !== id);
	}

	/** Tells the other side how far this one has read. */
	async markRead(): Promise<void> {
		const last = this.messages.at(-1);
		if (!last || this.conversation.unread === 0) return;
		this.conversation = { ...this.conversation, unread: 0 };
		await api.put(`${this.#path}/read`, { seq: last.seq });
		tellOwnReading();
	}

	async setBlocked(blocked: boolean): Promise<void> {
		await api.put(`${this.#path}/block`, { blocked });
		await this.refresh();
	}

	async assign(account: string | null): Promise<void> {
		await api.put(`${this.#path}/assignee`, { account });
		await this.refresh();
	}

	stop(): void {
		clearTimeout(this.#retry);
	}

	get #path() {
		return `/api/conversations/${this.id}`;
	}

	#next() {
		return this.pending.find((entry) => entry.state !== 'refused');
	}

	/** @returns whether to go on with the next. */
	async #post(message: PostMessage): Promise<boolean> {
		this.#mark(message.id, 'sending');
		try {
			const sent = await api.post<MessageView>(`${this.#path}/messages`, message);
			this.messages = merge(this.messages, [sent]);
			this.discard(message.id);
			if (sent.card && !(sent.card.kind === 'order' ? this.orders : this.listings).has(sent.card.id)) void this.refresh().catch(() => undefined);
			return true;
		} catch (error) {
			const hurried = error instanceof Refusal && error.kind === 'tooMany';
			if (!isNetworkLost(error) && !hurried) {
				this.#mark(message.id, 'refused', error);
				return true;
			}
			this.#mark(message.id, 'waiting', error);
			const seconds = hurried ? Number(error.details.retryAfterSeconds ?? 2) : RETRY_MS / 1000;
			this.#retry = setTimeout(() => void this.drain(), seconds * 1000);
			return false;
		}
	}

	#mark(id: string, state: Pending['state'], error: unknown = null) {
		this.pending = this.pending.map((entry) => (entry.message.id === id ? { ...entry, state, error } : entry));
	}

	#take(page: ConversationPage) {
		this.conversation = page.conversation;
		this.messages = merge(this.messages, page.messages);
		this.orders = new Map([...this.orders, ...page.orders.map((order) => [order.id as string, order] as const)]);
		this.listings = new Map([...this.listings, ...page.listings.map((listing) => [listing.id, listing] as const)]);
		// An answer that was lost on the way: the message arrived all the same.
		const arrived = new Set(page.messages.map((message) => message.id));
		for (const { message } of this.pending) if (arrived.has(message.id)) this.discard(message.id);
	}
}

/** By their place, later news of the same one over earlier. */
export function merge(known: readonly MessageView[], fresh: readonly MessageView[]): MessageView[] {
	const bySeq = new Map([...known, ...fresh].map((message) => [message.seq, message]));
	return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
