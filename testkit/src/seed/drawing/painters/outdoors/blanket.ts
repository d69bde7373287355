import { darker, ink, lighter } from '../../color.ts';
import { groundShadow } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A rolled blanket with straps on the grass. */
export const blanket: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 480, 790, 320, 160, 330);
	c.path('M140 800L760 770L900 890L200 940Z', weave(c, style % 2 ? 'ikat' : 'checks', color, accent, 90, -4));
	c.path(
		'M140 800L760 770L900 890L200 940Z',
		c.linear(90, [
			[0, '#171a2b', 0.3],
			[0.4, '#fff9ee', 0.1],
			[1, '#171a2b', 0.16],
		]),
	);
	const rolled = 'M180 540C190 470 250 450 300 454L740 440C810 450 830 540 820 640C812 740 780 790 730 796L290 816C220 812 170 700 180 540Z';
	c.path(rolled, weave(c, style % 2 ? 'ikat' : 'checks', color, accent, 90, -2));
	c.path(
		rolled,
		c.linear(88, [
			[0, '#fff9ee', 0.3],
			[0.24, '#fff9ee', 0.36],
			[0.55, '#fff9ee', 0],
			[1, '#171a2b', 0.5],
		]),
	);
	c.ellipse(
		270,
		636,
		92,
		180,
		c.linear(20, [
			[0, lighter(color, 0.5)],
			[1, darker(color, 0.2)],
		]),
		'transform="rotate(3 270 636)"',
	);
	for (let r = 0.84; r > 0.1; r -= 0.17)
		c.ellipse(272, 636, 92 * r, 180 * r, 'none', `stroke="${darker(color, 0.36)}" stroke-width="6" transform="rotate(3 270 636)"`);
	for (const x of [440, 660]) {
		c.path(
			`M${x} 446C${x + 60} 500 ${x + 60} 720 ${x + 14} 808L${x + 54} 806C${x + 100} 720 ${x + 100} 500 ${x + 40} 444Z`,
			c.linear(90, [
				[0, lighter(ink.walnut, 0.4)],
				[0.3, ink.walnut],
				[1, darker(ink.walnut, 0.4)],
			]),
		);
		c.rect(x + 50, 590, 50, 58, 'none', 6, `stroke="${ink.brass}" stroke-width="10"`);
	}
	sprig(c, 720, 900, 170, -16, ink.leaf, seed);
};
