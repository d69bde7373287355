import { type Canvas, curve, n } from '../../canvas.ts';
import { darker, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { createRandom } from '../../random.ts';

/** A small cup without a handle. */
export function cup(c: Canvas, cx: number, base: number, radius: number, color: string, tea: string): void {
	turn(c, {
		cx,
		base,
		color,
		gloss: 0.8,
		top: tea,
		profile: [
			[radius * 1.05, radius],
			[radius * 0.7, radius * 0.92],
			[radius * 0.25, radius * 0.62],
			[radius * 0.12, radius * 0.46],
			[0, radius * 0.46],
		],
		tilt: 0.26,
	});
	const y = base - radius * 1.05;
	c.path(
		`M${n(cx - radius * 0.6)} ${n(y + 2)}Q${n(cx - radius * 0.1)} ${n(y - radius * 0.14)} ${n(cx + radius * 0.3)} ${n(y - 4)}`,
		'none',
		`stroke="#fff" stroke-width="4" opacity="0.55" stroke-linecap="round"`,
	);
}

export function scatterTea(c: Canvas, cx: number, cy: number, spread: number, seed: string, color: string): void {
	const random = createRandom(`tea ${seed}`);
	for (let i = 0; i < 34; i++) {
		const [x, y] = [cx + random.between(-1, 1) * spread, cy + random.between(-0.34, 0.34) * spread];
		const d = curve([
			[x, y],
			[x + random.between(8, 18), y + random.between(-8, 6)],
			[x + random.between(18, 32), y + random.between(-4, 8)],
		]);
		c.line(d, '#1d1a2e', 6, 'transform="translate(2 4)" opacity="0.2"');
		c.line(d, random.pick([color, lighter(color, 0.2), darker(color, 0.3)]), random.between(3.5, 6));
	}
}
