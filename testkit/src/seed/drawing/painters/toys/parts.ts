import type { Canvas } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';

export const PAINTS = [ink.vermilion, ink.amber, ink.jade, ink.indigo, ink.plum] as const;

export const paint = (i: number) => PAINTS[((i % 5) + 5) % 5] as string;

export function wheel(c: Canvas, x: number, y: number, r: number, color: string): void {
	c.ellipse(x + 5, y + 4, r, r, darker(color, 0.5));
	c.ellipse(
		x,
		y,
		r,
		r,
		c.radial(0.35, 0.3, 0.85, [
			[0, lighter(color, 0.5)],
			[0.6, color],
			[1, darker(color, 0.3)],
		]),
	);
	c.ellipse(x, y, r * 0.5, r * 0.5, 'none', `stroke="${darker(color, 0.3)}" stroke-width="4" opacity="0.6"`);
	c.ellipse(x, y, r * 0.2, r * 0.2, ink.wood);
}

export const grain = (c: Canvas, tint: string) =>
	c.pattern(
		120,
		26,
		`<rect width="120" height="26" fill="${tint}"/><path d="M0 6Q60 0 120 6M0 18Q60 24 120 18" stroke="${darker(tint, 0.25)}" stroke-width="1.6" fill="none" opacity="0.35"/>`,
	);

export const eye = (c: Canvas, x: number, y: number) => {
	c.ellipse(x, y, 14, 15, ink.ink);
	c.ellipse(x - 4, y - 5, 4.5, 4.5, '#fff');
};
