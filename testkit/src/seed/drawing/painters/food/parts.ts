import type { Canvas } from '../../canvas.ts';
import { darker, lighter } from '../../color.ts';

export function berry(c: Canvas, x: number, y: number, r: number, color: string): void {
	c.ellipse(x + r * 0.3, y + r * 0.8, r * 1.1, r * 0.4, '#15121f', `opacity="0.35" ${c.blur(5)}`);
	c.ellipse(
		x,
		y,
		r,
		r * 0.96,
		c.radial(0.34, 0.3, 0.75, [
			[0, lighter(color, 0.6)],
			[0.45, color],
			[1, darker(color, 0.5)],
		]),
	);
	c.ellipse(x - r * 0.34, y - r * 0.4, r * 0.16, r * 0.1, '#fff', 'opacity="0.8"');
}
