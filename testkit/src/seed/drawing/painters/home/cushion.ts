import { darker, ink, lighter } from '../../color.ts';
import { folds } from '../../folds.ts';
import { groundShadow } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { type Weave, weave } from '../../weaves.ts';

/** A cushion with a patterned front. */
export const cushion: Painter = (c, { color, accent, seed, style }) => {
	const weaves: Weave[] = ['ikat', 'waves', 'blossoms', 'lattice', 'stripes', 'cranes'];
	groundShadow(c, 490, 806, 260, 400, 300);
	const d =
		'M190 300C280 250 380 292 490 284C600 292 700 250 790 300C820 420 776 500 784 570C790 660 830 720 790 800C690 826 600 806 490 812C380 806 290 826 190 800C150 720 190 660 196 570C204 500 160 420 190 300Z';
	c.path(d, weave(c, weaves[style % 6] as Weave, color, accent, 112, 2));
	c.clipped(d, () => {
		folds(
			c,
			[
				[
					[200, 310],
					[270, 380],
					[300, 470],
				],
				[
					[780, 310],
					[710, 390],
					[690, 470],
				],
				[
					[200, 790],
					[270, 720],
					[300, 640],
				],
				[
					[780, 790],
					[720, 720],
					[690, 650],
				],
				[
					[420, 300],
					[450, 380],
					[440, 440],
				],
			],
			0.9,
		);
		c.ellipse(
			490,
			550,
			350,
			320,
			c.radial(0.36, 0.3, 0.8, [
				[0, '#fff9ee', 0.42],
				[0.5, '#fff9ee', 0],
				[1, '#171a2b', 0.5],
			]),
		);
	});
	c.path(d, 'none', `stroke="${darker(accent, 0.1)}" stroke-width="9"`);
	for (const [x, y, degrees] of [
		[188, 300, -135],
		[792, 300, -45],
		[188, 802, 135],
		[792, 802, 45],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			for (let i = -3; i <= 3; i++) c.line(`M0 0Q24 ${i * 4} 52 ${i * 8}`, accent, 5);
			c.ellipse(6, 0, 11, 11, lighter(accent, 0.2));
		});
	}
	c.rect(742, 640, 30, 46, ink.cream, 4, `transform="rotate(4 742 640)"`);
	seal(c, 746, 650, 22, seed);
};
