import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import { contentIdOf } from '@kaishi/protocol/platform/content-id';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MediaStore, openMediaStore } from './media-store.ts';
import { drawTestPicture, pngBomb } from './test-pictures.ts';

let dataDir: string;
let store: MediaStore;
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'kaishi-media-'));
	store = await openMediaStore({ dataDir });
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function storedFiles(): Promise<string[]> {
	const entries = await readdir(join(dataDir, 'media'), { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('derived')).map((entry) => entry.name);
}
const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code });

describe('ingestPicture', () => {
	test('default: stores two sizes in two formats and a manifest that names them', async () => {
		const view = await store.ingestPicture(await drawTestPicture(2000, 1500).jpeg().toBuffer());
		expect(view).toMatchObject({ width: 1280, height: 960, alt: null });
		expect(view.renditions.map((r) => [r.format, r.width])).toEqual([
			['avif', 480],
			['webp', 480],
			['avif', 1280],
			['webp', 1280],
		]);
		for (const rendition of view.renditions) {
			const bytes = await store.get(rendition.cid);
			expect(bytes && contentIdOf(bytes)).toBe(rendition.cid);
			expect(bytes?.length).toBe(rendition.bytes);
			expect((await sharp(bytes as Uint8Array).metadata()).width).toBe(rendition.width);
		}
		const { cid, alt, blur, ...manifest } = view;
		expect(await store.get(cid)).toEqual(Buffer.from(toCanonicalBytes({ kind: 'picture', ...manifest })));
		expect(blur).toMatch(/^data:image\/webp;base64,/);
		expect(blur.length).toBeLessThan(600);
	});

	test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('behavior: takes %s', async (format) => {
		const view = await store.ingestPicture(await drawTestPicture(300, 200).toFormat(format).toBuffer());
		expect(view).toMatchObject({ width: 300, height: 200 });
		expect(view.renditions).toHaveLength(2);
	});

	test('behavior: where it was taken and with what is gone, and it stands upright', async () => {
		const photo = await drawTestPicture(600, 400)
			.withExif({ IFD0: { Make: 'SpyCamera', Copyright: 'Somebody' }, IFD3: { GPSLatitude: '48/1 51/1 29/1', GPSLatitudeRef: 'N' } })
			.withMetadata({ orientation: 6 })
			.keepIccProfile()
			.jpeg()
			.toBuffer();
		expect((await sharp(photo).metadata()).exif).toBeDefined();
		const view = await store.ingestPicture(photo);
		expect(view).toMatchObject({ width: 400, height: 600 });
		for (const rendition of view.renditions) {
			const bytes = Buffer.from((await store.get(rendition.cid)) as Uint8Array);
			const metadata = await sharp(bytes).metadata();
			expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual([undefined, undefined, undefined, undefined]);
			expect(bytes.includes('SpyCamera')).toBe(false);
		}
	});

	test('behavior: the same file twice is one picture', async () => {
		const photo = await drawTestPicture(700, 500).png().toBuffer();
		const first = await store.ingestPicture(photo);
		const files = await storedFiles();
		expect(await store.ingestPicture(photo)).toEqual(first);
		expect(await storedFiles()).toEqual(files);
		const again = await openMediaStore({ dataDir });
		expect(await again.ingestPicture(photo)).toEqual(first);
	});

	test('behavior: a very tall picture stays within bounds', async () => {
		const view = await store.ingestPicture(await drawTestPicture(900, 12_000).png().toBuffer());
		expect(view.height).toBeLessThanOrEqual(2700);
	});

	test('error: more than 15 MB', async () => {
		await expect(store.ingestPicture(new Uint8Array(15 * 1024 * 1024 + 1))).rejects.toEqual(refusal('Media_TooLarge'));
	});

	test('error: decompression bombs, refused before decoding', async () => {
		const bomb = pngBomb(60_000, 60_000);
		expect(bomb.length).toBeLessThan(100_000);
		const started = performance.now();
		await expect(store.ingestPicture(bomb)).rejects.toEqual(refusal('Media_TooManyPixels'));
		await expect(store.ingestPicture(pngBomb(8000, 6000))).rejects.toEqual(refusal('Media_TooManyPixels'));
		expect(performance.now() - started).toBeLessThan(2000);
	});

	test.each([
		['HTML named .jpg', '<!doctype html><script>alert(1)</script>'],
		['SVG with script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
		['SVG after a byte order mark', '\uFEFF<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
		['PDF', '%PDF-1.7\n'],
		['nothing', ''],
	])('error: %s', async (_, text) => {
		await expect(store.ingestPicture(new TextEncoder().encode(text))).rejects.toEqual(refusal('Media_UnsupportedType'));
	});

	test('error: a picture signature with a script behind it', async () => {
		const polyglot = new TextEncoder().encode('GIF89a/*<svg onload=alert(1)>*/=1;alert(document.domain)');
		await expect(store.ingestPicture(polyglot)).rejects.toEqual(refusal('Media_Unreadable'));
	});

	test('behavior: a script hidden behind a real picture is not carried along', async () => {
		const jpeg = await drawTestPicture(200, 200).jpeg().toBuffer();
		const view = await store.ingestPicture(Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')]));
		for (const { cid } of view.renditions) expect(Buffer.from((await store.get(cid)) as Uint8Array).includes('<script')).toBe(false);
	});

	test.each(['jpeg', 'png', 'webp', 'avif'] as const)('error: truncated %s', async (format) => {
		const whole = await drawTestPicture(1200, 900).toFormat(format).toBuffer();
		await expect(store.ingestPicture(whole.subarray(0, Math.floor(whole.length * 0.6)))).rejects.toEqual(refusal('Media_Unreadable'));
		expect(await storedFiles()).toEqual([]);
	});

	test('error: a full disk keeps nothing and works again once there is room', async () => {
		let failures = 2;
		const failing = await openMediaStore({
			dataDir,
			write: async (file, bytes) => {
				await file.write(bytes, 0, Math.min(bytes.length, 100));
				if (failures-- > 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
				await file.write(bytes, 100, Math.max(bytes.length - 100, 0));
			},
		});
		const photo = await drawTestPicture(700, 500).png().toBuffer();
		await expect(failing.ingestPicture(photo)).rejects.toEqual(refusal('Media_DiskFull'));
		expect(await storedFiles()).toEqual([]);
		failures = 0;
		expect((await failing.ingestPicture(photo)).renditions).toHaveLength(4);
	});
});

describe('mediaViews', () => {
	test('default: answers what it holds and leaves out the rest', async () => {
		const view = await store.ingestPicture(await drawTestPicture(300, 200).png().toBuffer());
		const unknown = contentIdOf(new Uint8Array([1, 2, 3]));
		const reopened = await openMediaStore({ dataDir });
		const views = await reopened.mediaViews([view.cid, unknown, 'not a cid', '../../etc/passwd', view.cid]);
		expect([...views]).toEqual([[view.cid, view]]);
	});

	test('behavior: the blur is computed again when what is derived was deleted', async () => {
		const view = await store.ingestPicture(await drawTestPicture(300, 200).png().toBuffer());
		await rm(join(dataDir, 'media', 'derived'), { recursive: true });
		const reopened = await openMediaStore({ dataDir });
		expect((await reopened.mediaViews([view.cid])).get(view.cid)?.blur).toMatch(/^data:image\/webp/);
	});

	test('behavior: a rendition is no manifest', async () => {
		const view = await store.ingestPicture(await drawTestPicture(300, 200).png().toBuffer());
		const rendition = view.renditions[0]?.cid as string;
		const forged = await store.put(toCanonicalBytes({ kind: 'picture', width: -1, height: 1, renditions: [] }));
		expect(await store.mediaViews([rendition, forged])).toEqual(new Map());
	});
});

describe('get', () => {
	test('behavior: bytes that changed on the disk are not handed out', async () => {
		const cid = await store.put(new TextEncoder().encode('as it was'));
		await writeFile(join(dataDir, 'media', cid.slice(8, 10), cid), 'tampered');
		expect(await store.get(cid)).toBeNull();
	});
});
