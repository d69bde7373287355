import { n } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { groundShadow } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { glaze } from './parts.ts';

/** Three plates: one leaning, two lying. */
export const plates: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 520, 770, 200, 300, 260);
	const disc = (cx: number, cy: number, rx: number, ry: number) => {
		c.ellipse(cx + 8, cy + 10, rx, ry, darker(color, 0.5));
		c.ellipse(
			cx,
			cy,
			rx,
			ry,
			c.linear(50, [
				[0, lighter(color, 0.55)],
				[0.6, color],
				[1, darker(color, 0.24)],
			]),
		);
		const rim = `M${n(cx - rx * 0.95)} ${n(cy)}a${n(rx * 0.95)} ${n(ry * 0.95)} 0 1 0 ${n(rx * 1.9)} 0a${n(rx * 0.95)} ${n(ry * 0.95)} 0 1 0 ${n(-rx * 1.9)} 0Z`;
		c.clipped(rim, () => glaze(c, style, color, accent, seed)({ left: cx - rx, right: cx + rx, top: cy - ry, bottom: cy + ry }));
		c.ellipse(cx, cy, rx * 0.72, ry * 0.72, 'none', `stroke="${darker(color, 0.34)}" stroke-width="5" opacity="0.5"`);
		c.ellipse(cx - 3, cy - 3, rx * 0.72, ry * 0.72, 'none', `stroke="#fff" stroke-width="4" opacity="0.55"`);
		c.ellipse(cx, cy, rx * 0.95, ry * 0.95, 'none', `stroke="${accent}" stroke-width="6" opacity="0.8"`);
		c.ellipse(
			cx - rx * 0.3,
			cy - ry * 0.42,
			rx * 0.4,
			ry * 0.2,
			'#fff',
			`opacity="0.4" transform="rotate(-28 ${n(cx - rx * 0.3)} ${n(cy - ry * 0.42)})" ${c.blur(9)}`,
		);
	};
	disc(520, 500, 262, 270);
	c.ellipse(330, 838, 214, 56, '#15121f', `opacity="0.4" ${c.blur(10)}`);
	disc(320, 822, 205, 52);
	disc(324, 800, 196, 49);
	sprig(c, 620, 874, 220, -16, ink.leaf, seed);
};
