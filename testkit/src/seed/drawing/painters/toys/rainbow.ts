import { darker, ink } from '../../color.ts';
import { groundShadow, turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { grain } from './parts.ts';

/** A stacking rainbow of arches. */
export const rainbow: Painter = (c, { color, style }) => {
	groundShadow(c, 490, 806, 330, 200, 340);
	const order = style % 2 ? [ink.indigo, ink.jade, ink.wheat, ink.clay, ink.vermilion] : [ink.vermilion, ink.amber, ink.jade, ink.indigo, color];
	order.forEach((tint, i) => {
		const outer = 340 - i * 64;
		const inner = outer - 56;
		const d = `M${490 - outer} 800A${outer} ${outer * 1.2} 0 0 1 ${490 + outer} 800H${490 + inner}A${inner} ${inner * 1.2} 0 0 0 ${490 - inner} 800Z`;
		c.path(d, darker(tint, 0.5), 'transform="translate(12 -7)"');
		c.path(d, grain(c, tint));
		c.path(
			d,
			c.linear(35, [
				[0, '#fff9ee', 0.45],
				[0.5, '#fff9ee', 0.02],
				[1, '#171a2b', 0.3],
			]),
		);
		c.line(`M${490 - outer + 8} 780A${outer - 8} ${outer * 1.2 - 8} 0 0 1 490 ${800 - outer * 1.2 + 8}`, '#fff9ee', 5, 'opacity="0.5"');
	});
	turn(c, {
		cx: 840,
		base: 846,
		color: ink.vermilion,
		gloss: 0.4,
		profile: [
			[130, 20],
			[118, 36],
			[96, 40],
			[76, 26],
			[60, 34],
			[0, 54],
		],
	});
	turn(c, {
		cx: 150,
		base: 856,
		color: ink.jade,
		gloss: 0.4,
		profile: [
			[130, 20],
			[118, 36],
			[96, 40],
			[76, 26],
			[60, 34],
			[0, 54],
		],
	});
};
