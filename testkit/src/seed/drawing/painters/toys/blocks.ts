import { type Point, polygon } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { paint } from './parts.ts';

/** A tower of building blocks. */
export const blocks: Painter = (c, { color, seed, style }) => {
	const view = { at: [440, 600] as Point, turn: 34, pitch: 0.42 };
	const cube = (x: number, y: number, z: number, tint: string, mark: number, shadow = z === 0) =>
		box(c, view, {
			x,
			y,
			z,
			width: 150,
			depth: 150,
			height: 150,
			color: tint,
			round: 14,
			shadow,
			onFront: () => {
				c.rect(20, 20, 110, 110, lighter(tint, 0.4), 12);
				if (mark % 3 === 0) blossom(c, 75, 80, 42, darker(tint, 0.1));
				else if (mark % 3 === 1) c.ellipse(75, 75, 36, 36, darker(tint, 0.1));
				else
					c.path(
						polygon([
							[75, 36],
							[114, 110],
							[36, 110],
						]),
						darker(tint, 0.1),
					);
			},
			onSide: () => seal(c, 46, 46, 58, `${seed}${mark}`, darker(tint, 0.2)),
			onTop: () => c.rect(22, 22, 106, 106, 'none', 10, `stroke="${darker(tint, 0.12)}" stroke-width="7"`),
		});
	cube(-150, 30, 0, paint(style), 0);
	cube(20, -40, 0, paint(style + 1), 1);
	cube(40, 130, 0, color, 2);
	cube(-60, 20, 150, paint(style + 3), 4, false);
	box(c, view, { x: 100, y: 60, z: 150, width: 110, depth: 150, height: 90, color: paint(style + 4), round: 14, shadow: false });
	cube(-50, 30, 300, paint(style + 2), 3, false);
	c.ellipse(820, 846, 56, 16, '#15121f', `opacity="0.4" ${c.blur(8)}`);
	c.ellipse(
		820,
		800,
		54,
		54,
		c.radial(0.34, 0.3, 0.8, [
			[0, lighter(ink.vermilion, 0.6)],
			[0.5, ink.vermilion],
			[1, darker(ink.vermilion, 0.4)],
		]),
	);
};
