import { type IndexEntry, MEDIA_FILE, type SegmentEntry } from './recording-index.ts';

/** A recording as HLS over byte ranges of one file: plays and seeks in hls.js and by itself in Safari. */
export function recordingPlaylist(entries: readonly IndexEntry[], options: { isWhole: boolean; media?: string }): string {
	const { isWhole, media = MEDIA_FILE } = options;
	const segments = entries.filter((entry): entry is SegmentEntry => entry.kind === 'segment');
	const longest = segments.reduce((most, { durationUs }) => Math.max(most, durationUs / 1e6), 1);
	const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${Math.ceil(longest)}`, '#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-INDEPENDENT-SEGMENTS'];
	lines.push(`#EXT-X-PLAYLIST-TYPE:${isWhole ? 'VOD' : 'EVENT'}`);
	let begun = false;
	let isNewInit = false;
	for (const entry of entries) {
		if (entry.kind === 'init') {
			if (begun) lines.push('#EXT-X-DISCONTINUITY');
			lines.push(`#EXT-X-MAP:URI="${media}",BYTERANGE="${entry.length}@${entry.offset}"`);
			isNewInit = true;
			continue;
		}
		if (entry.afterGap && begun && !isNewInit) lines.push('#EXT-X-DISCONTINUITY');
		if (entry.atMs > 0) lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(entry.atMs).toISOString()}`);
		lines.push(`#EXTINF:${(entry.durationUs / 1e6).toFixed(5)},`, `#EXT-X-BYTERANGE:${entry.length}@${entry.offset}`, media);
		begun = true;
		isNewInit = false;
	}
	if (isWhole) lines.push('#EXT-X-ENDLIST');
	return `${lines.join('\n')}\n`;
}

/** Milliseconds of the recording, gaps not counted. */
export function recordingMs(entries: readonly IndexEntry[]): number {
	return Math.round(entries.reduce((sum, entry) => sum + (entry.kind === 'segment' ? entry.durationUs : 0), 0) / 1000);
}
