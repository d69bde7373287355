import { darker, ink } from '../../color.ts';
import { turn } from '../../forms.ts';
import { leaf, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { basketWeave } from '../../weaves.ts';
import { steam } from '../ceramics/parts.ts';

/** Bamboo steamers, stacked. */
export const steamer: Painter = (c, { color, seed }) => {
	const ring = (base: number, top: 'open' | 'closed') => {
		turn(c, {
			cx: 480,
			base,
			color,
			gloss: 0.12,
			straight: true,
			floating: base < 800,
			top,
			profile: [
				[150, 270],
				[0, 270],
			],
			tilt: 0.22,
			decorate: ({ left, right, top: y, bottom }) => {
				for (let x = left; x < right; x += 30) c.rect(x, y - 60, 3, bottom - y + 140, darker(color, 0.3), 0, 'opacity="0.3"');
				c.path(
					`M${left} ${y + 30}Q480 ${y + 150} ${right} ${y + 30}L${right} ${y + 60}Q480 ${y + 180} ${left} ${y + 60}Z`,
					darker(color, 0.2),
					'opacity="0.6"',
				);
				c.path(
					`M${left} ${bottom - 36}Q480 ${bottom + 84} ${right} ${bottom - 36}L${right} ${bottom - 12}Q480 ${bottom + 108} ${left} ${bottom - 12}Z`,
					darker(color, 0.34),
					'opacity="0.6"',
				);
			},
		});
	};
	ring(806, 'open');
	ring(656, 'open');
	turn(c, {
		cx: 480,
		base: 510,
		color,
		gloss: 0.16,
		floating: true,
		profile: [
			[74, 60],
			[60, 150],
			[26, 250],
			[0, 276],
		],
		tilt: 0.22,
		decorate: ({ left, right, top, bottom }) => c.rect(left, top - 30, right - left, bottom - top + 120, basketWeave(c, color)),
	});
	c.line('M430 438C430 396 530 396 530 438', darker(color, 0.4), 17);
	steam(c, 250, 430);
	leaf(c, 780, 870, 130, -14, ink.leaf);
	seal(c, 456, 720, 48, seed);
};
