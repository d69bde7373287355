import { darker, ink, lighter, mix } from '../../color.ts';
import { folds } from '../../folds.ts';
import { groundShadow } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A rolled-top pack of canvas and leather. */
export const backpack: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 480, 812, 210, 500, 250);
	const fabric = weave(c, 'plain', color, color);
	const leather = mix(ink.walnut, accent, 0.2);
	c.line('M400 250C400 160 560 160 560 250', darker(leather, 0.2), 22);
	const pack = 'M270 420C270 330 360 300 480 300C600 300 690 330 690 420C720 540 724 680 712 780C640 830 320 830 248 780C236 680 240 540 270 420Z';
	const shade = (d: string) =>
		c.path(
			d,
			c.linear(18, [
				[0, '#171a2b', 0.12],
				[0.22, '#fff9ee', 0.36],
				[0.55, '#fff9ee', 0],
				[1, '#171a2b', 0.42],
			]),
		);
	c.path(pack, fabric);
	shade(pack);
	const roll = 'M262 250C262 220 700 220 700 250C716 290 716 330 700 356C700 384 262 384 262 356C246 330 246 290 262 250Z';
	c.path(roll, darker(color, 0.2));
	c.path(
		roll,
		c.linear(90, [
			[0, '#fff9ee', 0.36],
			[0.4, '#fff9ee', 0],
			[1, '#171a2b', 0.44],
		]),
	);
	const pocket = 'M312 580H648C660 650 660 720 650 776C560 800 400 800 310 776C300 720 300 650 312 580Z';
	c.path(pocket, '#171a2b', `transform="translate(4 10)" opacity="0.35" ${c.blur(7)}`);
	c.path(pocket, style % 2 ? weave(c, 'waves', color, lighter(color, 0.3), 60) : fabric);
	shade(pocket);
	const flap = 'M306 560C420 540 540 540 654 560L646 640C560 676 400 676 314 640Z';
	c.path(
		flap,
		c.linear(90, [
			[0, lighter(color, 0.1)],
			[1, darker(color, 0.14)],
		]),
	);
	for (const x of [368, 592]) {
		c.rect(
			x - 17,
			330,
			34,
			330,
			c.linear(0, [
				[0, darker(leather, 0.2)],
				[0.4, lighter(leather, 0.3)],
				[1, darker(leather, 0.3)],
			]),
			8,
		);
		c.rect(x - 25, 430, 50, 38, 'none', 7, `stroke="${ink.brass}" stroke-width="8"`);
		c.ellipse(x, 640, 10, 10, ink.brass);
	}
	folds(
		c,
		[
			[
				[300, 420],
				[330, 500],
				[310, 570],
			],
			[
				[670, 430],
				[650, 500],
				[664, 560],
			],
		],
		0.7,
	);
	c.rect(452, 690, 60, 60, leather, 6);
	seal(c, 460, 698, 44, seed, darker(leather, 0.3));
};
