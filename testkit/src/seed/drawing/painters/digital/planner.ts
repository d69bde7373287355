import { n } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { print } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** Planner pages with a week laid out. */
export const planner: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`planner ${seed}`);
	c.group('transform="rotate(5 500 500)"', () => {
		const sheet = 'M150 150H850V850H150Z';
		dropShadow(c, sheet, 16, 22, 14, 0.34);
		c.path(
			sheet,
			c.linear(45, [
				[0, '#fffdf6'],
				[1, '#f4ead7'],
			]),
		);
		c.rect(150, 150, 700, 110, color);
		brushWord(c, 186, 164, 80, seed, ink.cream);
		print(c, 300, 190, 240, 2, ink.cream, seed, 26);
		for (let column = 0; column < 4; column++)
			for (let row = 0; row < 2; row++) {
				const [x, y] = [180 + column * 164, 300 + row * 270];
				c.rect(x, y, 148, 244, row && column === 3 ? lighter(accent, 0.5) : lighter(color, 0.82), 10);
				c.rect(x, y, 148, 38, (column + row) % 2 ? lighter(accent, 0.1) : lighter(color, 0.3), 10);
				for (let i = 0; i < 5; i++) {
					c.rect(x + 16, y + 60 + i * 34, 17, 17, 'none', 4, `stroke="${color}" stroke-width="3"`);
					if (random.chance(0.5)) c.line(`M${x + 19} ${n(y + 68 + i * 34)}l5 6l10 -13`, ink.vermilion, 4);
					c.rect(x + 44, y + 65 + i * 34, random.between(50, 90), 6, ink.ink, 3, 'opacity="0.4"');
				}
			}
	});
	c.group('transform="translate(700 880) rotate(-40)"', () => {
		c.rect(
			0,
			-12,
			260,
			24,
			c.linear(90, [
				[0, lighter(accent, 0.4)],
				[1, darker(accent, 0.3)],
			]),
			6,
		);
		c.path('M0 -12L-40 0L0 12Z', '#e3c193');
		c.path('M-24 -5L-40 0L-24 5Z', ink.ink);
	});
};
