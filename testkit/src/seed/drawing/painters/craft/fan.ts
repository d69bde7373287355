import { curve, n, type Point } from '../../canvas.ts';
import { ink, lighter, mix } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A folding fan, open. */
export const fan: Painter = (c, { color, accent, seed, style }) => {
	const [cx, cy] = [500, 790];
	const arc = (r: number, from: number, to: number): Point[] =>
		Array.from({ length: 31 }, (_, i) => {
			const angle = ((from + ((to - from) * i) / 30) * Math.PI) / 180;
			return [cx + Math.cos(angle) * r, cy + Math.sin(angle) * r];
		});
	const leafShape = `M${[...arc(590, -158, -22), ...arc(250, -22, -158)].map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`;
	dropShadow(c, leafShape, 16, 24, 16, 0.34);
	for (let i = 0; i <= 18; i++) {
		const angle = ((-158 + i * 7.55) * Math.PI) / 180;
		c.line(`M${cx} ${cy}L${n(cx + Math.cos(angle) * 560)} ${n(cy + Math.sin(angle) * 560)}`, i % 18 ? ink.bamboo : ink.walnut, i % 18 ? 15 : 24);
	}
	c.path(leafShape, lighter(color, 0.3));
	c.clipped(leafShape, () => {
		c.ellipse(660, 380, 84, 84, lighter(ink.vermilion, style % 2 ? 0.1 : 0.4));
		if (style % 2) {
			for (const [y, tint] of [
				[480, 0.3],
				[540, 0.1],
			] as const)
				c.path(
					`${curve([
						[-20, y],
						[180, y - 120],
						[330, y - 10],
						[520, y - 150],
						[700, y - 20],
						[1020, y - 110],
					])}V900H-20Z`,
					mix(accent, color, tint),
				);
		} else {
			c.line(
				curve([
					[60, 620],
					[250, 470],
					[430, 400],
					[560, 280],
				]),
				ink.walnut,
				13,
			);
			for (const [x, y, r] of [
				[250, 470, 40],
				[360, 420, 50],
				[470, 360, 44],
				[560, 280, 40],
				[420, 480, 30],
				[300, 390, 30],
			] as const)
				blossom(c, x, y, r, lighter(accent, 0.25), x);
		}
		for (let i = 0; i < 36; i++) {
			const angle = ((-158 + i * 3.78) * Math.PI) / 180;
			c.path(
				`M${cx} ${cy}L${n(cx + Math.cos(angle) * 620)} ${n(cy + Math.sin(angle) * 620)}L${n(cx + Math.cos(angle + 0.066) * 620)} ${n(cy + Math.sin(angle + 0.066) * 620)}Z`,
				i % 2 ? '#171a2b' : '#fff9ee',
				'opacity="0.13"',
			);
		}
	});
	seal(c, 250, 560, 44, seed);
	c.ellipse(
		cx,
		cy,
		26,
		26,
		c.radial(0.35, 0.3, 0.8, [
			[0, '#fff3cf'],
			[1, ink.brass],
		]),
	);
	c.line(`M${cx} ${cy + 20}C${cx - 30} ${cy + 70} ${cx + 70} ${cy + 80} ${cx + 110} ${cy + 150}`, accent, 7);
};
