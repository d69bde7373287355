import type { Picture } from '../data/goods.ts';
import { Canvas, n } from './canvas.ts';
import { type Character, character } from './characters.ts';
import { darker, ink, lighter } from './color.ts';
import { seal } from './motifs.ts';
import { awning } from './stage.ts';

/** A shop's colours by its theme. */
export const themeColors = { vermilion: ink.vermilion, jade: ink.jade, indigo: ink.indigo, plum: ink.plum, amber: '#c98a2b', ink: '#3d3b38' } as const;

/** The height of a banner in canvas units: three and a bit to one. */
export const BANNER_HEIGHT = 312;

/** Sign of a shop: its awning over one brushed character. */
export function drawLogo(slug: string, sign: Character, theme: keyof typeof themeColors, size: number): string {
	const c = new Canvas();
	const color = themeColors[theme];
	c.rect(
		0,
		0,
		1000,
		1000,
		c.linear(60, [
			[0, '#fffdf6'],
			[1, '#f1e5cf'],
		]),
	);
	awning(c, color, 5, 260);
	c.ellipse(
		500,
		660,
		250,
		250,
		c.linear(60, [
			[0, lighter(color, 0.2)],
			[1, darker(color, 0.1)],
		]),
	);
	character(c, sign, 330, 490, 340, ink.rice);
	seal(c, 800, 850, 90, slug, color);
	return c.toSvg(size);
}

/** A stall front: awning above, five of the shop's goods on the counter. */
export function drawBanner(slug: string, theme: keyof typeof themeColors, pictures: readonly Picture[], width: number): string {
	const c = new Canvas();
	const color = themeColors[theme];
	c.rect(
		0,
		0,
		1000,
		BANNER_HEIGHT,
		c.linear(90, [
			[0, lighter(color, 0.5)],
			[0.75, lighter(color, 0.78)],
		]),
	);
	c.rect(
		0,
		236,
		1000,
		80,
		c.linear(90, [
			[0, lighter(ink.wood, 0.36)],
			[1, ink.wood],
		]),
	);
	c.rect(0, 232, 1000, 5, lighter(ink.wood, 0.7));
	pictures.slice(0, 5).forEach(({ by, color: tint, accent, style }, i) => {
		c.group(`transform="translate(${n(i * 196 - 8)} ${n(58 + (i % 2) * 8)}) scale(0.232)"`, () => by(c, { color: tint, accent, style, seed: `${slug}/${i}` }));
	});
	c.group('transform="scale(1 0.42)"', () => awning(c, color, 17, 120));
	return c.toSvg(width, BANNER_HEIGHT);
}
