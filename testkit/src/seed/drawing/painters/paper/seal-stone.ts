import type { Point } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box, turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A carved seal stone with its print. */
export const sealStone: Painter = (c, { color, accent, seed }) => {
	const view = { at: [350, 560] as Point, turn: 36, pitch: 0.5 };
	box(c, view, {
		x: 0,
		y: 0,
		z: 0,
		width: 150,
		depth: 150,
		height: 290,
		color,
		round: 8,
		onFront: () => {
			brushWord(c, 40, 80, 70, seed, darker(color, 0.4));
			brushWord(c, 40, 170, 70, `${seed}2`, darker(color, 0.4));
		},
		onSide: () => c.line('M20 200C60 120 90 220 130 90', darker(color, 0.5), 5, 'opacity="0.5"'),
	});
	turn(c, {
		cx: 350,
		base: 372,
		color: lighter(color, 0.1),
		gloss: 0.6,
		floating: true,
		profile: [
			[128, 14],
			[104, 52],
			[50, 78],
			[10, 64],
			[0, 60],
		],
	});
	c.path('M480 780L860 740L900 900L500 950Z', '#1d1a2e', `transform="translate(8 10)" opacity="0.3" ${c.blur(8)}`);
	c.path('M480 780L860 740L900 900L500 950Z', '#fffaf0');
	c.group('transform="translate(626 772) rotate(-6) scale(0.94 0.8)"', () => seal(c, 0, 0, 150, seed));
	turn(c, {
		cx: 760,
		base: 690,
		color: accent,
		gloss: 0.9,
		top: ink.vermilion,
		profile: [
			[70, 106],
			[30, 116],
			[0, 96],
		],
		tilt: 0.3,
	});
};
