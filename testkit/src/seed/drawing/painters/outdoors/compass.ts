import { n, polygon } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A compass with its lid open, from above. */
export const compass: Painter = (c, { color, accent, seed }) => {
	const rim = (cx: number, cy: number, r: number) => {
		c.ellipse(cx + 14, cy + 22, r, r, '#15121f', `opacity="0.4" ${c.blur(14)}`);
		c.ellipse(
			cx,
			cy,
			r,
			r,
			c.linear(45, [
				[0, '#fff0c4'],
				[0.4, ink.brass],
				[1, darker(ink.brass, 0.5)],
			]),
		);
		c.ellipse(
			cx,
			cy,
			r * 0.9,
			r * 0.9,
			c.linear(225, [
				[0, '#fff0c4'],
				[0.5, ink.brass],
				[1, darker(ink.brass, 0.45)],
			]),
		);
	};
	rim(690, 270, 210);
	c.ellipse(
		690,
		270,
		166,
		166,
		c.linear(45, [
			[0, lighter(color, 0.4)],
			[1, darker(color, 0.2)],
		]),
	);
	seal(c, 630, 210, 120, seed, darker(color, 0.3));
	rim(430, 600, 290);
	c.ellipse(430, 600, 246, 246, '#fbf3df');
	for (let i = 0; i < 72; i++) {
		const angle = (i * Math.PI) / 36;
		const inner = i % 18 === 0 ? 190 : i % 6 === 0 ? 206 : 222;
		c.line(
			`M${n(430 + Math.cos(angle) * inner)} ${n(600 + Math.sin(angle) * inner)}L${n(430 + Math.cos(angle) * 236)} ${n(600 + Math.sin(angle) * 236)}`,
			ink.ink,
			i % 18 ? 3 : 8,
		);
	}
	for (let i = 0; i < 8; i++)
		c.path(
			polygon([
				[430, 600 - (i % 2 ? 120 : 170)],
				[454, 600],
				[430, 612],
				[406, 600],
			]),
			i % 2 ? lighter(color, 0.5) : lighter(accent, 0.4),
			`transform="rotate(${i * 45} 430 600)" opacity="0.8"`,
		);
	c.group('transform="rotate(34 430 600)"', () => {
		c.path('M430 390L456 600L430 620L404 600Z', ink.vermilion);
		c.path('M430 810L456 600L430 580L404 600Z', ink.ink);
	});
	c.ellipse(430, 600, 20, 20, ink.brass);
	c.path('M260 460A246 246 0 0 1 480 360L400 480Z', '#fff', `opacity="0.35" ${c.blur(9)}`);
};
