import type { MediaView } from '@kaishi/protocol/platform/media';

export const mediaUrl = (cid: string) => `/media/${cid}`;

/** `srcset` of one format, narrowest first; undefined when there is none. */
export function srcsetOf(media: MediaView, format: 'avif' | 'webp', urlOf = mediaUrl): string | undefined {
	const list = media.renditions.filter((r) => r.format === format).sort((a, b) => a.width - b.width);
	return list.length > 0 ? list.map((r) => `${urlOf(r.cid)} ${r.width}w`).join(', ') : undefined;
}

/** For browsers without `srcset`: the middle WebP, else whatever there is. */
export function fallbackOf(media: MediaView, urlOf = mediaUrl): string {
	const webp = media.renditions.filter((r) => r.format === 'webp').sort((a, b) => a.width - b.width);
	const choice = webp[Math.floor(webp.length / 2)] ?? media.renditions[0];
	return choice ? urlOf(choice.cid) : '';
}

/** The largest rendition, for zooming. */
export function largestOf(media: MediaView, urlOf = mediaUrl): string {
	const widest = [...media.renditions].sort((a, b) => b.width - a.width || (a.format === 'webp' ? -1 : 1))[0];
	return widest ? urlOf(widest.cid) : '';
}
