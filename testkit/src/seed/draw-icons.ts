import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawMark, INK, RICE, VERMILION } from '../../../server/src/social/mark.ts';
import { drawShareCard } from '../../../server/src/social/share-picture.ts';
import { shops } from './data/shops.ts';
import { drawBanner } from './drawing/shopfront.ts';

// Draws web/static: logo, favicon, icons of the installable app, default share picture. Run after changing the mark.
const folder = join(import.meta.dirname, '../../../web/static');
mkdirSync(folder, { recursive: true });

const svg = (body: string, attributes = '') => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"${attributes}>${body}</svg>\n`;
const mark = drawMark({ awning: VERMILION, frame: INK });
/** The mark on a ground; `share` of the square that it fills. */
const icon = (share: number, radius: number) =>
	svg(
		`<rect width="64" height="64" rx="${radius}" fill="${RICE}"/><g transform="translate(${32 - 32 * share} ${31 - 32 * share}) scale(${share})">${mark}</g>`,
	);

writeFileSync(join(folder, 'logo.svg'), svg(mark));
// A browser's tab may be dark: the frame follows it.
const adaptive = drawMark({ awning: VERMILION, frame: 'currentColor' });
writeFileSync(join(folder, 'favicon.svg'), svg(`<style>:root{color:${INK}}@media (prefers-color-scheme:dark){:root{color:${RICE}}}</style>${adaptive}`));

const png = (name: string, source: string, size: number) =>
	sharp(Buffer.from(source), { density: (72 * size) / 64 })
		.resize(size, size)
		.png({ palette: true, quality: 95, effort: 10 })
		.toFile(join(folder, name));
await Promise.all([
	png('favicon-32.png', svg(mark), 32),
	png('icon-192.png', icon(0.86, 14), 192),
	png('icon-512.png', icon(0.86, 14), 512),
	// Maskable icons are cut to any shape: everything that matters stays within the inner four fifths.
	png('icon-maskable-192.png', icon(0.62, 0), 192),
	png('icon-maskable-512.png', icon(0.62, 0), 512),
	png('apple-touch-icon.png', icon(0.72, 0), 180),
]);

const goods = shops.map((shop) => shop.goods[0]?.picture).filter((picture) => picture !== undefined);
const stall = await sharp(Buffer.from(drawBanner('kaishi', 'vermilion', goods, 1284)))
	.png()
	.toBuffer();
writeFileSync(join(folder, 'share.png'), await drawShareCard({ picture: stall, logo: null, price: null, stars: null, color: VERMILION }));
