import { curve } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { blossom, leaf, print, seal } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { paperOf } from './parts.ts';

/** Cards and envelopes fanned out on the table. */
export const cards: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`cards ${seed}`);
	const papers = [ink.cream, lighter(accent, 0.1), color, lighter(color, 0.6)];
	papers.forEach((tint, i) => {
		c.group(`transform="rotate(${-26 + i * 15} 500 1060) translate(0 ${i * 6})"`, () => {
			c.rect(300, 200, 400, 560, '#1d1a2e', 8, `transform="translate(14 18)" opacity="0.3" ${c.blur(12)}`);
			c.rect(
				300,
				200,
				400,
				560,
				c.linear(50, [
					[0, lighter(tint, 0.3)],
					[1, tint],
				]),
				8,
			);
			if (i === 1) c.rect(324, 224, 352, 512, weave(c, paperOf(style), tint, lighter(tint, 0.4), 88), 4);
			if (i === 2) {
				c.ellipse(560, 380, 84, 84, ink.wheat);
				c.path(
					`${curve([
						[300, 600],
						[400, 500],
						[480, 560],
						[590, 470],
						[700, 570],
					])}V760H300Z`,
					darker(color, 0.3),
				);
				c.path(
					`${curve([
						[300, 660],
						[420, 600],
						[560, 660],
						[700, 610],
					])}V760H300Z`,
					lighter(color, 0.3),
				);
			}
			if (i === 3) {
				for (const [x, y, r] of [
					[420, 560, 60],
					[560, 480, 76],
					[500, 640, 44],
					[600, 620, 36],
					[420, 420, 40],
				] as const)
					blossom(c, x, y, r, random.pick([ink.vermilion, accent, ink.plum]), x);
				leaf(c, 380, 660, 150, -60, ink.leaf);
				leaf(c, 600, 700, 150, -110, ink.jade);
				print(c, 360, 270, 200, 2, ink.ink, seed, 26);
			}
		});
	});
	c.group('transform="rotate(9 500 840)"', () => {
		c.rect(250, 690, 470, 290, '#1d1a2e', 8, `transform="translate(10 14)" opacity="0.34" ${c.blur(10)}`);
		c.rect(250, 690, 470, 290, '#d9b98a', 8);
		c.path('M250 694L485 860L720 694Z', '#e6cda3', `stroke="#b8935f" stroke-width="3"`);
		c.ellipse(485, 846, 46, 44, darker(ink.vermilion, 0.1));
		seal(c, 462, 824, 46, seed, lighter(ink.vermilion, 0.08));
	});
};
