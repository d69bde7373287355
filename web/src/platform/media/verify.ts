import { contentIdOfDigest } from '@kaishi/protocol/platform/content-id';
import type { MediaManifest, MediaView } from '@kaishi/protocol/platform/media';
import { mediaUrl } from './renditions.ts';

export type PictureVerdict = 'genuine' | 'forged' | 'unreachable';

async function fetchAndHash(cid: string): Promise<{ bytes: ArrayBuffer; matches: boolean }> {
	const response = await fetch(mediaUrl(cid));
	// The service worker has seen the bytes and refused them.
	if (response.headers.has('x-content-mismatch')) return { bytes: new ArrayBuffer(0), matches: false };
	if (!response.ok) throw new TypeError(`no answer for ${cid}`);
	const bytes = await response.arrayBuffer();
	const digest = await crypto.subtle.digest('SHA-256', bytes);
	return { bytes, matches: contentIdOfDigest(new Uint8Array(digest)) === cid };
}

/**
 * Checks a picture the way an auditor would: the manifest's bytes hash to the CID that stands on the chain, it names
 * the shown rendition, and the rendition's bytes hash to that name. Relies on nothing the operator claims.
 */
export async function verifyPicture(media: MediaView, shownUrl?: string): Promise<PictureVerdict> {
	try {
		const manifest = await fetchAndHash(media.cid);
		if (!manifest.matches) return 'forged';
		const { renditions } = JSON.parse(new TextDecoder().decode(manifest.bytes)) as MediaManifest;
		const named = renditions.map((r) => r.cid);
		const shown = shownUrl?.split('/').at(-1) ?? media.renditions[0]?.cid;
		if (!shown || !named.includes(shown)) return 'forged';
		return (await fetchAndHash(shown)).matches ? 'genuine' : 'forged';
	} catch {
		return 'unreachable';
	}
}
