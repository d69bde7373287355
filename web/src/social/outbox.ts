import type { PostMessage } from '@kaishi/protocol/social';

/** What is said and not yet acknowledged: kept in this browser until it is, across reloads and lost networks. */
export interface Outbox {
	read(): PostMessage[];
	add(message: PostMessage): void;
	remove(id: string): void;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function openOutbox(store: Store, account: string, conversation: string): Outbox {
	const key = `kaishi.outbox.${account.toLowerCase()}.${conversation}`;
	const read = (): PostMessage[] => {
		try {
			const kept: unknown = JSON.parse(store.getItem(key) ?? '[]');
			return Array.isArray(kept) ? (kept as PostMessage[]) : [];
		} catch {
			return [];
		}
	};
	const write = (messages: PostMessage[]) => {
		try {
			if (messages.length > 0) store.setItem(key, JSON.stringify(messages));
			else store.removeItem(key);
		} catch {
			// A full or forbidden store costs the copy that outlives a reload, nothing else.
		}
	};
	return {
		read,
		add: (message) => write([...read().filter((kept) => kept.id !== message.id), message]),
		remove: (id) => write(read().filter((kept) => kept.id !== id)),
	};
}

/** 256 random bits: retries of one message are recognised by them. */
export function newMessageId(): `0x${string}` {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
