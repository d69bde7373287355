import type { Point } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box, turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** Earbuds in an open case. */
export const earbuds: Painter = (c, { color, accent, seed }) => {
	const view = { at: [370, 590] as Point, turn: 30, pitch: 0.52, scale: 1.12 };
	box(c, view, {
		x: 0,
		y: -14,
		z: 0,
		width: 300,
		depth: 24,
		height: 330,
		color: lighter(color, 0.1),
		round: 34,
		onFront: () => {
			c.rect(10, 20, 280, 200, darker(color, 0.3), 30);
			seal(c, 120, 74, 60, seed, lighter(color, 0.2));
		},
	});
	box(c, view, {
		x: 0,
		y: 0,
		z: 0,
		width: 300,
		depth: 210,
		height: 110,
		color,
		round: 34,
		onTop: () => {
			c.rect(14, 14, 272, 182, darker(color, 0.26), 60);
			for (const x of [90, 210]) {
				c.ellipse(x, 104, 58, 62, darker(color, 0.6));
				c.ellipse(
					x,
					98,
					50,
					54,
					c.radial(0.35, 0.3, 0.8, [
						[0, '#ffffff'],
						[0.6, lighter(accent, 0.5)],
						[1, accent],
					]),
				);
				c.ellipse(x + 8, 108, 20, 22, ink.charcoal);
			}
		},
		onFront: () => c.ellipse(150, 60, 9, 9, '#7fe0a8'),
	});
	turn(c, {
		cx: 770,
		base: 838,
		color: lighter(accent, 0.4),
		gloss: 0.9,
		profile: [
			[120, 20],
			[100, 56],
			[50, 60],
			[10, 36],
			[0, 30],
		],
	});
	c.line('M770 740V700', lighter(accent, 0.3), 22);
};
