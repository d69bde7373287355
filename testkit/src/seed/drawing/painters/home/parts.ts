import type { Canvas } from '../../canvas.ts';
import { darker, ink } from '../../color.ts';

export function tassel(c: Canvas, x: number, y: number, color: string): void {
	c.line(`M${x} ${y}V${y + 50}`, ink.brass, 6);
	c.ellipse(x, y + 56, 14, 15, color);
	for (let i = -4; i <= 4; i++) c.line(`M${x + i * 2.5} ${y + 66}Q${x + i * 5} ${y + 120} ${x + i * 5.5} ${y + 176}`, i % 2 ? color : darker(color, 0.2), 5.5);
	c.rect(x - 12, y + 70, 24, 11, ink.brass, 4);
}
