import { ink, lighter, mix } from '../../color.ts';
import { print } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { landscape } from './parts.ts';

/** Instant prints scattered on the table. */
export const photos: Painter = (c, { color, accent, seed }) => {
	const prints: [number, number, number, string][] = [
		[190, 150, -12, color],
		[520, 120, 9, accent],
		[170, 510, 7, mix(color, accent, 0.5)],
		[510, 500, -8, lighter(color, 0.2)],
	];
	prints.forEach(([x, y, degrees, tint], i) => {
		c.group(`transform="rotate(${degrees} ${x + 160} ${y + 190})"`, () => {
			c.rect(x, y, 320, 380, '#15121f', 4, `transform="translate(10 16)" opacity="0.36" ${c.blur(9)}`);
			c.rect(x, y, 320, 380, '#fffdf6', 4);
			landscape(c, x + 24, y + 24, 272, 272, tint, i % 2 ? color : accent, `${seed}${i}`);
			print(c, x + 60, y + 328, 150, 1, ink.ink, seed, 24);
		});
	});
	c.ellipse(480, 500, 20, 20, ink.vermilion);
	c.ellipse(474, 494, 7, 7, '#fff', 'opacity="0.7"');
};
