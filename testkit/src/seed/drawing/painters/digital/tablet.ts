import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { leaf, print, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { landscape } from './parts.ts';

/** A book open on a tablet. */
export const tablet: Painter = (c, { color, accent, seed, style }) => {
	c.group('transform="rotate(8 500 500)"', () => {
		const slate = 'M250 90H750A40 40 0 0 1 790 130V870A40 40 0 0 1 750 910H250A40 40 0 0 1 210 870V130A40 40 0 0 1 250 90Z';
		dropShadow(c, slate, 20, 28, 18, 0.42);
		c.path(
			slate,
			c.linear(45, [
				[0, lighter(ink.charcoal, 0.3)],
				[1, darker(ink.charcoal, 0.4)],
			]),
		);
		c.rect(244, 130, 512, 740, '#fbf6ea', 12);
		if (style % 2) {
			landscape(c, 244, 130, 512, 320, color, accent, seed);
			brushWord(c, 286, 480, 110, seed, ink.ink);
			print(c, 420, 500, 290, 3, ink.ink, seed, 28);
			print(c, 286, 630, 424, 8, ink.ink, `${seed}p`, 28);
		} else {
			c.rect(244, 130, 512, 740, color, 12);
			c.rect(276, 162, 448, 676, 'none', 4, `stroke="${lighter(color, 0.4)}" stroke-width="5"`);
			c.ellipse(500, 400, 150, 150, lighter(accent, 0.1));
			brushWord(c, 406, 306, 190, seed, ink.cream);
			print(c, 370, 640, 260, 3, ink.cream, seed, 30);
			seal(c, 470, 750, 60, seed);
		}
		c.path('M244 130H520L300 870H244Z', '#fff', 'opacity="0.08"');
	});
	leaf(c, 130, 880, 180, -50, ink.leaf);
	leaf(c, 140, 890, 170, -12, ink.jade);
};
