import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipSpan, ClipView } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Address } from 'viem';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { hasRoomFor } from '../../platform/limits/disk-reserve.ts';
import type { MediaViews } from '../../shop/public.ts';
import { KEPT_FREE_BYTES } from '../media/recording/recorder.ts';
import { pinsOf, type ShowRow } from '../room/query.ts';
import { cutClip } from './cut-clip.ts';

/** Clips of one show. */
const MAX_CLIPS = 50;

export interface ClipRow {
	clip_id: string;
	show_id: string;
	from_ms: number;
	duration_ms: number;
	mime: string;
	bytes: number;
	at: number;
	poster: string | null;
	listing_id: string | null;
	shop_id: string;
	title: LocalText;
	cover: string | null;
}

export const clipPath = (directory: string, { show_id, clip_id }: Pick<ClipRow, 'show_id' | 'clip_id'>): string =>
	join(directory, show_id, 'clips', `${clip_id}.mp4`);

const CLIP = `c.clip_id, c.show_id, c.from_ms, c.duration_ms, c.mime, c.bytes, c.at, c.poster, c.listing_id, s.shop_id, s.title, s.cover
	from live.clips c join live.shows s on s.show_id = c.show_id`;

export async function findClip(db: Queryable, clipId: string): Promise<ClipRow | null> {
	const { rows } = await db.query<ClipRow>(`select ${CLIP} where c.clip_id = $1`, [clipId]);
	return rows[0] ?? null;
}

export async function clipsOf(db: Queryable, showId: string): Promise<ClipRow[]> {
	const { rows } = await db.query<ClipRow>(`select ${CLIP} where c.show_id = $1 order by c.from_ms, c.clip_id`, [showId]);
	return rows;
}

/** What is asked for of a show's recording. */
export interface ClipWish {
	span: ClipSpan;
	/** Manifest CID. */
	poster: string | null;
	by: Address;
}

/**
 * Cuts a clip out of a show's recording, which may still be growing. The file is there before the row. One at a time: the number of a show's
 * clips is asked for before, and nobody asks twice.
 */
export async function makeClip(db: Database, directory: string, show: ShowRow, { span, poster, by }: ClipWish): Promise<ClipRow> {
	const place = join(directory, show.show_id);
	if ((await clipsOf(db, show.show_id)).length >= MAX_CLIPS) throw new Refusal('Live_OverLimit', 'tooMany', { limit: String(MAX_CLIPS) });
	const clipId = randomBytes(8).toString('hex');
	const path = clipPath(directory, { show_id: show.show_id, clip_id: clipId });
	const cut = await cutClip(place, span, async (bytes) => {
		if (!(await hasRoomFor(bytes + KEPT_FREE_BYTES, place))) throw new Refusal('Live_OverLimit', 'unavailable');
		await mkdir(join(place, 'clips'), { recursive: true, mode: 0o700 });
		return `${path}.new`;
	});
	if (!cut) throw new Refusal('Live_NoReplay', 'notFound', { show: show.show_id });
	await rename(`${path}.new`, path);
	const listingId = await shownIn(db, show.show_id, cut.atMs, cut.durationMs);
	await db.query(
		`insert into live.clips (clip_id, show_id, from_ms, duration_ms, mime, bytes, by_account, at, poster, listing_id)
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		[clipId, show.show_id, cut.fromMs, cut.durationMs, cut.mime, cut.bytes, by, Date.now(), poster, listingId],
	);
	const made = await findClip(db, clipId);
	if (!made) throw new Error('a clip is gone as it was made');
	return made;
}

/** What was shown for most of a stretch of wall time. */
async function shownIn(db: Queryable, showId: string, fromMs: number, durationMs: number): Promise<string | null> {
	let [longestMs, listingId]: [number, string | null] = [0, null];
	for (const pin of await pinsOf(db, showId)) {
		const shownMs = Math.min(pin.until ?? Number.POSITIVE_INFINITY, fromMs + durationMs) - Math.max(pin.since, fromMs);
		if (shownMs > longestMs) [longestMs, listingId] = [shownMs, pin.listing_id];
	}
	return listingId;
}

export async function deleteClip(db: Database, directory: string, clip: Pick<ClipRow, 'show_id' | 'clip_id'>): Promise<void> {
	await db.query('delete from live.clips where clip_id = $1', [clip.clip_id]);
	await rm(clipPath(directory, clip), { force: true });
}

export async function toClipViews(rows: readonly ClipRow[], media: MediaViews): Promise<ClipView[]> {
	const pictures = await media(rows.flatMap(({ cover, poster }) => [cover, poster].filter((cid) => cid !== null)));
	const pictureOf = (cid: string | null) => (cid === null ? null : (pictures.get(cid) ?? null));
	return rows.map(
		({ clip_id: id, show_id, shop_id: shopId, from_ms: fromMs, duration_ms: durationMs, listing_id: listingId, mime, at, title, cover, poster }) => ({
			id,
			url: `/api/live/clips/${id}/media.mp4`,
			mime,
			durationMs,
			fromMs,
			at,
			poster: pictureOf(poster),
			listingId,
			show: { id: show_id, shopId, title, cover: pictureOf(cover) },
		}),
	);
}
