import { n } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { print, seal, sprig } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** A jar of cream or bath salt, lid beside it. */
export const creamJar: Painter = (c, { color, accent, seed, style }) => {
	turn(c, {
		cx: 420,
		base: 806,
		color,
		gloss: 0.9,
		straight: true,
		profile: [
			[230, 216],
			[206, 222],
			[0, 214],
		],
		top: style % 2 ? '#f7efe6' : lighter(accent, 0.5),
		tilt: 0.26,
		decorate: ({ left, bottom }) => {
			c.rect(left + 96, bottom - 170, 240, 130, ink.cream, 8);
			brushWord(c, left + 116, bottom - 156, 92, seed);
			print(c, left + 222, bottom - 144, 96, 3, ink.ink, seed);
			seal(c, left + 276, bottom - 96, 36, seed);
		},
	});
	if (style % 2) c.path('M300 566C340 520 400 600 440 560C480 520 520 570 540 560C520 600 340 610 300 566Z', '#fffaf4');
	else {
		const random = createRandom(`salt ${seed}`);
		for (let i = 0; i < 70; i++) {
			const [angle, r] = [random.between(0, 6.283), Math.sqrt(random.next())];
			const [x, y] = [420 + Math.cos(angle) * r * 190, 572 + Math.sin(angle) * r * 44];
			c.rect(x, y, 15, 12, lighter(accent, random.between(0.35, 0.85)), 3, `transform="rotate(${n(random.between(0, 80))} ${n(x)} ${n(y)})"`);
		}
	}
	turn(c, {
		cx: 760,
		base: 850,
		color: ink.wood,
		gloss: 0.3,
		straight: true,
		top: 'closed',
		profile: [
			[56, 150],
			[0, 150],
		],
		tilt: 0.3,
	});
	sprig(c, 120, 890, 200, -12, ink.leaf, seed);
};
