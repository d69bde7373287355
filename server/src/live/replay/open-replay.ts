import { join } from 'node:path';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hono } from 'hono';
import type { Config } from '../../platform/config/config.ts';
import type { Database } from '../../platform/db/database.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import type { MediaViews } from '../../shop/public.ts';
import { replayRoutes } from './routes.ts';
import { deleteReplay, keepReplays, type ReplayStorageContext } from './storage.ts';

export interface ReplayParts {
	config: Pick<Config, 'dataDir' | 'liveStorageBytes' | 'liveKeepDays'>;
	db: Database;
	viewerOf: ViewerOf;
	media: MediaViews;
	/** Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

/** Recordings after their show. */
export interface Replay {
	routes: Hono;
	/** Keeps storage within its bounds from now on. `onGone` is told before a recording is deleted. */
	assume(onGone: (showId: string) => Promise<void>): () => Promise<void>;
	/** Looks at the storage now. */
	keep(): void;
}

const ROUND_MS = 3_600_000;

export function openReplay({ config, db, viewerOf, media, now, onError }: ReplayParts): Replay {
	const directory = join(config.dataDir, 'live');
	let duty: ReplayStorageContext | null = null;
	let turn: Promise<unknown> = Promise.resolve();
	const keep = () => {
		turn = turn.then(() => duty && keepReplays(duty)).catch(onError);
	};
	const remove = async (showId: string) => {
		if (!duty) throw new Refusal('Live_Elsewhere', 'unavailable');
		await deleteReplay(duty, showId);
	};
	return {
		routes: replayRoutes({ db, viewerOf, media, directory, deleteReplay: remove }),
		assume(onGone) {
			duty = { db, directory, maxBytes: config.liveStorageBytes, keepSeconds: config.liveKeepDays * 86_400, now, onGone };
			keep();
			const rounds = setInterval(keep, ROUND_MS);
			return async () => {
				clearInterval(rounds);
				duty = null;
				await turn;
			};
		},
		keep,
	};
}
