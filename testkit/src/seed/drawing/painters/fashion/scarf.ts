import { darker, ink, lighter } from '../../color.ts';
import { folds } from '../../folds.ts';
import { dropShadow } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { weaveOf } from './parts.ts';

/** A square of silk, one corner turned over. */
export const scarf: Painter = (c, { color, accent, seed, style }) => {
	c.group('transform="rotate(-9 500 520)"', () => {
		const cloth =
			'M148 190C300 170 420 204 560 182C680 166 780 184 862 176C872 300 848 420 862 540C870 640 860 700 858 730C790 770 740 830 690 888C560 872 430 900 300 880C240 872 190 884 150 878C140 740 164 600 148 460C138 360 152 280 148 190Z';
		dropShadow(c, cloth, 20, 26, 18, 0.34);
		c.path(cloth, weave(c, weaveOf(style), color, accent, 126, -4));
		c.clipped(cloth, () => {
			c.path('M110 150H900V920H110Z M206 240V826H808V240Z', accent, 'fill-rule="evenodd"');
			c.path('M110 150H900V920H110Z M172 208V860H838V208Z', darker(accent, 0.12), 'fill-rule="evenodd"');
			c.rect(222, 256, 570, 554, 'none', 0, `stroke="${lighter(color, 0.6)}" stroke-width="5"`);
			folds(
				c,
				[
					[
						[130, 420],
						[300, 380],
						[420, 300],
						[520, 160],
					],
					[
						[140, 700],
						[340, 620],
						[560, 470],
						[740, 170],
					],
					[
						[260, 900],
						[460, 760],
						[640, 620],
						[880, 420],
					],
					[
						[480, 900],
						[600, 840],
						[740, 720],
						[880, 620],
					],
				],
				1,
			);
			c.rect(
				100,
				150,
				800,
				760,
				c.linear(50, [
					[0, '#fff9ee', 0.28],
					[0.5, '#fff9ee', 0],
					[1, '#171a2b', 0.26],
				]),
			);
		});
		const turned = 'M858 730C780 738 716 744 640 716C668 780 676 830 690 888C740 830 790 770 858 730Z';
		c.path(turned, '#171a2b', `transform="translate(-14 -8)" opacity="0.36" ${c.blur(10)}`);
		c.path(
			turned,
			c.linear(45, [
				[0, darker(accent, 0.2)],
				[0.5, lighter(accent, 0.4)],
				[1, accent],
			]),
		);
	});
	if (style % 3 === 0) sprig(c, 80, 900, 230, -24, ink.leaf, seed);
};
