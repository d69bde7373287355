import * as v from 'valibot';
import { CONTENT_ID } from '../platform/content-id.ts';

/** Canonical JSON of a review on the chain, at most 4096 bytes. */
export const reviewContent = v.strictObject({
	text: v.pipe(v.string(), v.trim(), v.maxLength(1000)),
	media: v.pipe(v.array(v.pipe(v.string(), v.regex(CONTENT_ID))), v.maxLength(6)),
});
export type ReviewContent = v.InferOutput<typeof reviewContent>;

export const replyContent = v.strictObject({ text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1000)) });
export type ReplyContent = v.InferOutput<typeof replyContent>;
