import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClipView, ShowView } from '@kaishi/protocol/live';
import { httpStatusOf, Refusal } from '@kaishi/protocol/platform/errors';
import type { MediaView } from '@kaishi/protocol/platform/media';
import type { Currency } from '@kaishi/protocol/platform/money';
import type { ListingView, ShopView } from '@kaishi/protocol/shop';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMediaStore } from '../platform/media/media-store.ts';
import { drawTestPicture } from '../platform/media/test-pictures.ts';
import { drawPrice } from './drawn-digits.ts';
import { priceTag, shareRoutes } from './routes.ts';

const usd = {
	address: '0x00000000000000000000000000000000000000aa',
	symbol: 'tUSD',
	name: 'Test dollar',
	decimals: 6,
	iso: 'USD',
	asset: null,
	test: true,
	authorization: null,
} as const satisfies Currency;
const yuan = { ...usd, address: '0x00000000000000000000000000000000000000bb', iso: 'CNY' } as const satisfies Currency;
const coin = '0x0000000000000000000000000000000000000000';

describe('priceTag', () => {
	test.each([
		[usd.address, '28500000', '$28.50'],
		[usd.address, '28000000', '$28'],
		[yuan.address, '168000000', '¥168'],
		[coin, '11000000000000000', '◎0.011'],
	] as const)('default: %s %s is %s', (currency, amount, tag) => {
		expect(priceTag({ currency, amount }, [usd, yuan])).toBe(tag);
	});
});

const SHOW = '0123456789abcdef';
const CLIP = 'fedcba9876543210';

test('drawPrice leaves out whatever is no part of a price', () => {
	const drawn = drawPrice('$1"/><script>', { x: 0, y: 0, height: 100, maxWidth: 400, color: '#000' });
	expect(drawn).not.toContain('script');
	expect(drawn.match(/<path/g)).toHaveLength(2);
});

describe('shareRoutes', () => {
	let dataDir: string;
	let image: MediaView;
	let app: Hono;
	beforeEach(async () => {
		dataDir = await mkdtemp(join(tmpdir(), 'kaishi-share-'));
		const store = await openMediaStore({ dataDir });
		image = await store.ingestPicture(await drawTestPicture(900, 900).png().toBuffer());
		const rating = { count: 3, average: 4.3, histogram: [0, 0, 0, 2, 1] as [number, number, number, number, number] };
		const show = { id: SHOW, cover: null, bag: [{ listing: { image } }], shop: { logo: null } };
		const shop = { id: '1', slug: 'kiln', theme: 'jade', logo: image, banner: null, rating };
		const listing = { id: '4294967297', image, price: { currency: usd.address, amount: '28500000' }, rating, shopSummary: shop };
		app = new Hono();
		app.onError((error, c) => c.text(String(error), (error instanceof Refusal ? httpStatusOf[error.kind] : 500) as ContentfulStatusCode));
		app.route(
			'/',
			shareRoutes({
				store,
				currencies: () => [usd],
				live: {
					show: async (id) => (id === SHOW ? (show as unknown as ShowView) : null),
					clip: async (id) => (id === CLIP ? ({ id, poster: image, show: { id: SHOW } } as unknown as ClipView) : null),
				},
				shops: {
					listing: async (id) => (id === listing.id ? (listing as unknown as ListingView) : null),
					shop: async (slug) => (slug === 'kiln' ? (shop as unknown as ShopView) : null),
				},
			}),
		);
	});
	afterEach(() => rm(dataDir, { recursive: true, force: true }));

	test.each(['/og/product/4294967297.png', '/og/shop/kiln.png', `/og/live/${SHOW}.png`, `/og/clip/${CLIP}.png`])(
		'default: %s is a PNG of 1200 × 630 that others may show',
		async (path) => {
			const answer = await app.request(path);
			expect(answer.status).toBe(200);
			expect(answer.headers.get('content-type')).toBe('image/png');
			expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
			const bytes = new Uint8Array(await answer.arrayBuffer());
			expect(bytes.length).toBeLessThan(400_000);
			expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
			const again = await app.request(path, { headers: { 'If-None-Match': answer.headers.get('etag') ?? '' } });
			expect(again.status).toBe(304);
		},
	);

	test.each([
		'/og/product/7.png',
		'/og/product/abc.png',
		'/og/shop/nobody.png',
		'/og/shop/..%2f.png',
		'/og/shop/kiln.svg',
		'/og/live/0123456789abcdee.png',
		`/og/clip/${SHOW}.png`,
	])('error: %s', async (path) => {
		expect((await app.request(path)).status).toBe(404);
	});
});
