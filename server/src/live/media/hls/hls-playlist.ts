import { type HlsSegment, type HlsWindow, PART_TARGET } from './hls-window.ts';

/** Parts of the last so many segments are listed singly. */
const WITH_PARTS = 3;

/** The playlist of one rendition (RFC 8216bis, low latency). */
export function livePlaylist(window: HlsWindow): string {
	const longest = window.segments.reduce((most, { seconds }) => Math.max(most, seconds), 2);
	const lines = [
		'#EXTM3U',
		'#EXT-X-VERSION:9',
		`#EXT-X-TARGETDURATION:${Math.ceil(longest)}`,
		`#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${(PART_TARGET * 3).toFixed(3)}`,
		`#EXT-X-PART-INF:PART-TARGET=${PART_TARGET}`,
		`#EXT-X-MEDIA-SEQUENCE:${window.segments[0]?.number ?? 0}`,
		`#EXT-X-DISCONTINUITY-SEQUENCE:${window.discontinuities}`,
	];
	let init: number | null = null;
	for (const [index, segment] of window.segments.entries()) {
		if (segment.afterGap && index > 0) lines.push('#EXT-X-DISCONTINUITY');
		if (segment.init !== init) lines.push(`#EXT-X-MAP:URI="init-${segment.init}.mp4"`);
		init = segment.init;
		lines.push(...segmentLines(segment, index >= window.segments.length - WITH_PARTS));
	}
	if (window.isEnded) lines.push('#EXT-X-ENDLIST');
	else lines.push(preloadHint(window.segments.at(-1)));
	return `${lines.join('\n')}\n`;
}

function segmentLines({ number, parts, seconds, isWhole, startedAtMs }: HlsSegment, withParts: boolean): string[] {
	const lines = [`#EXT-X-PROGRAM-DATE-TIME:${new Date(startedAtMs).toISOString()}`];
	if (withParts) {
		for (const [index, part] of parts.entries()) {
			lines.push(`#EXT-X-PART:DURATION=${part.seconds.toFixed(5)},URI="${number}.${index}.m4s"${part.isIndependent ? ',INDEPENDENT=YES' : ''}`);
		}
	}
	if (isWhole) lines.push(`#EXTINF:${seconds.toFixed(5)},`, `${number}.m4s`);
	return lines;
}

function preloadHint(last: HlsSegment | undefined): string {
	const [number, part] = last === undefined ? [0, 0] : last.isWhole ? [last.number + 1, 0] : [last.number, last.parts.length];
	return `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${number}.${part}.m4s"`;
}

export interface HlsVariant {
	name: string;
	codecs: string;
	bitsPerSecond: number;
	size: { width: number; height: number } | null;
}

/** The list of renditions, the best first. */
export function variantsPlaylist(variants: readonly HlsVariant[]): string {
	const lines = ['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-INDEPENDENT-SEGMENTS'];
	for (const { name, codecs, bitsPerSecond, size } of variants) {
		const resolution = size ? `,RESOLUTION=${size.width}x${size.height}` : '';
		lines.push(`#EXT-X-STREAM-INF:BANDWIDTH=${Math.max(1000, Math.round(bitsPerSecond))},CODECS="${codecs}"${resolution}`, `${name}/live.m3u8`);
	}
	return `${lines.join('\n')}\n`;
}
