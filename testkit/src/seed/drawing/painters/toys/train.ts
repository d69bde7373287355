import type { Point } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box, project, turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { paint, wheel } from './parts.ts';

/** A train with two wagons. */
export const train: Painter = (c, { color, accent, style }) => {
	const view = (x: number, y: number) => ({ at: [x, y] as Point, turn: 16, pitch: 0.36 });
	const wagon = (x: number, y: number, tint: string, load: () => void) => {
		box(c, view(x, y), { x: 0, y: 0, z: 26, width: 210, depth: 150, height: 30, color: ink.wood, round: 10 });
		load();
		box(c, view(x, y), { x: 0, y: 130, z: 56, width: 210, depth: 18, height: 76, color: tint, round: 8, shadow: false });
		for (const along of [44, 166]) wheel(c, ...project(view(x, y), along, 152, 20), 38, tint);
	};
	wagon(610, 760, accent, () => {
		for (const [x, y] of [
			[630, 700],
			[690, 690],
			[750, 720],
		] as const)
			c.ellipse(
				x,
				y,
				42,
				42,
				c.radial(0.35, 0.3, 0.8, [
					[0, lighter(ink.amber, 0.6)],
					[1, darker(ink.amber, 0.2)],
				]),
			);
	});
	const at = view(250, 660);
	box(c, at, { x: 0, y: 0, z: 26, width: 300, depth: 160, height: 34, color: ink.wood, round: 10 });
	box(c, at, {
		x: 190,
		y: 10,
		z: 60,
		width: 108,
		depth: 140,
		height: 190,
		color,
		round: 8,
		shadow: false,
		onFront: () => c.rect(22, 30, 64, 74, '#ffefc2', 8),
		onSide: () => c.rect(30, 30, 80, 74, '#ffefc2', 8),
	});
	box(c, at, { x: 176, y: 0, z: 250, width: 136, depth: 160, height: 22, color: accent, round: 10, shadow: false });
	box(c, at, { x: 0, y: 24, z: 60, width: 190, depth: 112, height: 110, color: paint(style + 2), round: 30, shadow: false });
	turn(c, {
		cx: 268,
		base: 556,
		color: accent,
		gloss: 0.4,
		floating: true,
		profile: [
			[110, 46],
			[90, 46],
			[80, 28],
			[0, 28],
		],
		top: 'open',
		straight: true,
	});
	for (const along of [46, 150, 254]) wheel(c, ...project(at, along, 162, 18), 48, ink.vermilion);
	for (const [x, y, r] of [
		[300, 380, 36],
		[350, 310, 48],
		[430, 250, 60],
	] as const)
		c.ellipse(x, y, r, r * 0.86, '#fffaf2', 'opacity="0.9"');
};
