import type { AuctionReads } from '@kaishi/protocol/live';
import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Context, Hono } from 'hono';
import type { Address, Hex } from 'viem';
import type { Database } from '../../platform/db/database.ts';
import type { LiveDoor } from '../live-over.ts';
import { createAuctionReads } from './reads.ts';
import { auctionRoutes } from './routes.ts';
import { type AuctionNews, createAuctionNews } from './tell.ts';

export interface AuctionParts {
	db: Database;
	chainId: number;
	contracts: Pick<MarketContracts, 'auctions'>;
	/** Makes a call as the operator, see `Relayer.poke`. */
	poke(to: Address, data: Hex): Promise<unknown>;
	clientOf(c: Context): string;
	onError(error: unknown): void;
}

/** Auctions as one server of a market has them. */
export interface AuctionDesk {
	reads: AuctionReads;
	routes: Hono;
	/** Takes up what only the leader does: rooms hear how their auctions stand. Returns how to stop. */
	assume(door: Pick<LiveDoor, 'tell'>): () => Promise<void>;
	/** What the indexer has just written. */
	hear(messages: readonly ServerMessage[]): void;
}

/** Reads, routes and news of auctions. Nothing runs until `assume`. */
export function openAuctions({ db, chainId, contracts, poke, clientOf, onError }: AuctionParts): AuctionDesk {
	const reads = createAuctionReads({ db });
	let news: AuctionNews | null = null;
	return {
		reads,
		routes: auctionRoutes({ db, reads, place: { chainId, auctions: contracts.auctions }, send: (data) => poke(contracts.auctions, data), clientOf }),
		assume(door) {
			const opened = createAuctionNews({ db, reads, door, onError });
			news = opened;
			return async () => {
				news = null;
				await opened.stop();
			};
		},
		hear: (messages) => news?.hear(messages),
	};
}
