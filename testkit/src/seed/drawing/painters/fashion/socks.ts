import { ink } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { weaveOf } from './parts.ts';

/** A pair of patterned socks. */
export const socks: Painter = (c, { color, accent, seed, style }) => {
	const one = (dx: number, degrees: number, ground: string, figure: string) => {
		c.group(`transform="translate(${dx} 40) rotate(${degrees} 400 480)"`, () => {
			const d = 'M300 120H500C500 280 494 400 520 520C560 610 690 660 720 730C740 800 690 850 610 846C490 838 380 770 330 660C296 560 306 300 300 120Z';
			dropShadow(c, d, 16, 22, 14, 0.34);
			c.path(d, weave(c, weaveOf(style + 2), ground, figure, 70));
			c.clipped(d, () => {
				c.rect(280, 110, 240, 88, figure);
				for (let x = 296; x < 510; x += 17) c.rect(x, 110, 7, 88, '#171a2b', 0, 'opacity="0.14"');
				c.ellipse(690, 800, 112, 100, figure);
				c.ellipse(330, 700, 100, 84, figure);
				c.path(
					d,
					c.linear(10, [
						[0, '#171a2b', 0.24],
						[0.25, '#fff9ee', 0.28],
						[0.55, '#fff9ee', 0],
						[1, '#171a2b', 0.34],
					]),
				);
			});
		});
	};
	one(60, 12, accent, color);
	one(-80, -4, color, accent);
	seal(c, 780, 150, 60, seed, ink.vermilion);
};
