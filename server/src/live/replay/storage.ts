import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../platform/db/database.ts';
import { INDEX_FILE, MEDIA_FILE } from '../media/recording/recording-index.ts';
import { deleteClip } from './clips.ts';

export interface ReplayStorageContext {
	db: Database;
	/** Recordings stand below it, one directory for each show. */
	directory: string;
	/** All recordings and clips together. */
	maxBytes: number;
	keepSeconds: number;
	/** Unix seconds. */
	now(): number;
	/** Tells the show that its replay is gone. */
	onGone(showId: string): Promise<void>;
}

interface Kept {
	kind: 'replay' | 'clip';
	showId: string;
	shopId: string;
	/** Null: of the recording. */
	clipId: string | null;
	bytes: number;
	/** Unix seconds; null: it is still being recorded. */
	since: number | null;
}

const SHOW_ID = /^[0-9a-f]{16}$/;
const CLIP_FILE = /^([0-9a-f]{16})\./;
/** A file of a clip that no row names, once nobody can be writing it any more, ms. */
const ORPHAN_MS = 3_600_000;

/**
 * Deletes what is too old; then, until the rest fits, from the shop that uses most: its oldest recordings, and when it has none its oldest
 * clips. What is being recorded counts and is not touched. Returns how many files went.
 */
export async function keepReplays(context: ReplayStorageContext): Promise<number> {
	const kept = new Set(await listKept(context));
	let gone = 0;
	const remove = async (one: Kept) => {
		kept.delete(one);
		gone++;
		if (one.clipId === null) await deleteReplay(context, one.showId);
		else await deleteClip(context.db, context.directory, { show_id: one.showId, clip_id: one.clipId });
	};
	for (const one of [...kept]) if (one.since !== null && one.since < context.now() - context.keepSeconds) await remove(one);
	for (;;) {
		const next = bytesOf(kept) > context.maxBytes ? nextToGo(kept) : null;
		if (next === null) return gone;
		await remove(next);
	}
}

/** The recording goes for good; clips of it stay. The row first: what a crash leaves behind is found by the next round. */
export async function deleteReplay({ directory, onGone }: Pick<ReplayStorageContext, 'directory' | 'onGone'>, showId: string): Promise<void> {
	await onGone(showId);
	for (const name of [INDEX_FILE, MEDIA_FILE]) await rm(join(directory, showId, name), { force: true });
}

const bytesOf = (kept: Iterable<Kept>) => [...kept].reduce((sum, { bytes }) => sum + bytes, 0);

/** Null: nothing that may go. */
function nextToGo(kept: ReadonlySet<Kept>): Kept | null {
	const byShop = Map.groupBy(kept, ({ shopId }) => shopId);
	const greediest = [...byShop.values()].filter((of) => of.some(({ since }) => since !== null)).sort((a, b) => bytesOf(b) - bytesOf(a))[0];
	const rank = ({ kind, since }: Kept) => (kind === 'replay' ? 0 : 1e12) + (since ?? 0);
	return greediest?.filter(({ since }) => since !== null).sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

async function listKept({ db, directory }: ReplayStorageContext): Promise<Kept[]> {
	const names = (await readdir(directory).catch(() => [])).filter((one) => SHOW_ID.test(one));
	const { rows: shows } = await db.query<{ show_id: string; shop_id: string; status: string; ended_at: number | null }>(
		'select show_id, shop_id, status, ended_at from live.shows where show_id = any($1)',
		[names],
	);
	const { rows: clips } = await db.query<{ show_id: string; clip_id: string; at: number }>(
		'select show_id, clip_id, at from live.clips where show_id = any($1)',
		[names],
	);
	const kept: Kept[] = [];
	for (const { show_id: showId, shop_id: shopId, status, ended_at } of shows) {
		const media = await stat(join(directory, showId, MEDIA_FILE)).catch(() => null);
		const since = status === 'ended' ? Number(ended_at ?? 0) : null;
		if (media) kept.push({ kind: 'replay', showId, shopId, clipId: null, bytes: media.size, since });
		const cut = new Map(clips.filter(({ show_id }) => show_id === showId).map(({ clip_id, at }) => [clip_id, Number(at) / 1000]));
		const sizes = await clipSizes(join(directory, showId, 'clips'), new Set(cut.keys()));
		for (const [clipId, at] of cut) kept.push({ kind: 'clip', showId, shopId, clipId, bytes: sizes.get(clipId) ?? 0, since: at });
	}
	return kept;
}

/** Bytes of each clip with all that belongs to it. What an interrupted cut has left behind is deleted. */
async function clipSizes(place: string, known: ReadonlySet<string>): Promise<Map<string, number>> {
	const sizes = new Map<string, number>();
	for (const name of await readdir(place).catch(() => [])) {
		const [, clipId] = CLIP_FILE.exec(name) ?? [];
		const found = await stat(join(place, name)).catch(() => null);
		if (!clipId || !found) continue;
		const isLeftover = !known.has(clipId) || name.endsWith('.new');
		if (isLeftover && Date.now() - found.mtimeMs > ORPHAN_MS) await rm(join(place, name), { force: true });
		else sizes.set(clipId, (sizes.get(clipId) ?? 0) + found.size);
	}
	return sizes;
}
