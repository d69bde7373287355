import { blob, type Point, polygon } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import type { Painter } from '../../scene.ts';

/** Moon cakes: pressed flowers of pastry, one cut open. */
export const mooncakes: Painter = (c, { color, accent, seed }) => {
	const cake = (x: number, y: number, cut: boolean) => {
		c.ellipse(x + 26, y + 96, 176, 52, '#15121f', `opacity="0.4" ${c.blur(12)}`);
		const petals = (cy: number, rx: number, ry: number) =>
			blob(
				Array.from(
					{ length: 24 },
					(_, i): Point => [x + Math.cos((i / 24) * 6.283) * rx * (i % 2 ? 1 : 0.92), cy + Math.sin((i / 24) * 6.283) * ry * (i % 2 ? 1 : 0.92)],
				),
			);
		c.path(petals(y + 72, 168, 72), darker(color, 0.46));
		c.path(
			`M${x - 164} ${y}V${y + 72}H${x + 164}V${y}Z`,
			c.linear(0, [
				[0, darker(color, 0.3)],
				[0.3, color],
				[1, darker(color, 0.5)],
			]),
		);
		c.path(
			petals(y, 168, 74),
			c.linear(40, [
				[0, lighter(color, 0.5)],
				[0.5, color],
				[1, darker(color, 0.22)],
			]),
		);
		c.ellipse(x, y, 118, 50, 'none', `stroke="${darker(color, 0.42)}" stroke-width="5"`);
		c.ellipse(x, y - 3, 118, 50, 'none', `stroke="${lighter(color, 0.6)}" stroke-width="3" opacity="0.8"`);
		c.group(`transform="translate(${x} ${y}) scale(1 0.44)"`, () => {
			brushWord(c, -62, -58, 124, `${seed}${x}`, darker(color, 0.5));
			for (let i = 0; i < 16; i++) c.ellipse(Math.cos(i * 0.3927) * 146, Math.sin(i * 0.3927) * 146, 9, 9, darker(color, 0.34));
		});
		if (!cut) return;
		const wedge = polygon([
			[x, y],
			[x + 40, y + 72],
			[x + 40, y + 142],
			[x, y + 76],
		]);
		c.path(wedge, darker(accent, 0.5));
	};
	box(
		c,
		{ at: [560, 380], turn: 30, pitch: 0.5 },
		{
			x: 0,
			y: 0,
			z: 0,
			width: 260,
			depth: 260,
			height: 150,
			color: accent,
			round: 6,
			onTop: () => {
				c.rect(14, 14, 232, 232, 'none', 4, `stroke="${ink.wheat}" stroke-width="6"`);
				brushWord(c, 70, 66, 120, `${seed}box`, ink.wheat);
			},
			onFront: () => c.rect(0, 40, 260, 3, '#171a2b', 0, 'opacity="0.4"'),
		},
	);
	cake(300, 690, false);
	cake(610, 780, false);
};
