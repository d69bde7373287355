import * as v from 'valibot';
import { CONTENT_ID } from './content-id.ts';
import type { LocalText } from './local-text.ts';

const cid = v.pipe(v.string(), v.regex(CONTENT_ID));

/**
 * A picture's manifest: canonical JSON naming every rendition by its CID. The manifest's own CID is what contents
 * on the chain refer to, so a page can check any rendition it shows: bytes → rendition CID → manifest → chain.
 */
export const mediaManifest = v.strictObject({
	kind: v.literal('picture'),
	width: v.pipe(v.number(), v.integer(), v.minValue(1)),
	height: v.pipe(v.number(), v.integer(), v.minValue(1)),
	renditions: v.pipe(
		v.array(
			v.strictObject({
				cid,
				format: v.picklist(['avif', 'webp']),
				width: v.pipe(v.number(), v.integer(), v.minValue(1)),
				bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
			}),
		),
		v.minLength(1),
		v.maxLength(12),
	),
});
export type MediaManifest = v.InferOutput<typeof mediaManifest>;

/** A picture as pages show it. Renditions are served at `/media/<cid>`, immutable. */
export interface MediaView {
	/** CID of the manifest, as it stands on the chain. */
	cid: string;
	width: number;
	height: number;
	alt: LocalText | null;
	renditions: MediaManifest['renditions'];
	/** A few pixels as a data URL to show while loading; empty when this operator does not hold the picture. */
	blur: string;
}

/** POST /api/media (body: the file; `Content-Type` is not trusted) → the stored picture. */
export interface UploadedMedia {
	media: MediaView;
}
