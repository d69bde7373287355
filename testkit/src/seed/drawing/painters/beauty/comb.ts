import { n } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { blossom, leaf, seal, sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A wooden comb with a carved back, from above. */
export const comb: Painter = (c, { color, accent, seed, style }) => {
	const wood = mix(ink.wood, color, 0.3);
	c.group('transform="rotate(-16 500 500)"', () => {
		const back = 'M140 470C160 330 320 260 500 260C680 260 840 330 860 470Z';
		dropShadow(c, back, 16, 22, 12, 0.4);
		const teeth = Array.from({ length: 34 }, (_, i) => `M${n(152 + i * 20.6)} 462V${n(700 - Math.abs(i - 16.5) * 2.4)}`).join('');
		c.line(teeth, '#15121f', 11, `transform="translate(14 18)" opacity="0.3" ${c.blur(6)}`);
		c.line(teeth, darker(wood, 0.24), 12);
		c.line(teeth, lighter(wood, 0.3), 5, 'transform="translate(-2 0)"');
		c.path(
			back,
			c.linear(70, [
				[0, lighter(wood, 0.5)],
				[0.5, wood],
				[1, darker(wood, 0.26)],
			]),
		);
		c.clipped(back, () => {
			for (let i = 0; i < 8; i++)
				c.path(
					`M100 ${300 + i * 26}C360 ${250 + i * 26} 640 ${330 + i * 22} 900 ${280 + i * 26}`,
					'none',
					`stroke="${darker(wood, 0.4)}" stroke-width="3" opacity="0.24"`,
				);
			if (style % 2) {
				blossom(c, 500, 372, 62, lighter(accent, 0.1));
				leaf(c, 570, 372, 130, 6, ink.jade);
				leaf(c, 430, 372, 130, 174, ink.jade);
			} else c.line('M270 400C330 330 380 440 440 370C500 300 560 440 620 370C670 320 720 390 750 400', darker(wood, 0.5), 8);
		});
	});
	seal(c, 780, 800, 66, seed);
	sprig(c, 90, 870, 260, -16, ink.leaf, seed);
};
