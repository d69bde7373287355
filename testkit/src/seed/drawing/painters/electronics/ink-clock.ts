import type { Point } from '../../canvas.ts';
import { darker, ink } from '../../color.ts';
import { box } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A small clock with a paper-white display. */
export const inkClock: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [380, 700] as Point, turn: 18, pitch: 0.32 };
	const digit = (x: number, value: number) => {
		const on = ['1110111', '0010010', '1011101', '1011011', '0111010', '1101011', '1101111', '1010010', '1111111', '1111011'][value] as string;
		const bars = [
			[8, 0, 44, 12],
			[0, 8, 12, 50],
			[48, 8, 12, 50],
			[8, 56, 44, 12],
			[0, 66, 12, 50],
			[48, 66, 12, 50],
			[8, 112, 44, 12],
		];
		bars.forEach(([bx, by, w, h], i) => {
			if (on[i] === '1') c.rect(x + (bx as number), 70 + (by as number), w as number, h as number, ink.ink, 5);
		});
	};
	box(c, view, {
		x: -140,
		y: 0,
		z: 0,
		width: 520,
		depth: 150,
		height: 280,
		color,
		round: 30,
		onFront: () => {
			c.rect(34, 36, 452, 208, '#ecebe4', 16, `stroke="${darker(color, 0.4)}" stroke-width="6"`);
			const time = [
				[0, 8, 3, 0],
				[1, 0, 0, 8],
				[0, 6, 4, 5],
			][style % 3] as number[];
			for (const [i, x] of [76, 152, 272, 348].entries()) digit(x, time[i] as number);
			for (const y of [108, 150]) c.ellipse(242, y, 9, 9, ink.ink);
			c.rect(76, 214, 150, 9, ink.ink, 4, 'opacity="0.6"');
			seal(c, 440, 196, 32, seed, accent);
		},
		onTop: () => {
			for (let i = 0; i < 3; i++) c.rect(320 + i * 54, 60, 36, 26, i ? darker(color, 0.3) : accent, 10);
		},
	});
};
