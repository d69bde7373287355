import { n } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { berry } from './parts.ts';

/** Bundles of noodles tied with paper bands, seen from above. */
export const noodles: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`noodles ${seed}`);
	for (const [x, y, degrees] of [
		[300, 560, -16],
		[500, 500, 6],
		[690, 560, -5],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			dropShadow(c, 'M-84 -330H84V330H-84Z', 18, 24, 16, 0.36);
			for (let i = 0; i < 30; i++) {
				const from = -82 + i * 5.6;
				const tint = mix(color, random.pick([lighter(color, 0.5), darker(color, 0.25), lighter(color, 0.2)]), 0.8);
				c.line(
					`M${n(from + random.between(-7, 7))} ${n(-326 + random.between(-10, 10))}C${n(from)} -100 ${n(from * 0.92)} 100 ${n(from + random.between(-7, 7))} ${n(326 + random.between(-10, 10))}`,
					tint,
					6,
				);
			}
			c.rect(
				-90,
				-330,
				180,
				660,
				c.linear(0, [
					[0, '#171a2b', 0.3],
					[0.3, '#fff9ee', 0.3],
					[0.6, '#fff9ee', 0],
					[1, '#171a2b', 0.42],
				]),
			);
			c.rect(
				-92,
				-70,
				184,
				140,
				c.linear(0, [
					[0, darker(accent, 0.26)],
					[0.3, lighter(accent, 0.24)],
					[0.7, accent],
					[1, darker(accent, 0.34)],
				]),
				3,
			);
			brushWord(c, -48, -52, 96, `${seed}${x}`, ink.cream);
		});
	}
	for (let i = 0; i < 12; i++) berry(c, random.between(120, 880), random.between(905, 960), random.between(9, 14), random.pick([ink.vermilion, ink.leaf]));
};
