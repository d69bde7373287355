import * as v from 'valibot';
import { CONTENT_ID } from '../platform/content-id.ts';
import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';

/** Longest clip, ms. */
export const MAX_CLIP_MS = 60_000;
/** Shortest one, ms. */
export const MIN_CLIP_MS = 1000;
export const CLIP_ID = /^[0-9a-f]{16}$/;

const position = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400_000));
/** Manifest CID of an uploaded picture out of the clip: what links to it show. */
const poster = v.optional(v.nullable(v.pipe(v.string(), v.regex(CONTENT_ID))), null);
/**
 * POST /api/live/<show>/clips → `ClipView`; who may host only. Either milliseconds of the replay, of which whole pictures around them are
 * taken, or the last so many of a show that goes on.
 */
export const createClip = v.union([
	v.pipe(
		v.strictObject({ fromMs: position, toMs: position, poster }),
		v.check(({ fromMs, toMs }) => toMs - fromMs >= MIN_CLIP_MS && toMs - fromMs <= MAX_CLIP_MS, 'length'),
	),
	v.strictObject({ lastMs: v.pipe(v.number(), v.integer(), v.minValue(MIN_CLIP_MS), v.maxValue(MAX_CLIP_MS)), poster }),
]);
export type CreateClip = v.InferInput<typeof createClip>;
export type ClipSpan = { fromMs: number; toMs: number } | { lastMs: number };

/** GET /api/live/clips/<clip>, and in lists of GET /api/live/<show>/clips. DELETE /api/live/clips/<clip> → 204; who may host only. */
export interface ClipView {
	id: string;
	/** `/api/live/clips/<clip>/media.mp4` */
	url: string;
	mime: string;
	durationMs: number;
	/** Where in the replay it was taken from, ms. */
	fromMs: number;
	/** Milliseconds. */
	at: number;
	/** A picture out of it; null: whoever cut it sent none. */
	poster: MediaView | null;
	/** What was shown in it; null: nothing. */
	listingId: string | null;
	show: { id: string; shopId: string; title: LocalText; cover: MediaView | null };
}
