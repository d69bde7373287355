import * as v from 'valibot';
import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';

/** Longest clip, ms. */
export const MAX_CLIP_MS = 60_000;
export const CLIP_ID = /^[0-9a-f]{16}$/;

const position = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400_000));
/** POST /api/live/<show>/clips → `ClipView`; who may host only. Milliseconds of the replay; whole pictures around them are taken. */
export const createClip = v.pipe(
	v.strictObject({ fromMs: position, toMs: position }),
	v.check(({ fromMs, toMs }) => toMs - fromMs >= 1000 && toMs - fromMs <= MAX_CLIP_MS, 'length'),
);
export type CreateClip = v.InferInput<typeof createClip>;

/** GET /api/live/clips/<clip>, and in lists of GET /api/live/<show>/clips. */
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
	show: { id: string; shopId: string; title: LocalText; cover: MediaView | null };
}
