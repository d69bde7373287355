import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { print, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A specimen sheet of drawn characters. */
export const specimen: Painter = (c, { color, accent, seed }) => {
	c.group('transform="rotate(-7 500 500)"', () => {
		for (const [dx, dy, degrees, tint] of [
			[60, 40, 9, accent],
			[0, 0, 0, ink.cream],
		] as const) {
			c.group(`transform="translate(${dx} ${dy}) rotate(${degrees} 500 500)"`, () => {
				const sheet = 'M190 110H810V890H190Z';
				dropShadow(c, sheet, 14, 20, 12, 0.34);
				c.path(
					sheet,
					c.linear(45, [
						[0, lighter(tint, 0.4)],
						[1, tint],
					]),
				);
			});
		}
		c.rect(190, 110, 620, 330, color);
		brushWord(c, 250, 160, 230, seed, ink.cream);
		brushWord(c, 520, 160, 230, `${seed}+`, ink.cream);
		for (let row = 0; row < 3; row++)
			for (let column = 0; column < 6; column++) {
				const [x, y] = [232 + column * 92, 480 + row * 100];
				c.rect(x, y, 78, 78, 'none', 2, `stroke="${lighter(ink.vermilion, 0.3)}" stroke-width="2" opacity="0.6"`);
				brushWord(c, x + 10, y + 10, 58, `${seed}${row}${column}`, darker(color, 0.3));
			}
		print(c, 232, 800, 340, 3, ink.ink, seed, 22);
		seal(c, 720, 800, 60, seed);
	});
};
