import { type Canvas, curve, type Point } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { createRandom } from '../../random.ts';

/** A landscape in five colours, the subject of posters and screens. */
export function landscape(c: Canvas, x: number, y: number, w: number, h: number, color: string, accent: string, seed: string): void {
	const random = createRandom(`landscape ${seed}`);
	c.clipped(`M${x} ${y}h${w}v${h}h${-w}Z`, () => {
		c.rect(
			x,
			y,
			w,
			h,
			c.linear(90, [
				[0, lighter(color, 0.3)],
				[0.6, lighter(accent, 0.6)],
				[1, ink.cream],
			]),
		);
		c.ellipse(x + w * random.between(0.3, 0.7), y + h * 0.34, w * 0.17, w * 0.17, random.chance(0.5) ? ink.vermilion : '#fff6df');
		[0.5, 0.62, 0.74, 0.86].forEach((level, i) => {
			const points: Point[] = [];
			for (let k = -1; k <= 7; k++) points.push([x + (w * k) / 6, y + h * (level + random.between(-0.09, 0.06))]);
			c.path(`${curve(points)}V${y + h + 40}H${x - w}Z`, mix(lighter(accent, 0.4), darker(color, 0.4), i / 3));
		});
	});
}
