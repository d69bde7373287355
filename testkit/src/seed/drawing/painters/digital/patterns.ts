import { ink, lighter } from '../../color.ts';
import { print } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { type Weave, weave } from '../../weaves.ts';

const WEAVES: Weave[] = ['waves', 'cranes', 'blossoms', 'lattice', 'leaves', 'ikat', 'dots', 'checks', 'stripes'];

/** Sheets of pattern, fanned. */
export const patterns: Painter = (c, { color, accent, style }) => {
	for (let i = 0; i < 6; i++) {
		c.group(`transform="rotate(${-50 + i * 20} 500 980)"`, () => {
			c.rect(380, 190, 240, 640, '#15121f', 6, `transform="translate(10 10)" opacity="0.3" ${c.blur(8)}`);
			c.rect(
				380,
				190,
				240,
				640,
				weave(c, WEAVES[(i + style) % 9] as Weave, i % 2 ? color : lighter(accent, 0.1), i % 2 ? lighter(color, 0.5) : lighter(accent, 0.6), 72),
				6,
			);
			c.rect(380, 760, 240, 70, ink.cream, 6);
			print(c, 410, 786, 120, 2, ink.ink, `${i}`);
		});
	}
	c.ellipse(500, 900, 24, 24, ink.brass);
};
