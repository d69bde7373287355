import { blob, type Point } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { leaf, seal } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A small tree in a glazed pot. */
export const plant: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`plant ${seed}`);
	const trunk = 'M470 640C440 560 540 520 500 430C470 360 400 360 360 310L384 296C430 340 520 340 552 420C580 510 500 560 540 640Z';
	if (style % 2 === 0) {
		c.path(
			trunk,
			c.linear(0, [
				[0, darker(ink.walnut, 0.2)],
				[0.4, lighter(ink.walnut, 0.3)],
				[1, darker(ink.walnut, 0.4)],
			]),
		);
		for (const [x, y, r] of [
			[360, 300, 130],
			[520, 230, 150],
			[640, 380, 110],
			[440, 400, 90],
		] as const) {
			c.path(
				blob(
					Array.from({ length: 11 }, (_, i): Point => {
						const a = (i / 11) * 6.283;
						const k = r * random.between(0.82, 1.1);
						return [x + Math.cos(a) * k, y + Math.sin(a) * k * 0.56];
					}),
				),
				c.linear(70, [
					[0, '#9cc07a'],
					[0.5, ink.leaf],
					[1, darker(ink.leaf, 0.42)],
				]),
			);
			for (let i = 0; i < 30; i++)
				leaf(
					c,
					x + random.between(-r, r) * 0.8,
					y + random.between(-r, r) * 0.4,
					random.between(18, 34),
					random.between(-160, -20),
					random.pick(['#a9cf88', ink.leaf, '#3e7a4a']),
					false,
				);
		}
	} else
		for (let i = 0; i < 17; i++)
			leaf(
				c,
				480 + random.between(-40, 40),
				640,
				random.between(230, 430),
				-90 + (i - 8) * 11 + random.between(-5, 5),
				random.pick([ink.leaf, ink.jade, '#74a45f', '#3e7a4a']),
			);
	turn(c, {
		cx: 480,
		base: 812,
		color,
		gloss: 0.8,
		top: '#4a3628',
		profile: [
			[190, 216],
			[176, 222],
			[150, 200],
			[30, 160],
			[0, 150],
		],
		tilt: 0.22,
		decorate: ({ left, right, top, bottom }) => {
			c.rect(left, top + 60, right - left, 44, weave(c, 'lattice', accent, lighter(accent, 0.4), 40));
			seal(c, left + 190, bottom - 80, 52, seed);
		},
	});
};
