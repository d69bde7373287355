import { curve, n } from '../../canvas.ts';
import { darker, ink } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** A swatch of brush strokes, as a set for painting programs. */
export const strokes: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`strokes ${seed}`);
	const sheet = 'M130 120H870V880H130Z';
	dropShadow(c, sheet, 14, 20, 14, 0.32);
	c.path(
		sheet,
		c.linear(45, [
			[0, '#fffdf6'],
			[1, '#f3e8d3'],
		]),
	);
	for (let i = 0; i < 6; i++) {
		const y = 210 + i * 116;
		const tint = [ink.ink, color, accent, ink.vermilion, darker(color, 0.3), ink.jade][i] as string;
		for (let hair = 0; hair < 16; hair++) {
			const dy = (hair - 8) * random.between(3.4, 5);
			c.line(
				curve([
					[190 + random.between(-8, 30), y + dy],
					[380, y + dy * 1.2 + random.between(-8, 8) - 22],
					[590, y + dy * 0.9 + 20],
					[800 - random.between(0, 110), y + dy * 0.5 - 8],
				]),
				tint,
				random.between(3, 9),
				`opacity="${n(random.between(0.4, 0.9))}"`,
			);
		}
	}
	seal(c, 790, 800, 54, seed);
};
