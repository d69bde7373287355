import { n } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A coiled cable with a woven sleeve. */
export const cable: Painter = (c, { color, accent, seed }) => {
	const loops = Array.from(
		{ length: 5 },
		(_, i) =>
			`M${240 + i * 16} 520a${n(250 - i * 17)} ${n(220 - i * 15)} 0 1 0 ${n(500 - i * 34)} 0a${n(250 - i * 17)} ${n(220 - i * 15)} 0 1 0 ${n(-500 + i * 34)} 0`,
	).join('');
	const tail = 'M490 740C500 820 640 840 800 820M420 320C400 230 300 190 170 210';
	c.line(loops + tail, '#15121f', 24, `transform="translate(10 16)" opacity="0.34" ${c.blur(8)}`);
	c.line(loops + tail, darker(color, 0.35), 20);
	c.line(loops + tail, color, 14);
	c.line(loops + tail, lighter(mix(color, accent, 0.5), 0.4), 6, 'stroke-dasharray="7 8"');
	for (const [x, y, degrees] of [
		[800, 820, -6],
		[170, 210, 188],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			c.rect(
				0,
				-24,
				92,
				48,
				c.linear(90, [
					[0, lighter(accent, 0.4)],
					[0.4, accent],
					[1, darker(accent, 0.4)],
				]),
				12,
			);
			c.rect(
				92,
				-15,
				48,
				30,
				c.linear(90, [
					[0, '#fff'],
					[1, ink.steel],
				]),
				12,
			);
		});
	}
	c.rect(446, 700, 80, 80, darker(accent, 0.1), 12);
	seal(c, 462, 716, 48, seed, lighter(accent, 0.3));
};
