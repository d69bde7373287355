import sharp, { type OverlayOptions } from 'sharp';
import { drawPrice } from './drawn-digits.ts';
import { drawMark, INK, RICE, VERMILION } from './mark.ts';

/** What a share picture shows. There are no words in it: the page's title stands beside it wherever it is shared. */
export interface ShareCard {
	/** The main picture, any format that sharp reads; null draws a stall instead. */
	picture: Uint8Array | null;
	/** A second, smaller one: the shop's logo. */
	logo: Uint8Array | null;
	/** e.g. "¥168" or "$28.50"; null for shops. */
	price: string | null;
	/** 0–5; null without reviews. */
	stars: number | null;
	color: string;
}

const WIDTH = 1200;
const HEIGHT = 630;
/** Products stand beside their price; banners of shops lie across. */
const BESIDE = { picture: { left: 54, top: 96, width: 560, height: 480 }, logo: { left: 690, top: 176, size: 132 }, stars: { x: 712, y: 540 } };
const ACROSS = { picture: { left: 0, top: 0, width: 1200, height: 400 }, logo: { left: 60, top: 446, size: 138 }, stars: { x: 250, y: 515 } };
const layoutOf = (card: ShareCard) => (card.price === null ? ACROSS : BESIDE);

/** A picture out of a film, whole, over itself out of focus, with the sign that something plays. Composes as {@link drawShareCard}. */
export async function drawFilmCard(picture: Uint8Array): Promise<Buffer> {
	const film = sharp(picture, { limitInputPixels: 40_000_000 });
	const front = await film.clone().resize(WIDTH, HEIGHT, { fit: 'inside' }).png().toBuffer();
	const play = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><circle cx="600" cy="315" r="84" fill="#14110c" opacity="0.62"/><path d="M574 268v94l76-47z" fill="#fffdf8"/><rect x="1046" y="478" width="124" height="124" rx="30" fill="#fffdf8"/><g transform="translate(1070 500) scale(1.25)">${drawMark({ awning: VERMILION, frame: INK })}</g></svg>`;
	return film
		.clone()
		.resize(WIDTH, HEIGHT, { fit: 'cover' })
		.blur(28)
		.modulate({ brightness: 0.7 })
		.composite([{ input: front, gravity: 'centre' }, { input: Buffer.from(play) }])
		.flatten({ background: RICE })
		.png({ palette: true, quality: 88, effort: 3 })
		.toBuffer();
}

/** Composes an Open Graph picture of 1200 × 630 as PNG. */
export async function drawShareCard(card: ShareCard): Promise<Buffer> {
	const { picture, logo } = layoutOf(card);
	const layers: OverlayOptions[] = [];
	if (card.picture)
		layers.push({ input: await fitted(card.picture, picture.width, picture.height, picture.left > 0 ? 28 : 0), left: picture.left, top: picture.top });
	if (card.logo) layers.push({ input: await fitted(card.logo, logo.size, logo.size, 30), left: logo.left, top: logo.top });
	return sharp(Buffer.from(frameOf(card)))
		.composite(layers)
		.flatten({ background: RICE })
		.png({ palette: true, quality: 88, effort: 3 })
		.toBuffer();
}

/** Cropped to the box, with rounded corners. */
function fitted(bytes: Uint8Array, width: number, height: number, radius: number): Promise<Buffer> {
	const mask = Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="${radius}" fill="#fff"/></svg>`,
	);
	return sharp(bytes, { limitInputPixels: 40_000_000 })
		.resize(width, height, { fit: 'cover' })
		.ensureAlpha()
		.composite([{ input: mask, blend: 'dest-in' }])
		.png()
		.toBuffer();
}

function frameOf(card: ShareCard): string {
	const { picture, logo, price, stars, color } = card;
	const layout = layoutOf(card);
	const stripe = WIDTH / 15;
	const awning = Array.from(
		{ length: 15 },
		(_, i) => `<path d="M${i * stripe} 0h${stripe}v50a${stripe / 2} ${stripe / 2.6} 0 0 1 -${stripe} 0Z" fill="${i % 2 ? '#fffdf8' : color}"/>`,
	).join('');
	const { left, top, width, height } = layout.picture;
	const stall = picture
		? ''
		: `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="28" fill="${color}" opacity="0.12"/><g transform="translate(${left + 150} ${top + 110}) scale(4.1)">${drawMark({ awning: color, frame: INK })}</g>`;
	const second = logo ? '' : `<g transform="translate(${layout.logo.left} ${layout.logo.top}) scale(2.1)">${drawMark({ awning: VERMILION, frame: INK })}</g>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<defs><linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fffdf8"/><stop offset="1" stop-color="#f0e5d2"/></linearGradient><linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1d1a2e" stop-opacity="0.22"/><stop offset="1" stop-color="#1d1a2e" stop-opacity="0"/></linearGradient></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#ground)"/><rect y="40" width="${WIDTH}" height="90" fill="url(#shade)"/>
<rect x="${left + 10}" y="${top + 16}" width="${width}" height="${height}" rx="30" fill="#1d1a2e" opacity="0.14"/>${stall}${second}${layout === ACROSS && picture ? '' : awning}
${price === null ? '' : drawPrice(price, { x: 692, y: 372, height: 104, maxWidth: 440, color: INK })}
${stars === null ? '' : starsOf(stars, layout.stars)}
${logo ? `<g transform="translate(1070 492) scale(1.25)">${drawMark({ awning: VERMILION, frame: INK })}</g>` : ''}</svg>`;
}

const STAR = 'M0 -20L6 -6.5L20.5 -5L9.6 4.8L12.8 19L0 11.6L-12.8 19L-9.6 4.8L-20.5 -5L-6 -6.5Z';

function starsOf(stars: number, at: { x: number; y: number }): string {
	return Array.from(
		{ length: 5 },
		(_, i) => `<path d="${STAR}" transform="translate(${at.x + i * 50} ${at.y})" fill="${i + 0.5 <= stars ? '#e2a033' : '#d9cdb8'}"/>`,
	).join('');
}
