import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Context, Hono } from 'hono';
import type { Address, Hex } from 'viem';
import type { Database } from '../../platform/db/database.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import type { LiveDoor } from '../live-over.ts';
import { createPotCalls } from './enter.ts';
import { createPlayReads } from './reads.ts';
import { playRoutes } from './routes.ts';
import { createPotNews, type PotNews } from './tell.ts';

export interface PlayParts {
	db: Database;
	viewerOf: ViewerOf;
	clientOf(c: Context): string;
	contracts: Pick<MarketContracts, 'pots' | 'batch'>;
	/** Makes a call as the operator, see `Relayer.poke`. */
	poke(to: Address, data: Hex): Promise<unknown>;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

/** Red packets and lucky draws as one server of a market has them. */
export interface Play {
	routes: Hono;
	/** Takes up what only the leader does: rooms hear how their pots stand. Returns how to stop. */
	assume(door: Pick<LiveDoor, 'tell'>): () => Promise<void>;
	/** What the indexer has just written. */
	hear(messages: readonly ServerMessage[]): void;
	close(): Promise<void>;
}

export function openPlay({ db, viewerOf, clientOf, contracts, poke, now, onError }: PlayParts): Play {
	const reads = createPlayReads({ db, now });
	const calls = createPotCalls({ ...contracts, poke });
	let news: PotNews | null = null;
	return {
		routes: playRoutes({ db, reads, calls, viewerOf, clientOf, now }),
		assume(door) {
			const opened = createPotNews({ reads, door, onError });
			news = opened;
			return async () => {
				news = null;
				await opened.stop();
			};
		},
		hear: (messages) => news?.hear(messages),
		close: () => calls.settled(),
	};
}
