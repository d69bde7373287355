import type { Canvas, Point } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { box } from '../../forms.ts';
import { blossom, leaf } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** Cut soap bars, stacked on a wooden dish. */
export const soap: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`soap ${seed}`);
	const view = { at: [400, 560] as Point, turn: 28, pitch: 0.48 };
	box(c, view, {
		x: -80,
		y: -20,
		z: 0,
		width: 440,
		depth: 300,
		height: 34,
		color: ink.wood,
		round: 12,
		onTop: () => {
			for (let y = 40; y < 300; y += 44) c.rect(10, y, 420, 12, darker(ink.walnut, 0.4), 6, 'opacity="0.7"');
		},
	});
	const bar = (x: number, y: number, z: number, tint: string, word: boolean) =>
		box(c, view, {
			x,
			y,
			z,
			width: 300,
			depth: 190,
			height: 92,
			color: tint,
			round: 20,
			shadow: z === 34,
			onTop: () => {
				if (style % 3 === 0)
					for (let i = 0; i < 26; i++)
						leaf(c, random.between(10, 270), random.between(10, 180), random.between(14, 30), random.between(0, 360), mix(accent, tint, 0.2), false);
				if (style % 3 === 1)
					for (let i = 0; i < 6; i++)
						c.line(`M0 ${20 + i * 30}C80 ${i * 30 - 10} 160 ${60 + i * 30} 300 ${10 + i * 34}`, mix(accent, tint, 0.35), 9, 'opacity="0.6"');
				if (word) {
					c.rect(90, 35, 120, 120, 'none', 16, `stroke="${darker(tint, 0.3)}" stroke-width="5"`);
					brushWord(c, 104, 48, 92, seed, darker(tint, 0.42));
				}
			},
			onFront: () => {
				if (style % 3 === 1) c.line('M0 40C80 10 160 80 300 30M0 66C80 40 180 96 300 60', mix(accent, tint, 0.3), 8, 'opacity="0.6"');
			},
		});
	bar(-20, 20, 34, lighter(color, 0.24), false);
	bar(10, 40, 126, color, true);
	for (let i = 0; i < 16; i++) bubble(c, random.between(120, 330), random.between(790, 890), random.between(8, 32));
	blossom(c, 790, 830, 60, lighter(accent, 0.35), 12);
	leaf(c, 810, 850, 130, 20, ink.leaf);
};

function bubble(c: Canvas, x: number, y: number, r: number): void {
	c.ellipse(
		x,
		y,
		r,
		r,
		c.radial(0.35, 0.3, 0.75, [
			[0, '#ffffff', 0.9],
			[0.6, '#ffffff', 0.22],
			[1, '#ffffff', 0.7],
		]),
	);
	c.ellipse(x, y, r, r, 'none', 'stroke="#ffffff" stroke-width="2" opacity="0.7"');
}
