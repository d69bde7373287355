import { brushWord } from '../../characters.ts';
import { darker, ink } from '../../color.ts';
import { turn } from '../../forms.ts';
import { print, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A tall bottle of sauce, oil or vinegar. */
export const bottle: Painter = (c, { color, accent, seed }) => {
	turn(c, {
		cx: 720,
		base: 846,
		color: ink.cream,
		gloss: 0.8,
		top: darker(color, 0.3),
		profile: [
			[34, 118],
			[20, 104],
			[0, 66],
		],
		tilt: 0.26,
	});
	turn(c, {
		cx: 420,
		base: 806,
		color: darker(color, 0.3),
		gloss: 1,
		profile: [
			[520, 44],
			[420, 46],
			[372, 62],
			[320, 132],
			[280, 142],
			[24, 142],
			[0, 138],
		],
		decorate: ({ left, right, bottom }) => {
			c.rect(left, bottom - 250, right - left, 196, ink.cream);
			c.rect(left, bottom - 240, right - left, 6, accent);
			c.rect(left, bottom - 70, right - left, 6, accent);
			brushWord(c, left + 74, bottom - 224, 118, seed, ink.ink);
			print(c, left + 84, bottom - 98, 100, 2, ink.ink, seed);
			seal(c, left + 198, bottom - 120, 40, seed);
		},
	});
	turn(c, {
		cx: 420,
		base: 318,
		color: accent,
		gloss: 0.6,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[74, 48],
			[6, 50],
			[0, 50],
		],
	});
	c.line('M374 330Q420 350 466 330M380 346Q420 362 460 346', ink.bamboo, 6);
};
