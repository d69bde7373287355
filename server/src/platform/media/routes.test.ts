import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Viewer } from '@kaishi/protocol/account';
import { httpStatusOf, Refusal } from '@kaishi/protocol/platform/errors';
import type { UploadedMedia } from '@kaishi/protocol/platform/media';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MediaStore, openMediaStore } from './media-store.ts';
import { mediaRoutes } from './routes.ts';
import { drawTestPicture } from './test-pictures.ts';

const someone: Viewer = { address: '0x0000000000000000000000000000000000000001', kind: 'wallet', credentialId: null };
let dataDir: string;
let store: MediaStore;
let signedIn: Viewer | null;
let app: Hono;
let free: number;
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'kaishi-media-'));
	free = 10 ** 12;
	store = await openMediaStore({ dataDir, freeBytes: async () => free });
	signedIn = someone;
	app = new Hono();
	app.route('/', mediaRoutes({ store, viewer: () => signedIn, rateLimit: (_, next) => next(), bytesADay: 100_000 }));
	app.onError((error, context) => {
		if (!(error instanceof Refusal)) throw error;
		return context.json({ error: { code: error.code } }, httpStatusOf[error.kind] as ContentfulStatusCode);
	});
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const upload = (body: Uint8Array<ArrayBuffer>) => app.request('/api/media', { method: 'POST', body });
const picture = async () => new Uint8Array(await drawTestPicture(300, 200).png().toBuffer());

test('default: an uploaded picture is served for good, as what it is', async () => {
	const answer = await upload(await picture());
	expect(answer.status).toBe(201);
	const { media } = (await answer.json()) as UploadedMedia;
	const { cid, bytes } = media.renditions[1] as { cid: string; bytes: number };
	const served = await app.request(`/media/${cid}`);
	expect(served.status).toBe(200);
	expect(Object.fromEntries(served.headers)).toMatchObject({
		'content-type': 'image/webp',
		'content-length': String(bytes),
		'cache-control': 'public, max-age=31536000, immutable',
		etag: `"${cid}"`,
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox",
		'cross-origin-resource-policy': 'same-origin',
	});
	expect((await served.arrayBuffer()).byteLength).toBe(bytes);
	const manifest = await app.request(`/media/${media.cid}`);
	expect(manifest.headers.get('content-type')).toBe('application/json');
});

test('error: an account that has had its bytes of the day waits, others do not', async () => {
	const large = new Uint8Array(150_000);
	expect((await upload(large)).status).toBe(400);
	const answer = await upload(await picture());
	expect([answer.status, await answer.json()]).toEqual([429, { error: { code: 'Request_TooMany' } }]);
	signedIn = { ...someone, address: '0x0000000000000000000000000000000000000002' };
	expect((await upload(await picture())).status).toBe(201);
});

test('error: the last of the disk is kept for the journal; pictures that are there already are fine', async () => {
	const known = await picture();
	expect((await upload(known)).status).toBe(201);
	free = 500 * 1024 * 1024;
	const answer = await upload(new Uint8Array(await drawTestPicture(320, 200).png().toBuffer()));
	expect([answer.status, await answer.json()]).toEqual([503, { error: { code: 'Media_DiskFull' } }]);
	expect((await upload(known)).status).toBe(201);
});

test('behavior: HEAD and revalidation send no body', async () => {
	const { media } = (await (await upload(await picture())).json()) as UploadedMedia;
	const head = await app.request(`/media/${media.cid}`, { method: 'HEAD' });
	expect([head.status, (await head.text()).length]).toEqual([200, 0]);
	const fresh = await app.request(`/media/${media.cid}`, { headers: { 'If-None-Match': `"${media.cid}"` } });
	expect([fresh.status, (await fresh.text()).length]).toEqual([304, 0]);
});

test('error: strangers cannot upload', async () => {
	signedIn = null;
	expect((await upload(await picture())).status).toBe(401);
});

test('error: a body beyond the limit, announced or not', async () => {
	const answer = await upload(new Uint8Array(15 * 1024 * 1024 + 1));
	expect([answer.status, await answer.json()]).toEqual([400, { error: { code: 'Media_TooLarge' } }]);
	const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)) });
	const streamed = await app.request(new Request('http://localhost/api/media', { method: 'POST', body: endless, duplex: 'half' } as RequestInit));
	expect(streamed.status).toBe(400);
});

test('error: unknown, malformed, and files that are no pictures', async () => {
	const text = await store.put(new TextEncoder().encode('<script>alert(1)</script>'));
	for (const cid of [text, 'nonsense', '..%2f..%2fetc%2fpasswd', `bafkrei${'a'.repeat(52)}`]) expect((await app.request(`/media/${cid}`)).status).toBe(404);
});
