import { n } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { blossom } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { tassel } from './parts.ts';

/** A paper lantern, alight; round, tall or melon shaped. */
export const lantern: Painter = (c, { color, accent, seed, style }) => {
	const shapes = [
		[210, 200],
		[150, 270],
		[240, 150],
	] as const;
	const [rx, ry] = shapes[style % 3] as readonly [number, number];
	const cy = 470;
	c.line(`M500 -20V${cy - ry - 30}`, ink.walnut, 7);
	c.ellipse(500, cy, rx * 2.1, ry * 2, lighter(color, 0.4), `opacity="0.3" ${c.blur(60)}`);
	const body = `M${500 - rx * 0.4} ${cy - ry}C${500 - rx * 1.2} ${cy - ry * 0.7} ${500 - rx * 1.2} ${cy + ry * 0.7} ${500 - rx * 0.4} ${cy + ry}H${500 + rx * 0.4}C${500 + rx * 1.2} ${cy + ry * 0.7} ${500 + rx * 1.2} ${cy - ry * 0.7} ${500 + rx * 0.4} ${cy - ry}Z`;
	c.path(
		body,
		c.radial(0.5, 0.55, 0.62, [
			[0, '#fff3c9'],
			[0.35, lighter(color, 0.5)],
			[0.75, color],
			[1, darker(color, 0.28)],
		]),
	);
	c.clipped(body, () => {
		if (style % 3 === 0)
			for (let i = -4; i <= 4; i++)
				c.path(
					`M${500 + i * 4} ${cy - ry}C${500 + i * rx * 0.27} ${cy - ry * 0.6} ${500 + i * rx * 0.27} ${cy + ry * 0.6} ${500 + i * 4} ${cy + ry}`,
					'none',
					`stroke="${darker(color, 0.4)}" stroke-width="3.4" opacity="0.5"`,
				);
		else
			for (let y = cy - ry; y < cy + ry; y += 26)
				c.path(`M${500 - rx} ${n(y)}Q500 ${n(y + 22)} ${500 + rx} ${n(y)}`, 'none', `stroke="${darker(color, 0.4)}" stroke-width="3" opacity="0.45"`);
		if (style % 2) brushWord(c, 500 - 72, cy - 80, 144, seed, darker(ink.vermilion, 0.5));
		else
			for (const [x, y, r] of [
				[440, -20, 52],
				[540, 50, 40],
				[530, -80, 34],
			] as const)
				blossom(c, x, cy + y, r, lighter(accent, 0.1), x);
		c.ellipse(500 - rx * 0.4, cy - ry * 0.4, rx * 0.24, ry * 0.3, '#fff', `opacity="0.3" ${c.blur(16)}`);
	});
	for (const side of [-1, 1]) {
		const y = cy + side * ry;
		c.rect(
			500 - rx * 0.44,
			y - 15,
			rx * 0.88,
			30,
			c.linear(0, [
				[0, darker(ink.brass, 0.3)],
				[0.35, lighter(ink.brass, 0.5)],
				[1, darker(ink.brass, 0.4)],
			]),
			6,
		);
	}
	tassel(c, 500, cy + ry + 15, accent);
};
