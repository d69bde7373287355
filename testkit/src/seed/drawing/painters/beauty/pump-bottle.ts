import { brushWord } from '../../characters.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { turn } from '../../forms.ts';
import { blossom, print, seal, sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A bottle with a pump. */
export const pumpBottle: Painter = (c, { color, accent, seed, style }) => {
	c.path(
		'M400 250V212H300C280 212 276 244 286 262',
		'none',
		`stroke="${darker(accent, 0.2)}" stroke-width="30" stroke-linejoin="round" stroke-linecap="round"`,
	);
	c.path('M400 246V208H302', 'none', `stroke="${lighter(accent, 0.4)}" stroke-width="8" stroke-linecap="round" opacity="0.6"`);
	c.rect(
		386,
		232,
		36,
		96,
		c.linear(0, [
			[0, darker(accent, 0.3)],
			[0.35, lighter(accent, 0.4)],
			[1, darker(accent, 0.4)],
		]),
	);
	turn(c, {
		cx: 404,
		base: 366,
		color: accent,
		gloss: 0.6,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[54, 62],
			[0, 64],
		],
	});
	turn(c, {
		cx: 404,
		base: 812,
		color,
		gloss: 1,
		top: 'closed',
		profile:
			style % 2
				? [
						[448, 62],
						[430, 120],
						[390, 158],
						[30, 162],
						[0, 156],
					]
				: [
						[448, 60],
						[420, 74],
						[360, 150],
						[200, 180],
						[40, 172],
						[0, 156],
					],
		decorate: ({ left, bottom }) => {
			c.rect(left + 60, bottom - 300, 190, 214, ink.cream, 8);
			brushWord(c, left + 104, bottom - 282, 100, seed);
			print(c, left + 84, bottom - 160, 140, 3, ink.ink, seed, 17);
			seal(c, left + 190, bottom - 126, 34, seed);
		},
	});
	turn(c, {
		cx: 404,
		base: 370,
		color: accent,
		gloss: 0.6,
		straight: true,
		floating: true,
		profile: [
			[50, 62],
			[0, 64],
		],
	});
	sprig(c, 600, 880, 260, -28, ink.leaf, seed);
	blossom(c, 720, 800, 56, lighter(mix(accent, ink.vermilion, 0.4), 0.3), 20);
};
