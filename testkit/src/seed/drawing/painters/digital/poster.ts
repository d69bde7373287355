import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { blossom, leaf, print, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { landscape } from './parts.ts';

/** A framed print on the wall over a console. */
export const poster: Painter = (c, { color, accent, seed, style }) => {
	c.rect(270, 110, 470, 620, '#15121f', 0, `transform="translate(20 28)" opacity="0.34" ${c.blur(18)}`);
	c.rect(
		270,
		110,
		470,
		620,
		c.linear(45, [
			[0, lighter(ink.walnut, 0.3)],
			[1, darker(ink.walnut, 0.3)],
		]),
	);
	c.rect(288, 128, 434, 584, '#fffdf6');
	if (style % 3 === 0) landscape(c, 330, 176, 350, 440, color, accent, seed);
	else if (style % 3 === 1) {
		c.rect(330, 176, 350, 440, color);
		brushWord(c, 380, 250, 250, seed, ink.cream);
	} else {
		c.rect(330, 176, 350, 440, lighter(accent, 0.6));
		for (const [x, y, r] of [
			[505, 340, 110],
			[420, 470, 70],
			[600, 480, 80],
			[450, 250, 50],
		] as const)
			blossom(c, x, y, r, x % 2 ? color : accent, y);
		for (const degrees of [-120, -60, -90]) leaf(c, 505, 600, 190, degrees, ink.jade);
	}
	print(c, 420, 640, 170, 2, ink.ink, seed, 20);
	seal(c, 640, 636, 38, seed);
	c.path('M300 140L520 140L330 700L300 700Z', '#fff', 'opacity="0.12"');
	turn(c, {
		cx: 820,
		base: 840,
		color: accent,
		gloss: 0.8,
		top: 'open',
		profile: [
			[190, 44],
			[170, 38],
			[120, 80],
			[40, 90],
			[0, 60],
		],
	});
	for (const degrees of [-116, -84, -58]) leaf(c, 820, 650, 150, degrees, ink.leaf);
};
