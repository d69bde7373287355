import { ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { landscape } from './parts.ts';

/** A record half out of its sleeve. */
export const record: Painter = (c, { color, accent, seed, style }) => {
	c.group('transform="rotate(-6 500 500)"', () => {
		c.ellipse(640, 520, 300, 300, '#15121f', `opacity="0.4" ${c.blur(14)} transform="translate(10 18)"`);
		c.ellipse(640, 500, 300, 300, '#17171b');
		for (let r = 290; r > 120; r -= 11) c.ellipse(640, 500, r, r, 'none', 'stroke="#34343c" stroke-width="2"');
		c.path('M640 500L880 320A300 300 0 0 1 930 430Z', '#fff', `opacity="0.16" ${c.blur(5)}`);
		c.ellipse(640, 500, 104, 104, accent);
		c.ellipse(640, 500, 13, 13, ink.cream);
		const sleeve = 'M90 190H690V810H90Z';
		dropShadow(c, sleeve, 14, 20, 12, 0.42);
		if (style % 2) landscape(c, 90, 190, 600, 620, color, accent, seed);
		else {
			c.path(sleeve, color);
			for (let i = 0; i < 34; i++) {
				const h = 40 + Math.abs(Math.sin(i * 0.62) * Math.cos(i * 0.23)) * 300;
				c.rect(130 + i * 15.6, 500 - h / 2, 8, h, i % 5 ? ink.cream : lighter(accent, 0.2), 4);
			}
		}
		seal(c, 600, 720, 60, seed);
		c.path('M90 190H300L150 810H90Z', '#fff', 'opacity="0.1"');
	});
};
