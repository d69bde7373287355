import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { print, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { type Weave, weave } from '../../weaves.ts';
import { cup, scatterTea } from './parts.ts';

/** A tea tin with a paper label. */
export const tin: Painter = (c, { color, accent, seed, style }) => {
	cup(c, 735, 812, 92, ink.rice, '#b5762a');
	const weaves: Weave[] = ['waves', 'lattice', 'leaves', 'blossoms'];
	turn(c, {
		cx: 430,
		base: 800,
		color,
		gloss: 0.45,
		straight: true,
		top: 'closed',
		profile: [
			[430, 165],
			[428, 168],
			[0, 168],
		],
		decorate: ({ left, right, top, bottom }) => {
			c.rect(left, top, right - left, bottom - top + 60, weave(c, weaves[style % 4] as Weave, color, lighter(color, 0.16), 64));
			c.rect(left + 70, top + 150, 200, 250, ink.cream, 4);
			c.rect(left + 80, top + 160, 180, 230, 'none', 2, `stroke="${accent}" stroke-width="3"`);
			brushWord(c, left + 120, top + 186, 100, seed, ink.ink);
			print(c, left + 116, top + 312, 108, 3, ink.ink, seed);
			seal(c, left + 206, top + 346, 36, seed);
		},
	});
	turn(c, {
		cx: 430,
		base: 452,
		color: darker(color, 0.1),
		gloss: 0.6,
		straight: true,
		top: 'closed',
		floating: true,
		profile: [
			[84, 166],
			[78, 172],
			[0, 172],
		],
	});
	c.ellipse(430, 368, 120, 23, 'none', `stroke="${lighter(color, 0.6)}" stroke-width="3" opacity="0.7"`);
	scatterTea(c, 610, 880, 120, seed, darker(ink.moss, 0.35));
};
