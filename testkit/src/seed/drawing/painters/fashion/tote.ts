import { darker, ink, lighter } from '../../color.ts';
import { folds } from '../../folds.ts';
import { dropShadow } from '../../forms.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { threads, weave } from '../../weaves.ts';

/** A canvas bag hanging from a peg. */
export const tote: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(500, 150, 17, 17, ink.walnut);
	c.line('M360 430C330 240 420 150 500 150C580 150 670 240 640 430', '#1d1a2e', 26, `transform="translate(16 20)" opacity="0.24" ${c.blur(8)}`);
	c.line('M360 430C340 250 430 160 500 152C570 160 660 250 640 430', darker(color, 0.2), 28);
	c.line('M360 430C340 250 430 160 500 152C570 160 660 250 640 430', color, 21);
	const bag = 'M260 390C400 410 600 410 740 390C752 540 772 700 776 860C620 884 380 884 224 860C228 700 248 540 260 390Z';
	dropShadow(c, bag, 24, 26, 20, 0.34);
	c.path(
		bag,
		c.linear(30, [
			[0, lighter(color, 0.34)],
			[0.55, color],
			[1, darker(color, 0.26)],
		]),
	);
	c.clipped(bag, () => {
		c.rect(200, 380, 600, 520, threads(c, darker(color, 0.4)));
		if (style % 3 === 0) {
			c.ellipse(500, 640, 140, 140, accent);
			for (const [x, y, r] of [
				[470, 650, 70],
				[550, 600, 52],
				[540, 700, 40],
			] as const)
				blossom(c, x, y, r, lighter(color, 0.5), x);
		} else if (style % 3 === 1) c.rect(200, 560, 600, 210, weave(c, 'waves', accent, lighter(color, 0.4), 84));
		else {
			c.path('M340 730L440 560L520 660L600 540L690 730Z', accent);
			c.ellipse(630, 510, 38, 38, ink.vermilion);
			c.line('M310 756C420 726 560 780 700 746', accent, 9);
		}
		folds(
			c,
			[
				[
					[300, 420],
					[330, 620],
					[290, 850],
				],
				[
					[700, 420],
					[680, 640],
					[712, 850],
				],
				[
					[480, 420],
					[500, 540],
					[470, 640],
				],
			],
			0.8,
		);
		c.line('M262 420C400 440 600 440 738 420', darker(color, 0.4), 3, 'stroke-dasharray="9 7" opacity="0.7"');
	});
	for (const x of [348, 652]) {
		c.rect(x - 22, 388, 44, 60, darker(color, 0.06), 5, `stroke="${darker(color, 0.4)}" stroke-width="3" stroke-dasharray="7 5"`);
	}
	seal(c, 690, 800, 40, seed);
};
