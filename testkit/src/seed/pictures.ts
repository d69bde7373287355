import type { MediaView } from '@kaishi/protocol/platform/media';
import sharp from 'sharp';
import type { MediaStore } from '../../../server/src/platform/media/media-store.ts';
import { blurOf, type Rendition } from '../../../server/src/platform/media/render-picture.ts';
import { createWorkQueue } from '../../../server/src/platform/media/work-queue.ts';
import type { Goods, SeededShop } from './data/goods.ts';
import { drawScene } from './drawing/scene.ts';
import { drawBanner, drawLogo } from './drawing/shopfront.ts';

const FULL_WIDTH = 960;
const SMALL_WIDTH = 480;
const DRAWN_AT_ONCE = 3;

export interface ShopPictures {
	logo: MediaView;
	banner: MediaView;
	/** By product, then main picture and closer look. */
	goods: MediaView[][];
}

/** Draws everything a market shows, shop by shop; each shop's pictures can be awaited alone. */
export function drawPictures(store: MediaStore, shops: readonly SeededShop[], onDrawn: () => void): Promise<ShopPictures>[] {
	const queued = createWorkQueue({ atOnce: DRAWN_AT_ONCE, waiting: Number.POSITIVE_INFINITY, code: 'Seed_TooManyPictures' });
	const draw = (svg: () => string, width: number) =>
		queued(async () => {
			const view = await storeDrawing(store, svg(), width);
			onDrawn();
			return view;
		});
	return shops.map(async (shop) => {
		const pictures = shop.goods.map((one) => one.picture);
		const [logo, banner, ...goods] = await Promise.all([
			draw(() => drawLogo(shop.slug, shop.sign, shop.theme, 320), 320),
			draw(() => drawBanner(shop.slug, shop.theme, pictures, 1280), 1280),
			...shop.goods.map((one, i) => Promise.all(scenesOf(shop, one, i).map((scene) => draw(() => drawScene(scene, FULL_WIDTH), FULL_WIDTH)))),
		]);
		return { logo, banner, goods };
	});
}

/** Main picture and closer look of a product. */
function scenesOf(shop: SeededShop, { picture }: Goods, index: number) {
	const { by: painter, color, accent, style, on, near } = picture;
	const look = { color, accent, style, seed: `${shop.slug}/${index}` };
	const [backdrop, tone] = on;
	const [nearBackdrop, nearTone, scale = 1.7, x = 470, y = 560] = near;
	return [
		{ painter, look, backdrop, tone },
		{ painter, look, backdrop: nearBackdrop, tone: nearTone, closeUp: { scale, x, y } },
	];
}

/**
 * Only WebP: our own drawings compress to a few kilobytes in it, and AVIF for all of them would double the time that
 * a first start takes. Uploaded photos get both.
 */
async function storeDrawing(store: MediaStore, svg: string, width: number): Promise<MediaView> {
	const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	const pixels = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
	const renditions: Rendition[] = [];
	for (const wide of width > SMALL_WIDTH ? [SMALL_WIDTH, width] : [width]) {
		const { data: bytes, info: made } = await pixels().resize(wide).webp({ quality: 80, effort: 1 }).toBuffer({ resolveWithObject: true });
		renditions.push({ format: 'webp', width: made.width, height: made.height, bytes });
	}
	return store.storePicture({ width: info.width, height: info.height, renditions, blur: await blurOf(pixels()) });
}
