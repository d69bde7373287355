import { n } from '../../canvas.ts';
import { ink } from '../../color.ts';
import { turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { paint } from './parts.ts';

/** Spinning tops, one dancing. */
export const top: Painter = (c, { color, accent, style }) => {
	const one = (cx: number, base: number, scale: number, tint: string, degrees: number) => {
		c.ellipse(cx + 40 * scale, base + 4, 110 * scale, 18 * scale, '#15121f', `opacity="0.4" ${c.blur(10)}`);
		c.group(`transform="rotate(${degrees} ${cx} ${base})"`, () => {
			turn(c, {
				cx,
				base,
				color: tint,
				gloss: 0.7,
				floating: true,
				profile: [
					[250, 186],
					[236, 206],
					[210, 206],
					[120, 120],
					[40, 34],
					[0, 8],
				].map(([h, r]) => [(h as number) * scale, (r as number) * scale]),
				top: 'closed',
				tilt: 0.26,
				decorate: ({ left, right, top: y }) => {
					c.rect(left, y + 10, right - left, 24 * scale, ink.cream);
					c.rect(left, y + 70 * scale, right - left, 16 * scale, accent);
				},
			});
			for (const [share, ring] of [
				[0.8, accent],
				[0.5, ink.cream],
			] as const)
				c.ellipse(cx, base - 250 * scale, 186 * scale * share, 186 * scale * share * 0.26, 'none', `stroke="${ring}" stroke-width="${n(12 * scale)}"`);
			turn(c, {
				cx,
				base: base - 246 * scale,
				color: ink.wood,
				gloss: 0.4,
				floating: true,
				profile: [
					[110, 22],
					[96, 28],
					[70, 18],
					[0, 20],
				].map(([h, r]) => [(h as number) * scale, (r as number) * scale]),
			});
		});
	};
	one(690, 760, 0.66, paint(style + 3), 22);
	one(390, 812, 1.15, color, -7);
	c.line('M560 870C640 830 700 920 780 880C840 850 880 900 930 870', ink.bamboo, 8);
};
