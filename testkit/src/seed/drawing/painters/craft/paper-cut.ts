import { darker, ink } from '../../color.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** Cut red paper on white. */
export const paperCut: Painter = (c, { color, accent, seed, style }) => {
	c.rect(150, 140, 700, 720, '#15121f', 4, `transform="translate(12 18)" opacity="0.3" ${c.blur(12)}`);
	c.rect(
		150,
		140,
		700,
		720,
		c.linear(45, [
			[0, '#fffdf6'],
			[1, '#f1e6d2'],
		]),
		4,
	);
	const red = style % 2 ? accent : color;
	c.group(`transform="translate(4 8)" opacity="0.3" ${c.blur(3)}`, () => void c.ellipse(500, 480, 270, 270, 'none', 'stroke="#15121f" stroke-width="30"'));
	c.ellipse(500, 480, 270, 270, 'none', `stroke="${red}" stroke-width="30"`);
	for (let i = 0; i < 24; i++) c.ellipse(500 + Math.cos(i * 0.2618) * 270, 480 + Math.sin(i * 0.2618) * 270, 20, 20, red);
	for (let i = 0; i < 24; i++) c.ellipse(500 + Math.cos(i * 0.2618) * 270, 480 + Math.sin(i * 0.2618) * 270, 7, 7, '#fbf5e6');
	for (let i = 0; i < 8; i++) {
		c.group(`transform="rotate(${i * 45} 500 480)"`, () => {
			c.path('M500 480C440 420 440 330 500 250C560 330 560 420 500 480Z', i % 2 ? red : darker(red, 0.12));
			c.path('M500 440C474 400 474 350 500 300C526 350 526 400 500 440Z', '#fbf5e6');
			c.path('M500 420C490 400 490 370 500 340C510 370 510 400 500 420Z', red);
			c.ellipse(560, 330, 17, 17, red);
		});
	}
	c.ellipse(500, 480, 46, 46, red);
	blossom(c, 500, 484, 34, '#fbf5e6');
	seal(c, 760, 780, 46, seed);
	c.line('M690 900L860 760M820 900L730 770', ink.steel, 15);
	c.ellipse(680, 920, 44, 30, 'none', `stroke="${ink.vermilion}" stroke-width="14" transform="rotate(-40 680 920)"`);
	c.ellipse(840, 920, 44, 30, 'none', `stroke="${ink.vermilion}" stroke-width="14" transform="rotate(50 840 920)"`);
};
