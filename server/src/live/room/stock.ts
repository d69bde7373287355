import type { RoomEvent } from '@kaishi/protocol/live';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Queryable } from '../../platform/db/database.ts';
import { stockOf } from '../../shop/public.ts';

const TOPIC = /^listing:(\d+)$/;
/** Between two looks, ms: in a rush every block says that something was sold. */
const LOOK_MS = 150;

/** Follows the stock of whatever is in the bags of open rooms, and tells each change once. */
export class StockWatch {
	readonly #db: Queryable;
	readonly #tell: (listingId: string, events: RoomEvent[]) => void;
	readonly #onError: (error: unknown) => void;
	/** How many rooms show a listing. */
	readonly #watched = new Map<string, number>();
	readonly #known = new Map<string, number | null>();
	readonly #changed = new Set<string>();
	#looking: Promise<void> | null = null;

	constructor(db: Queryable, tell: (listingId: string, events: RoomEvent[]) => void, onError: (error: unknown) => void) {
		this.#db = db;
		this.#tell = tell;
		this.#onError = onError;
	}

	watch(listingIds: readonly string[]): void {
		for (const id of listingIds) this.#watched.set(id, (this.#watched.get(id) ?? 0) + 1);
	}

	unwatch(listingIds: readonly string[]): void {
		for (const id of listingIds) {
			const left = (this.#watched.get(id) ?? 1) - 1;
			if (left > 0) this.#watched.set(id, left);
			else this.#watched.delete(id);
		}
	}

	/** What the indexer says has changed. */
	hear(messages: readonly ServerMessage[]): void {
		for (const { topic } of messages) {
			const id = TOPIC.exec(topic)?.[1];
			// A flash deal is a listing of its own: whose it is, the tables know.
			if (id && this.#watched.size > 0) this.#changed.add(id);
		}
		if (this.#changed.size === 0 || this.#looking) return;
		this.#looking = this.#look()
			.catch(this.#onError)
			.finally(() => {
				this.#looking = null;
			});
	}

	async #look(): Promise<void> {
		while (this.#changed.size > 0) {
			const ids = [...this.#changed];
			this.#changed.clear();
			const events = new Map<string, RoomEvent[]>();
			for (const { root, offer_id, left } of await stockOf(this.#db, ids)) {
				if (!this.#watched.has(root) || this.#known.get(offer_id) === left) continue;
				this.#known.set(offer_id, left);
				events.set(root, [...(events.get(root) ?? []), { kind: 'stock', offerId: offer_id, left }]);
			}
			for (const [listingId, told] of events) this.#tell(listingId, told);
			await new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
		}
	}
}
