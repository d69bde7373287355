import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../platform/db/database.ts';
import { INDEX_FILE, MEDIA_FILE } from '../media/recording/recording-index.ts';

export interface ReplayStorageContext {
	db: Database;
	/** Recordings stand below it, one directory for each show. */
	directory: string;
	/** All recordings together. */
	maxBytes: number;
	keepSeconds: number;
	/** Unix seconds. */
	now(): number;
	/** Tells the show that its replay is gone. */
	onGone(showId: string): Promise<void>;
}

interface Kept {
	showId: string;
	bytes: number;
	endedAt: number;
}

const SHOW_ID = /^[0-9a-f]{16}$/;

/** Deletes recordings that are too old, then the oldest ones until the rest fits. Shows on air are not touched. Returns how many went. */
export async function keepReplays(context: ReplayStorageContext): Promise<number> {
	const kept = await listReplays(context);
	const eldestFirst = kept.sort((a, b) => a.endedAt - b.endedAt);
	let bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
	let gone = 0;
	for (const replay of eldestFirst) {
		const isOld = replay.endedAt < context.now() - context.keepSeconds;
		if (!isOld && bytes <= context.maxBytes) break;
		await deleteReplay(context, replay.showId);
		bytes -= replay.bytes;
		gone++;
	}
	return gone;
}

/** The recording goes for good; clips of it stay. The row first: what a crash leaves behind is found by the next round. */
export async function deleteReplay({ directory, onGone }: Pick<ReplayStorageContext, 'directory' | 'onGone'>, showId: string): Promise<void> {
	await onGone(showId);
	for (const name of [INDEX_FILE, MEDIA_FILE]) await rm(join(directory, showId, name), { force: true });
}

async function listReplays({ db, directory }: ReplayStorageContext): Promise<Kept[]> {
	const names = await readdir(directory).catch(() => []);
	const sizes = new Map<string, number>();
	for (const name of names.filter((one) => SHOW_ID.test(one))) {
		const found = await stat(join(directory, name, MEDIA_FILE)).catch(() => null);
		if (found) sizes.set(name, found.size);
	}
	const { rows } = await db.query<{ show_id: string; ended_at: number }>(
		`select show_id, coalesce(ended_at, 0) as ended_at from live.shows where status = 'ended' and show_id = any($1)`,
		[[...sizes.keys()]],
	);
	return rows.map(({ show_id: showId, ended_at: endedAt }) => ({ showId, bytes: sizes.get(showId) ?? 0, endedAt: Number(endedAt) }));
}
