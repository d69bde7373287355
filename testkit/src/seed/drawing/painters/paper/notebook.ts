import type { Canvas, Point } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { paperOf } from './parts.ts';

/** A stitched notebook on another, with a ribbon. */
export const notebook: Painter = (c, { color, accent, seed, style }) => {
	const at: Point = [470, 420];
	const book = (z: number, width: number, depth: number, tint: string, top: () => void, turn: number) => {
		const view = { at, turn, pitch: 0.62 };
		const x = -width / 2 + 30;
		box(c, view, { x, y: -40, z, width, depth, height: 10, color: tint, shadow: z === 0 });
		box(c, view, {
			x: x + 4,
			y: -36,
			z: z + 10,
			width: width - 10,
			depth: depth - 8,
			height: 34,
			color: ink.cream,
			shadow: false,
			onFront: () => pages(c, width),
			onSide: () => pages(c, depth),
		});
		box(c, view, { x, y: -40, z: z + 44, width, depth, height: 10, color: tint, shadow: false, onTop: top });
	};
	book(0, 400, 500, accent, () => undefined, 22);
	book(
		56,
		380,
		480,
		color,
		() => {
			if (style % 3) c.rect(0, 0, 380, 480, weave(c, paperOf(style), color, lighter(color, 0.2), 90));
			c.rect(0, 0, 50, 480, darker(color, 0.24));
			for (let y = 40; y < 470; y += 100) c.line(`M0 ${y}H50M50 ${y}V${y + 60}`, ink.cream, 4);
			c.line('M50 10V470', ink.cream, 4);
			c.rect(160, 90, 130, 210, ink.cream, 4);
			brushWord(c, 184, 114, 84, seed);
			seal(c, 204, 230, 44, seed);
		},
		34,
	);
	pencil(c, 640, 850, 300, -24, accent);
};

function pages(c: Canvas, width: number): void {
	for (let y = 6; y < 34; y += 6) c.rect(0, y, width, 1.6, '#171a2b', 0, 'opacity="0.16"');
}

export function pencil(c: Canvas, x: number, y: number, length: number, degrees: number, color: string): void {
	c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
		c.rect(8, 16, length - 20, 16, '#15121f', 8, `opacity="0.35" ${c.blur(6)}`);
		c.rect(
			0,
			-11,
			length - 50,
			22,
			c.linear(90, [
				[0, lighter(color, 0.45)],
				[0.4, color],
				[1, darker(color, 0.4)],
			]),
		);
		c.path(`M${length - 50} -11L${length - 12} -4V4L${length - 50} 11Z`, '#e3c193');
		c.path(`M${length - 16} -5L${length} 0L${length - 16} 5Z`, ink.ink);
		c.rect(-26, -11, 26, 22, ink.brass, 4);
	});
}
