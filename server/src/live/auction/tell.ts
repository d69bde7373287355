import type { AuctionReads } from '@kaishi/protocol/live';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Queryable } from '../../platform/db/database.ts';
import type { LiveDoor } from '../live-over.ts';

export interface AuctionNews {
	hear(messages: readonly Pick<ServerMessage, 'topic'>[]): void;
	/** Resolves when nothing is being told any more. */
	stop(): Promise<void>;
}

const TOPIC = 'auction:';

/** Tells rooms on air that have the piece in their bag how its auction stands, whenever the tables say something new of it. */
export function createAuctionNews(parts: { db: Queryable; reads: AuctionReads; door: Pick<LiveDoor, 'tell'>; onError(error: unknown): void }): AuctionNews {
	const changed = new Set<string>();
	let telling: Promise<void> | null = null;
	let stopped = false;
	const tell = async (id: string) => {
		const view = await parts.reads.auction(id);
		if (view === null) return;
		const { rows } = await parts.db.query<{ show_id: string }>(
			`select show_id from live.shows join live.bag using (show_id) where listing_id = $1 and status in ('live', 'paused', 'away')`,
			[view.listingId],
		);
		for (const { show_id } of rows) await parts.door.tell(show_id, [{ kind: 'auction', id, view }]);
	};
	const run = async () => {
		for (const id of changed) {
			changed.delete(id);
			if (!stopped) await tell(id).catch(parts.onError);
		}
		telling = null;
	};
	return {
		hear(messages) {
			for (const { topic } of messages) if (topic.startsWith(TOPIC)) changed.add(topic.slice(TOPIC.length));
			if (changed.size > 0 && !stopped) telling ??= run();
		},
		async stop() {
			stopped = true;
			await telling;
		},
	};
}
