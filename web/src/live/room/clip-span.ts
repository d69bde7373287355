import { MAX_CLIP_MS, MIN_CLIP_MS } from '@kaishi/protocol/live';

/** Milliseconds of the recording. */
export interface Span {
	fromMs: number;
	toMs: number;
}

/** What the handles of a trimmer move over: an hour on a phone's width would be too coarse. */
const AROUND_MS = 90_000;
const FIRST_MS = 30_000;
/** Steps of the handles. */
export const STEP_MS = 500;

const whole = (ms: number) => Math.round(ms / STEP_MS) * STEP_MS;

/** The stretch around a place that can be chosen from; all of a short recording. */
export function windowAround(atMs: number, durationMs: number): Span {
	const fromMs = Math.max(0, Math.min(whole(atMs) - AROUND_MS, whole(durationMs) - 2 * AROUND_MS));
	return { fromMs, toMs: Math.min(Math.floor(durationMs / STEP_MS) * STEP_MS, fromMs + 2 * AROUND_MS) };
}

/** Half a minute up to the place, as far as there is one: what somebody wants to keep has just been seen. */
export function firstSpan(atMs: number, within: Span): Span {
	const toMs = Math.min(within.toMs, Math.max(whole(atMs), within.fromMs + FIRST_MS));
	return { fromMs: Math.max(within.fromMs, toMs - FIRST_MS), toMs };
}

/** One end moves; the other follows where the clip would be too long or too short. */
export function moveEnd(span: Span, end: keyof Span, toMs: number, within: Span): Span {
	if (end === 'fromMs') {
		const fromMs = Math.min(Math.max(toMs, within.fromMs), within.toMs - MIN_CLIP_MS);
		return { fromMs, toMs: Math.min(Math.max(span.toMs, fromMs + MIN_CLIP_MS), fromMs + MAX_CLIP_MS) };
	}
	const last = Math.max(Math.min(toMs, within.toMs), within.fromMs + MIN_CLIP_MS);
	return { fromMs: Math.max(Math.min(span.fromMs, last - MIN_CLIP_MS), last - MAX_CLIP_MS), toMs: last };
}
