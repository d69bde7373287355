import { darker, ink, lighter, mix } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** Carved spoons and a small bowl, from above. */
export const spoons: Painter = (c, { color, accent, seed }) => {
	const wood = mix(ink.wood, color, 0.35);
	for (const [x, degrees, scale, tint] of [
		[330, -12, 1, wood],
		[520, 4, 1.1, darker(wood, 0.3)],
		[700, 16, 0.94, lighter(wood, 0.24)],
	] as const) {
		c.group(`transform="translate(${x} 500) rotate(${degrees}) scale(${scale})"`, () => {
			const d =
				'M0 -360C86 -360 104 -230 70 -150C50 -104 26 -84 24 -40L34 330C34 364 -34 364 -34 330L-24 -40C-26 -84 -50 -104 -70 -150C-104 -230 -86 -360 0 -360Z';
			dropShadow(c, d, 16, 22, 12, 0.4);
			c.path(
				d,
				c.linear(10, [
					[0, lighter(tint, 0.3)],
					[0.5, tint],
					[1, darker(tint, 0.3)],
				]),
			);
			c.clipped(d, () => {
				for (let i = 0; i < 6; i++)
					c.line(`M${-60 + i * 24} -360C${-40 + i * 16} -100 ${-20 + i * 8} 100 ${-30 + i * 12} 360`, darker(tint, 0.4), 3, 'opacity="0.3"');
			});
			c.ellipse(
				0,
				-238,
				56,
				92,
				c.linear(60, [
					[0, darker(tint, 0.4)],
					[1, lighter(tint, 0.16)],
				]),
			);
			c.ellipse(0, 300, 9, 9, darker(tint, 0.6));
		});
	}
	sprig(c, 130, 880, 300, -14, ink.leaf, seed);
	c.line('M520 816C560 880 640 850 640 920', accent, 6);
};
