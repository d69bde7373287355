import { type Canvas, curve, n, type Point } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { blossom, crackle, washLandscape } from '../../motifs.ts';
import { createRandom } from '../../random.ts';

/** Glaze decorations, chosen by style: crackle, blue wash, drips, speckle, blossom branch, plain. */
export function glaze(c: Canvas, style: number, color: string, accent: string, seed: string) {
	return ({ left, right, top, bottom }: { left: number; right: number; top: number; bottom: number }) => {
		const random = createRandom(`glaze ${seed}`);
		const [width, height] = [right - left, bottom - top];
		switch (style % 6) {
			case 0:
				return crackle(c, left, top, width, height, darker(color, 0.5), random);
			case 1:
				return washLandscape(c, left, right, top + height * 0.62, '#2b4d96', random);
			case 2: {
				const drip: Point[] = [[left - 10, top + height * 0.4]];
				for (let i = 0; i <= 9; i++) drip.push([left + (width * i) / 9, top + height * (i % 2 ? random.between(0.44, 0.66) : random.between(0.3, 0.4))]);
				return void c.path(
					`${curve(drip)}V${n(top - 60)}H${n(left - 20)}Z`,
					c.linear(90, [
						[0, accent],
						[0.8, mix(accent, color, 0.3)],
						[1, lighter(accent, 0.3)],
					]),
				);
			}
			case 3:
				for (let i = 0; i < 160; i++)
					c.ellipse(
						left + random.next() * width,
						top - 20 + random.next() * (height + 40),
						random.between(1.2, 4.2),
						random.between(1.2, 3.4),
						darker(color, 0.62),
						'opacity="0.55"',
					);
				return;
			case 4:
				c.line(
					curve([
						[left + width * 0.1, bottom],
						[left + width * 0.3, top + height * 0.6],
						[left + width * 0.55, top + height * 0.45],
						[left + width * 0.74, top + height * 0.1],
					]),
					darker(ink.walnut, 0.2),
					7,
				);
				for (const [u, v, r] of [
					[0.34, 0.5, 30],
					[0.52, 0.36, 36],
					[0.66, 0.24, 26],
					[0.2, 0.72, 24],
					[0.46, 0.62, 20],
				] as const)
					blossom(c, left + width * u, top + height * v, r, lighter(accent, 0.3), random.between(0, 72));
				return;
			default:
				return;
		}
	};
}

export function steam(c: Canvas, x: number, y: number): void {
	for (const [dx, opacity] of [
		[0, 0.5],
		[34, 0.3],
		[-30, 0.3],
	] as const) {
		c.line(
			`M${x + dx} ${y}C${x + dx - 50} ${y - 70} ${x + dx + 60} ${y - 120} ${x + dx} ${y - 200}C${x + dx - 30} ${y - 240} ${x + dx + 20} ${y - 270} ${x + dx + 16} ${y - 300}`,
			'#fffaf0',
			13,
			`opacity="${opacity}" ${c.blur(9)}`,
		);
	}
}
