import { n } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { blossom } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** An oil-paper umbrella, open and leaning. */
export const umbrella: Painter = (c, { color, accent, style }) => {
	c.line('M520 470L760 890', '#15121f', 22, `transform="translate(26 6)" opacity="0.25" ${c.blur(9)}`);
	c.line('M500 440L756 884', darker(ink.bamboo, 0.3), 20);
	c.line('M497 440L752 884', lighter(ink.bamboo, 0.2), 9);
	c.group('transform="rotate(-28 470 430)"', () => {
		c.ellipse(480, 520, 400, 190, '#15121f', `opacity="0.28" ${c.blur(20)}`);
		const canopy = 'M70 480C110 250 300 170 470 170C640 170 830 250 870 480C780 560 160 560 70 480Z';
		c.path(canopy, color);
		c.clipped(canopy, () => {
			if (style % 2)
				for (const [x, y, r] of [
					[250, 360, 66],
					[340, 300, 48],
					[640, 380, 74],
					[560, 290, 46],
					[420, 430, 56],
					[740, 450, 44],
				] as const)
					blossom(c, x, y, r, lighter(accent, 0.3), x);
			else {
				c.path('M60 470C200 520 740 520 880 470V420C740 466 200 466 60 420Z', accent);
				c.path('M160 330C300 370 640 370 780 330V306C640 340 300 340 160 306Z', lighter(accent, 0.4));
			}
			for (let i = 0; i <= 16; i++)
				c.path(
					`M470 170C${n(470 + (i - 8) * 30)} 260 ${n(470 + (i - 8) * 48)} 380 ${n(470 + (i - 8) * 51)} 560`,
					'none',
					`stroke="${darker(color, 0.4)}" stroke-width="4" opacity="0.6"`,
				);
			c.rect(
				60,
				160,
				820,
				420,
				c.linear(20, [
					[0, '#fff9ee', 0.44],
					[0.45, '#fff9ee', 0],
					[1, '#171a2b', 0.44],
				]),
			);
		});
		c.path('M70 480C160 560 780 560 870 480', 'none', `stroke="${darker(color, 0.3)}" stroke-width="8"`);
		c.rect(444, 130, 52, 54, ink.walnut, 12);
	});
};
