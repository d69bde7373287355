import type { Point } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** A mechanical keyboard seen from above at an angle. */
export const keyboard: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [230, 330] as Point, turn: 20, pitch: 0.72, scale: 1.3 };
	const [width, depth] = [620, 270];
	box(c, view, { x: -60, y: 0, z: 0, width, depth, height: 36, color, round: 12 });
	const random = createRandom(`keys ${seed}`);
	const key = (x: number, y: number, wide: number, tint: string) => {
		box(c, view, {
			x: -60 + x,
			y,
			z: 36,
			width: wide - 7,
			depth: 38,
			height: 18,
			color: tint,
			round: 5,
			shadow: false,
			onTop: () => c.rect((wide - 7) * 0.2, 8, (wide - 7) * 0.6, 14, darker(tint, 0.14), 6, 'opacity="0.35"'),
		});
	};
	const base = style % 2 ? ink.charcoal : ink.cream;
	for (let row = 0; row < 5; row++) {
		let x = 16;
		const y = 18 + row * 48;
		const widths =
			row === 4 ? [56, 48, 48, 264, 48, 48, 48] : row === 0 ? Array<number>(13).fill(45) : [45 + row * 11, ...Array<number>(10).fill(45), 110 - row * 11];
		const stretch = (width - 26) / widths.reduce((sum, wide) => sum + wide, 0);
		for (const [i, unit] of widths.entries()) {
			const wide = unit * stretch;
			const special = i === 0 || i === widths.length - 1 || (row === 4 && i !== 3);
			key(
				x,
				y,
				wide,
				row === 0 && i === 0 ? ink.vermilion : row === 4 && i === 3 ? lighter(accent, 0.1) : special ? accent : random.chance(0.03) ? ink.wheat : base,
			);
			x += wide;
		}
	}
	c.line('M700 330C820 240 760 160 900 90', darker(color, 0.3), 13);
	c.line('M700 327C820 237 760 157 900 87', lighter(color, 0.2), 7);
};
