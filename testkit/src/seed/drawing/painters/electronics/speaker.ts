import type { Point } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A bookshelf speaker pair in wood. */
export const speaker: Painter = (c, { color, accent, seed, style }) => {
	const one = (x: number, y: number, scale: number) => {
		const view = { at: [x, y] as Point, turn: 24, pitch: 0.3, scale };
		box(c, view, {
			x: 0,
			y: 0,
			z: 0,
			width: 240,
			depth: 200,
			height: 390,
			color: ink.wood,
			round: 10,
			onFront: () => {
				c.rect(
					14,
					14,
					212,
					362,
					c.linear(60, [
						[0, lighter(color, 0.2)],
						[1, darker(color, 0.2)],
					]),
					12,
				);
				for (const [cy, r] of [
					[110, 52],
					[256, 86],
				] as const) {
					c.ellipse(120, cy, r + 10, r + 10, darker(color, 0.4));
					c.ellipse(
						120,
						cy,
						r,
						r,
						c.radial(0.4, 0.4, 0.7, [
							[0, lighter(ink.charcoal, 0.3)],
							[0.5, ink.charcoal],
							[1, darker(ink.charcoal, 0.6)],
						]),
					);
					c.ellipse(
						120,
						cy,
						r * 0.4,
						r * 0.4,
						c.radial(0.35, 0.3, 0.8, [
							[0, lighter(accent, 0.5)],
							[1, darker(accent, 0.3)],
						]),
					);
					c.ellipse(120, cy, r * 0.86, r * 0.86, 'none', `stroke="${lighter(ink.charcoal, 0.3)}" stroke-width="3" opacity="0.6"`);
				}
				seal(c, 104, 338 + (style % 2), 30, seed);
			},
			onSide: () => {
				for (let i = 0; i < 6; i++)
					c.line(`M${20 + i * 32} 0C${10 + i * 34} 120 ${40 + i * 28} 260 ${20 + i * 32} 390`, darker(ink.walnut, 0.4), 3, 'opacity="0.3"');
			},
		});
	};
	one(640, 650, 0.86);
	one(320, 720, 1.1);
};
