import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A brass bell on a handlebar. */
export const bell: Painter = (c, { color, accent, seed, style }) => {
	c.line('M-40 760C200 700 420 720 560 690C760 650 900 690 1040 620', '#15121f', 46, `transform="translate(10 40)" opacity="0.2" ${c.blur(16)}`);
	c.line('M-40 760C200 700 420 720 560 690C760 650 900 690 1040 620', darker(ink.steel, 0.5), 50);
	c.line('M-40 752C200 692 420 712 560 682C760 642 900 682 1040 612', lighter(ink.steel, 0.3), 26);
	c.line('M-40 744C200 684 420 704 560 674C760 634 900 674 1040 604', '#fff', 6, 'opacity="0.8"');
	c.line('M720 664C840 640 930 670 1040 620', darker(accent, 0.2), 84);
	c.line('M720 652C840 628 930 658 1040 608', lighter(accent, 0.16), 40, 'opacity="0.7"');
	c.rect(400, 610, 130, 130, darker(ink.steel, 0.3), 20, 'transform="rotate(-5 465 670)"');
	turn(c, {
		cx: 460,
		base: 620,
		color,
		gloss: 1,
		floating: true,
		profile: [
			[250, 20],
			[246, 60],
			[210, 150],
			[130, 216],
			[30, 236],
			[0, 236],
		],
		tilt: 0.2,
		decorate: ({ left, right, bottom }) => {
			if (style % 2) c.rect(left, bottom - 110, right - left, 70, weave(c, 'lattice', color, darker(color, 0.4), 46));
			c.rect(left, bottom - 22, right - left, 8, darker(color, 0.4));
		},
	});
	c.ellipse(460, 372, 30, 13, darker(color, 0.2));
	c.ellipse(460, 366, 24, 10, lighter(color, 0.5));
	c.line('M690 600L790 540', darker(ink.steel, 0.3), 22);
	c.ellipse(
		800,
		534,
		34,
		30,
		c.radial(0.35, 0.3, 0.8, [
			[0, '#fff'],
			[0.4, ink.steel],
			[1, darker(ink.steel, 0.6)],
		]),
	);
	seal(c, 430, 470, 64, seed, darker(color, 0.24));
};
