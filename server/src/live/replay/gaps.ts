import type { IndexEntry } from '../media/recording/recording-index.ts';

/** A stretch of wall time that a recording does not hold: the host was away, or paused. */
export interface Gap {
	/** Wall clock at its start, ms. */
	atMs: number;
	lostMs: number;
}

/** Shorter ones are the measure of clocks, not of hosts. */
const LEAST_MS = 500;

export function gapsOf(entries: readonly IndexEntry[]): Gap[] {
	const gaps: Gap[] = [];
	let endMs: number | null = null;
	for (const entry of entries) {
		if (entry.kind !== 'segment') continue;
		const lostMs = endMs === null ? 0 : Math.round(entry.atMs - endMs);
		if (endMs !== null && lostMs > LEAST_MS) gaps.push({ atMs: Math.round(endMs), lostMs });
		endMs = entry.atMs + entry.durationUs / 1000;
	}
	return gaps;
}

/** Where in a recording that begins at `fromMs` a moment stands, ms; one in a gap stands at its end. */
export function placeInReplay(fromMs: number, gaps: readonly Gap[], atMs: number): number {
	const lost = gaps.reduce((sum, gap) => sum + Math.min(gap.lostMs, Math.max(0, atMs - gap.atMs)), 0);
	return Math.max(0, atMs - fromMs - lost);
}
