import { curve, type Point } from '../../canvas.ts';
import { ink, lighter } from '../../color.ts';
import { type Profile, turn } from '../../forms.ts';
import { blossom, leaf } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { glaze } from './parts.ts';

/** A vase with a branch in it. */
export const vase: Painter = (c, { color, accent, seed, style }) => {
	const shapes: Profile[] = [
		[
			[500, 62],
			[478, 52],
			[420, 50],
			[360, 96],
			[250, 172],
			[130, 160],
			[30, 100],
			[0, 96],
		],
		[
			[430, 104],
			[410, 92],
			[372, 96],
			[300, 196],
			[190, 214],
			[70, 150],
			[0, 106],
		],
		[
			[540, 48],
			[500, 40],
			[380, 44],
			[260, 62],
			[170, 146],
			[80, 158],
			[20, 110],
			[0, 104],
		],
	];
	const profile = shapes[style % 3] as Profile;
	const rim = 800 - (profile[0] as [number, number])[0];
	const random = createRandom(`branch ${seed}`);
	for (const [dx, dy] of [
		[-120, -190],
		[60, -236],
		[190, -130],
	] as const) {
		const tip: Point = [470 + dx, rim + dy];
		c.line(curve([[470, rim + 20], [470 + dx * 0.3, rim + dy * 0.4], tip]), ink.walnut, 6);
		for (let i = 0; i < 6; i++) {
			const t = 0.35 + i * 0.12;
			const [x, y] = [470 + dx * t, rim + dy * t];
			if (style % 2) leaf(c, x, y, random.between(58, 84), random.between(-150, 20), i % 3 ? ink.leaf : lighter(ink.leaf, 0.2));
			else blossom(c, x + random.between(-16, 16), y + random.between(-14, 14), random.between(17, 30), lighter(accent, 0.4), random.between(0, 70));
		}
	}
	turn(c, { cx: 470, base: 800, color, gloss: 0.9, top: 'open', profile, decorate: glaze(c, style, color, accent, seed) });
};
