import { darker, ink, lighter, mix } from '../../color.ts';
import { folds } from '../../folds.ts';
import { turn } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { basketWeave, weave } from '../../weaves.ts';

/** A woven basket with a handle and cloth inside. */
export const basket: Painter = (c, { color, accent, seed, style }) => {
	const straw = mix(ink.bamboo, color, 0.25);
	c.line('M230 520C220 180 750 180 740 520', darker(straw, 0.36), 34);
	c.line('M230 516C224 190 746 190 740 516', straw, 24);
	c.line('M229 500C230 290 380 262 485 262', lighter(straw, 0.5), 6, 'opacity="0.7"');
	c.path(
		'M240 520C260 420 340 470 400 420C470 380 520 450 590 410C660 390 720 450 736 520Z',
		weave(c, style % 2 ? 'checks' : 'stripes', ink.cream, accent, 48),
	);
	folds(
		c,
		[
			[
				[340, 440],
				[350, 480],
				[330, 520],
			],
			[
				[500, 430],
				[510, 470],
				[490, 520],
			],
			[
				[650, 430],
				[640, 480],
				[660, 520],
			],
		],
		0.8,
	);
	turn(c, {
		cx: 485,
		base: 812,
		color: straw,
		gloss: 0.06,
		profile: [
			[300, 262],
			[240, 258],
			[60, 220],
			[0, 196],
		],
		tilt: 0.16,
		decorate: ({ left, right, top, bottom }) => {
			c.rect(left, top - 40, right - left, bottom - top + 100, basketWeave(c, straw));
			c.rect(left, top + 130, right - left, 56, basketWeave(c, color));
		},
	});
	c.path(
		'M222 512A263 42 0 0 0 748 512L748 534A263 42 0 0 1 222 534Z',
		c.linear(0, [
			[0, darker(straw, 0.4)],
			[0.3, lighter(straw, 0.4)],
			[1, darker(straw, 0.5)],
		]),
	);
	sprig(c, 420, 440, 190, -50, ink.leaf, seed, false);
};
