import type { Point } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A table radio with a cloth front. */
export const radio: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [400, 650] as Point, turn: 20, pitch: 0.34 };
	c.line('M610 510L760 200', ink.steel, 9);
	c.ellipse(760, 200, 10, 10, lighter(ink.steel, 0.5));
	box(c, view, {
		x: -140,
		y: 0,
		z: 0,
		width: 500,
		depth: 190,
		height: 310,
		color,
		round: 26,
		onTop: () => {
			c.rect(150, 70, 200, 30, darker(color, 0.4), 14);
			c.line('M90 60C150 10 350 10 410 60', darker(color, 0.36), 20);
		},
		onFront: () => {
			const cloth = weave(c, 'lattice', style % 2 ? ink.cream : accent, darker(style % 2 ? ink.cream : accent, 0.34), 30);
			c.rect(22, 24, 456, 262, lighter(color, 0.22), 18);
			c.rect(40, 44, 250, 222, cloth, 14, `stroke="${darker(color, 0.3)}" stroke-width="5"`);
			c.rect(312, 44, 148, 70, '#fff3cf', 10, `stroke="${ink.brass}" stroke-width="6"`);
			for (let i = 0; i < 9; i++) c.rect(326 + i * 15, i % 2 ? 66 : 58, 4, i % 2 ? 20 : 34, ink.ink);
			c.rect(380, 50, 5, 58, ink.vermilion);
			for (const [x, r] of [
				[350, 34],
				[428, 34],
			] as const) {
				c.ellipse(x + 4, 192, r, r, '#15121f', 'opacity="0.4"');
				c.ellipse(
					x,
					186,
					r,
					r,
					c.linear(45, [
						[0, '#fff3cf'],
						[0.5, ink.brass],
						[1, darker(ink.brass, 0.4)],
					]),
				);
				c.line(`M${x} 186L${x + 18} ${166}`, darker(ink.brass, 0.6), 5);
			}
			seal(c, 372, 238, 34, seed, darker(ink.vermilion, 0.05));
		},
	});
};
