import { brushWord } from '../../characters.ts';
import { ink, lighter, mix } from '../../color.ts';
import { turn } from '../../forms.ts';
import { blossom, leaf, print, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A dropper bottle of oil in amber glass. */
export const dropper: Painter = (c, { color, accent, seed }) => {
	const glass = mix('#8a4b1d', color, 0.35);
	turn(c, {
		cx: 420,
		base: 812,
		color: glass,
		gloss: 1,
		profile: [
			[360, 62],
			[336, 66],
			[300, 138],
			[270, 156],
			[24, 156],
			[0, 150],
		],
		decorate: ({ left, right, bottom }) => {
			c.rect(left, bottom - 230, right - left, 260, '#5a2c0c', 0, 'opacity="0.4"');
			c.rect(left + 46, bottom - 232, 216, 180, ink.cream, 6);
			c.rect(left + 46, bottom - 232, 216, 12, accent);
			brushWord(c, left + 66, bottom - 204, 90, seed);
			print(c, left + 172, bottom - 190, 76, 4, ink.ink, seed);
			seal(c, left + 206, bottom - 108, 38, seed);
		},
	});
	turn(c, {
		cx: 420,
		base: 462,
		color: ink.charcoal,
		gloss: 0.5,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[84, 66],
			[0, 70],
		],
	});
	turn(c, {
		cx: 420,
		base: 380,
		color: ink.charcoal,
		gloss: 0.6,
		floating: true,
		profile: [
			[120, 20],
			[104, 34],
			[40, 38],
			[0, 34],
		],
	});
	for (let i = 0; i < 5; i++) leaf(c, 640 + i * 34, 870 - (i % 2) * 40, 130, -60 + i * 22, i % 2 ? ink.leaf : ink.jade);
	blossom(c, 700, 810, 70, lighter(accent, 0.3), 8);
	c.path(
		'M560 872C550 900 560 916 576 916C592 916 602 900 592 872L576 840Z',
		c.linear(60, [
			[0, '#f4c66a'],
			[1, '#b06a1c'],
		]),
	);
};
