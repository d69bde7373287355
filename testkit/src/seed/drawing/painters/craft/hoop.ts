import { curve, n } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { blossom, leaf } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { threads } from '../../weaves.ts';

/** Embroidery in its hoop. */
export const hoop: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(520, 524, 340, 340, '#15121f', `opacity="0.3" ${c.blur(18)}`);
	c.ellipse(
		500,
		500,
		344,
		344,
		c.linear(45, [
			[0, lighter(ink.wood, 0.5)],
			[1, darker(ink.wood, 0.3)],
		]),
	);
	c.ellipse(500, 500, 318, 318, darker(ink.wood, 0.4));
	const cloth = 'M186 500a314 314 0 1 0 628 0a314 314 0 1 0 -628 0Z';
	c.path(cloth, lighter(color, 0.75));
	c.clipped(cloth, () => {
		c.rect(180, 180, 640, 640, threads(c, darker(color, 0.4)));
		const random = createRandom(`stitch ${seed}`);
		c.line(
			curve([
				[360, 760],
				[430, 600],
				[480, 480],
				[560, 340],
			]),
			ink.leaf,
			10,
			'stroke-dasharray="16 3"',
		);
		c.line(
			curve([
				[440, 590],
				[560, 560],
				[660, 480],
			]),
			ink.leaf,
			8,
			'stroke-dasharray="16 3"',
		);
		for (const [x, y, degrees] of [
			[400, 670, -160],
			[440, 610, -20],
			[480, 520, -150],
			[520, 430, -10],
			[600, 530, 30],
		] as const)
			leaf(c, x, y, 100, degrees, style % 2 ? ink.jade : ink.leaf);
		for (const [x, y, r] of [
			[560, 330, 90],
			[670, 470, 70],
			[410, 420, 60],
			[340, 560, 44],
		] as const) {
			blossom(c, x, y, r, random.pick([accent, lighter(accent, 0.3), ink.vermilion, color]), x);
			for (let i = 0; i < 20; i++) {
				const a = (i / 20) * 6.283;
				c.line(
					`M${n(x + Math.cos(a) * r * 0.3)} ${n(y + Math.sin(a) * r * 0.3)}L${n(x + Math.cos(a) * r * 0.8)} ${n(y + Math.sin(a) * r * 0.8)}`,
					'#fff9ee',
					2.4,
					'opacity="0.5"',
				);
			}
		}
		c.ellipse(
			500,
			500,
			314,
			314,
			c.radial(0.4, 0.36, 0.7, [
				[0, '#fff9ee', 0.3],
				[0.7, '#fff9ee', 0],
				[1, '#171a2b', 0.3],
			]),
		);
	});
	c.rect(462, 124, 76, 46, ink.brass, 8);
	c.line('M500 100V180', darker(ink.brass, 0.4), 13);
	c.line('M640 300C760 200 820 260 900 180', accent, 4);
	c.line('M880 200L940 120', ink.steel, 8);
};
