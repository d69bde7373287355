import { curve, n } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { groundShadow } from '../../forms.ts';
import { leaf, print, seal } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { berry } from './parts.ts';

/** A stand-up pouch with a window. */
export const pouch: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 470, 806, 200, 460, 210);
	const bag = 'M268 268H672C664 330 690 420 700 560C706 660 700 760 690 804C560 836 380 836 250 804C240 760 234 660 240 560C250 420 276 330 268 268Z';
	c.path(
		bag,
		c.linear(0, [
			[0, darker(color, 0.26)],
			[0.16, lighter(color, 0.2)],
			[0.36, lighter(color, 0.36)],
			[0.6, color],
			[1, darker(color, 0.36)],
		]),
	);
	c.clipped(bag, () => {
		for (let x = 276; x < 670; x += 13) c.rect(x, 268, 5, 46, '#171a2b', 0, 'opacity="0.1"');
		c.line('M262 332H680', '#171a2b', 3, 'opacity="0.3"');
		c.line(
			curve([
				[290, 340],
				[300, 520],
				[280, 790],
			]),
			'#fff',
			24,
			`opacity="0.4" ${c.blur(9)}`,
		);
		c.line(
			curve([
				[660, 340],
				[640, 520],
				[668, 790],
			]),
			'#171a2b',
			26,
			`opacity="0.24" ${c.blur(10)}`,
		);
		c.rect(330, 384, 280, 196, ink.cream, 10);
		brushWord(c, 352, 406, 110, seed);
		print(c, 484, 416, 104, 5, ink.ink, seed, 18);
		seal(c, 540, 520, 44, seed);
		const random = createRandom(`pouch ${seed}`);
		const pane = 'M470 620A96 84 0 1 0 470.1 620Z';
		c.path(pane, darker(accent, 0.4));
		c.clipped(pane, () => {
			for (let i = 0; i < 70; i++) {
				const [x, y] = [random.between(370, 570), random.between(610, 800)];
				if (style % 2)
					c.ellipse(
						x,
						y,
						random.between(14, 24),
						random.between(10, 18),
						random.pick([accent, lighter(accent, 0.3), darker(accent, 0.2)]),
						`transform="rotate(${n(random.between(0, 90))} ${n(x)} ${n(y)})"`,
					);
				else leaf(c, x, y, random.between(24, 50), random.between(0, 360), random.pick([accent, lighter(accent, 0.25), darker(accent, 0.25)]), false);
			}
		});
		c.path(pane, 'none', 'stroke="#fff9ee" stroke-width="5" opacity="0.6"');
	});
	const loose = createRandom(`loose ${seed}`);
	for (let i = 0; i < 8; i++) berry(c, loose.between(720, 890), 822 + i * 11, loose.between(14, 19), accent);
};
