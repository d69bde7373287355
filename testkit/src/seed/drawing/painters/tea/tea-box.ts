import type { Point } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { print, sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { type Weave, weave } from '../../weaves.ts';
import { scatterTea } from './parts.ts';

/** A folded paper box with a band. */
export const teaBox: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [430, 560] as Point, turn: 34, pitch: 0.52 };
	const kinds: Weave[] = ['blossoms', 'waves', 'leaves', 'cranes'];
	box(c, view, {
		x: 0,
		y: 0,
		z: 0,
		width: 340,
		depth: 260,
		height: 250,
		color,
		round: 6,
		onTop: () => {
			c.rect(0, 0, 340, 260, weave(c, kinds[style % 4] as Weave, color, lighter(color, 0.34), 76));
			c.rect(110, 0, 120, 260, accent);
			c.ellipse(170, 130, 50, 50, ink.cream);
			brushWord(c, 138, 98, 64, seed);
		},
		onFront: () => {
			c.rect(0, 0, 340, 250, weave(c, kinds[style % 4] as Weave, color, lighter(color, 0.16), 76));
			c.rect(110, 0, 120, 250, darker(accent, 0.12));
			print(c, 128, 120, 84, 4, ink.rice, seed);
			c.rect(0, 62, 340, 3, '#171a2b', 0, 'opacity="0.35"');
		},
		onSide: () => {
			c.rect(0, 62, 260, 3, '#171a2b', 0, 'opacity="0.35"');
			c.rect(40, 96, 180, 120, darker(ink.cream, 0.3), 4);
			print(c, 58, 118, 140, 5, ink.ink, seed, 18);
		},
	});
	sprig(c, 620, 900, 210, -22, ink.leaf, seed);
	scatterTea(c, 300, 900, 120, seed, darker(ink.moss, 0.35));
};
