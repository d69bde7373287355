import { type Point, polygon } from '../../canvas.ts';
import { ink, lighter } from '../../color.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A kite in the sky: swallow, diamond or carp. */
export const kite: Painter = (c, { color, accent, seed, style }) => {
	c.line('M480 560C520 700 380 780 460 1010', ink.charcoal, 2.6, 'opacity="0.7"');
	const wash = (d: string, fill: string) => {
		c.path(d, fill);
		c.path(
			d,
			c.linear(40, [
				[0, '#fff9ee', 0.4],
				[0.5, '#fff9ee', 0],
				[1, '#171a2b', 0.24],
			]),
		);
	};
	c.group('transform="rotate(-14 480 420)"', () => {
		if (style % 3 === 0) {
			const wings =
				'M480 300C360 190 200 210 110 330C220 330 330 380 430 470C400 580 330 650 300 760C380 700 440 640 480 560C520 640 580 700 660 760C630 650 560 580 530 470C630 380 740 330 850 330C760 210 600 190 480 300Z';
			wash(wings, color);
			c.clipped(wings, () => {
				for (const side of [-1, 1]) {
					c.path(
						`M${480 + side * 70} 330C${480 + side * 180} 250 ${480 + side * 290} 270 ${480 + side * 330} 310C${480 + side * 250} 310 ${480 + side * 150} 350 ${480 + side * 90} 410Z`,
						accent,
					);
					blossom(c, 480 + side * 190, 310, 38, ink.rice, 20);
					c.line(`M${480 + side * 30} 500L${480 + side * 150} 700M${480 + side * 20} 540L${480 + side * 110} 690`, lighter(accent, 0.3), 9);
				}
			});
			c.ellipse(480, 360, 62, 80, ink.ink);
			c.ellipse(480, 370, 40, 54, ink.rice);
			for (const side of [-1, 1]) {
				c.ellipse(480 + side * 30, 300, 24, 24, ink.rice);
				c.ellipse(480 + side * 30, 302, 12, 12, ink.ink);
			}
			c.path('M468 320H492L480 350Z', ink.amber);
		} else if (style % 3 === 1) {
			for (const [points, tint] of [
				[
					[
						[480, 120],
						[720, 400],
						[480, 400],
					],
					accent,
				],
				[
					[
						[480, 120],
						[240, 400],
						[480, 400],
					],
					color,
				],
				[
					[
						[480, 400],
						[720, 400],
						[480, 740],
					],
					color,
				],
				[
					[
						[480, 400],
						[240, 400],
						[480, 740],
					],
					lighter(accent, 0.4),
				],
			] as [Point[], string][])
				wash(polygon(points), tint);
			c.ellipse(480, 400, 78, 78, ink.rice);
			seal(c, 440, 360, 80, seed);
			c.line('M480 120V740M240 400H720', ink.bamboo, 6);
			c.line('M480 740C420 800 560 840 480 900C430 940 520 980 480 1010', accent, 5);
			for (const [x, y] of [
				[462, 800],
				[500, 880],
				[470, 950],
			] as const)
				c.path(`M${x} ${y}l-40 -22v44ZM${x} ${y}l40 -22v44Z`, ink.vermilion);
		} else {
			const carp =
				'M180 300C300 200 560 220 700 380C780 340 860 330 900 360C860 420 850 480 890 560C830 560 760 520 710 460C580 600 300 600 180 470C130 420 130 350 180 300Z';
			wash(carp, color);
			c.clipped(carp, () => {
				c.rect(330, 200, 380, 420, weave(c, 'waves', color, lighter(accent, 0.2), 84));
				c.path('M180 300C240 240 330 230 350 240V540C300 540 220 520 180 470Z', lighter(color, 0.3));
				c.rect(
					120,
					200,
					800,
					420,
					c.linear(90, [
						[0, '#fff9ee', 0.3],
						[0.5, '#fff9ee', 0],
						[1, '#171a2b', 0.36],
					]),
				);
			});
			c.ellipse(240, 350, 36, 36, ink.rice);
			c.ellipse(244, 352, 18, 18, ink.ink);
		}
	});
};
