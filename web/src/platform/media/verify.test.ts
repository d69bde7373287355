import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import { contentIdOf } from '@kaishi/protocol/platform/content-id';
import type { MediaView } from '@kaishi/protocol/platform/media';
import { afterEach, expect, test, vi } from 'vitest';
import { verifyPicture } from './verify.ts';

const picture = new Uint8Array([1, 2, 3, 4]);
const renditions: MediaView['renditions'] = [{ cid: contentIdOf(picture), format: 'webp', width: 320, bytes: 4 }];
const manifest = toCanonicalBytes({ kind: 'picture', width: 320, height: 320, renditions });
const media: MediaView = { cid: contentIdOf(manifest), width: 320, height: 320, alt: null, renditions, blur: '' };

function serve(files: Record<string, Uint8Array | Response>) {
	vi.stubGlobal('fetch', async (url: string) => {
		const found = files[url.split('/').at(-1) ?? ''];
		if (found instanceof Response) return found;
		return found ? new Response(found.slice()) : new Response(null, { status: 404 });
	});
}
afterEach(() => vi.unstubAllGlobals());

test('bytes, rendition and manifest agree', async () => {
	serve({ [media.cid]: manifest, [renditions[0]!.cid]: picture });
	expect(await verifyPicture(media, `http://localhost/media/${renditions[0]!.cid}`)).toBe('genuine');
});

test('error: other bytes under the right name', async () => {
	serve({ [media.cid]: manifest, [renditions[0]!.cid]: new Uint8Array([9]) });
	expect(await verifyPicture(media)).toBe('forged');
});

test('error: a manifest that is not the one on the chain', async () => {
	serve({ [media.cid]: toCanonicalBytes({ kind: 'picture' }), [renditions[0]!.cid]: picture });
	expect(await verifyPicture(media)).toBe('forged');
});

test('error: a picture that the manifest does not name', async () => {
	const other = new Uint8Array([7, 7]);
	serve({ [media.cid]: manifest, [contentIdOf(other)]: other });
	expect(await verifyPicture(media, `/media/${contentIdOf(other)}`)).toBe('forged');
});

test('error: the service worker refused the bytes', async () => {
	serve({ [media.cid]: manifest, [renditions[0]!.cid]: new Response(null, { status: 502, headers: { 'x-content-mismatch': 'x' } }) });
	expect(await verifyPicture(media)).toBe('forged');
});

test('behavior: says that it could not check when nothing answers', async () => {
	serve({});
	expect(await verifyPicture(media)).toBe('unreachable');
});
