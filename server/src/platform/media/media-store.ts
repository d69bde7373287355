import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import { CONTENT_ID, contentIdOfDigest } from '@kaishi/protocol/platform/content-id';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type MediaManifest, type MediaView, mediaManifest } from '@kaishi/protocol/platform/media';
import sharp from 'sharp';
import * as v from 'valibot';
import { type FreeBytes, hasRoomFor } from '../limits/disk-reserve.ts';
import { type BlobStore, openBlobStore, readOrNull, type WriteBytes } from './blob-store.ts';
import { LruMap } from './lru-map.ts';
import { blurOf, type RenderedPicture, renderPicture } from './render-picture.ts';

/** Pictures by the CID of their manifest, as contents on the chain name them. */
export interface MediaStore extends BlobStore {
	/**
	 * Draws an uploaded picture anew, stores renditions and manifest, and answers how pages show it. The same file twice
	 * gives the same picture. Refusals: see `renderPicture`, and `Media_DiskFull`, also where only the
	 * reserve of the disk is left.
	 */
	ingestPicture(bytes: Uint8Array): Promise<MediaView>;
	/** Stores renditions drawn by our own code; otherwise as `ingestPicture`. */
	storePicture(picture: RenderedPicture): Promise<MediaView>;
	/** Pictures this operator holds, by manifest CID; unknown ones are left out. `alt` is null: it stands in the content. */
	mediaViews(cids: Iterable<string>): Promise<Map<string, MediaView>>;
}

/** Raised whenever the pipeline's output changes, so that remembered answers to older uploads are not used. */
const PIPELINE = 1;
const VIEWS_IN_MEMORY = 20_000;

/** Opens `<dataDir>/media`. What stands in `derived` there can be deleted at any time: it is computed again. */
export async function openMediaStore(options: { dataDir: string; write?: WriteBytes; freeBytes?: FreeBytes }): Promise<MediaStore> {
	const directory = join(options.dataDir, 'media');
	const blobs = await openBlobStore(directory, options.write);
	const derived = join(directory, 'derived');
	await mkdir(derived, { recursive: true });
	const views = new LruMap<string, MediaView>(VIEWS_IN_MEMORY);

	async function viewOf(cid: string): Promise<MediaView | null> {
		const known = views.get(cid);
		if (known) return known;
		const manifest = await readManifest(blobs, cid);
		if (!manifest) return null;
		const view = toView(cid, manifest, await readBlur(blobs, derived, cid, manifest));
		views.set(cid, view);
		return view;
	}

	async function storePicture(picture: RenderedPicture): Promise<MediaView> {
		const manifest = manifestOf(picture);
		const cids = await blobs.putAll([...picture.renditions.map((r) => r.bytes), toCanonicalBytes(manifest)]);
		const cid = cids.at(-1) as string;
		await writeDerived(derived, `${cid}.blur`, picture.blur);
		const view = toView(cid, manifest, picture.blur);
		views.set(cid, view);
		return view;
	}

	return {
		...blobs,
		storePicture,
		async ingestPicture(bytes) {
			const source = `${createHash('sha256').update(bytes).digest('hex')}.source${PIPELINE}`;
			const before = await readOrNull(join(derived, source));
			const known = before && (await viewOf(new TextDecoder().decode(before)));
			if (known) return known;
			const picture = await renderPicture(bytes);
			const kept = picture.renditions.reduce((sum, rendition) => sum + rendition.bytes.length, 0);
			if (!(await hasRoomFor(kept, directory, options.freeBytes))) throw new Refusal('Media_DiskFull', 'unavailable');
			const view = await storePicture(picture);
			await writeDerived(derived, source, view.cid);
			return view;
		},
		async mediaViews(cids) {
			const found = await Promise.all([...new Set(cids)].map(async (cid) => [cid, await viewOf(cid)] as const));
			return new Map(found.filter((entry): entry is [string, MediaView] => entry[1] !== null));
		},
	};
}

function manifestOf(picture: RenderedPicture): MediaManifest {
	return {
		kind: 'picture',
		width: picture.width,
		height: picture.height,
		renditions: picture.renditions.map(({ format, width, bytes }) => ({
			cid: contentIdOfDigest(createHash('sha256').update(bytes).digest()),
			format,
			width,
			bytes: bytes.length,
		})),
	};
}

function toView(cid: string, manifest: MediaManifest, blur: string): MediaView {
	return { cid, width: manifest.width, height: manifest.height, alt: null, renditions: manifest.renditions, blur };
}

async function readManifest(blobs: BlobStore, cid: string): Promise<MediaManifest | null> {
	if (!CONTENT_ID.test(cid)) return null;
	const bytes = await blobs.get(cid);
	if (bytes?.[0] !== 0x7b) return null;
	try {
		const parsed = v.safeParse(mediaManifest, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}

async function readBlur(blobs: BlobStore, derived: string, cid: string, manifest: MediaManifest): Promise<string> {
	const stored = await readOrNull(join(derived, `${cid}.blur`));
	if (stored) return new TextDecoder().decode(stored);
	const smallest = [...manifest.renditions].sort((a, b) => a.bytes - b.bytes)[0];
	const bytes = smallest && (await blobs.get(smallest.cid));
	if (!bytes) return '';
	const blur = await blurOf(sharp(bytes));
	await writeDerived(derived, `${cid}.blur`, blur);
	return blur;
}

/** Best effort: what is derived can be derived again, so a full disk here fails nothing. */
async function writeDerived(directory: string, name: string, text: string): Promise<void> {
	const temporary = join(directory, `${randomUUID()}.new`);
	try {
		await writeFile(temporary, text);
		await rename(temporary, join(directory, name));
	} catch {
		await rm(temporary, { force: true }).catch(() => undefined);
	}
}
