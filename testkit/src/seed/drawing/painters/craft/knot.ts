import { darker, lighter } from '../../color.ts';
import type { Painter } from '../../scene.ts';
import { tassel } from '../home/parts.ts';

/** A knot of red cord with tassels. */
export const knot: Painter = (c, { color, accent }) => {
	const cord = (d: string, width = 24) => {
		c.line(d, '#15121f', width, `transform="translate(12 16)" opacity="0.22" ${c.blur(6)}`);
		c.line(d, darker(color, 0.34), width);
		c.line(d, color, width * 0.72);
		c.line(d, lighter(color, 0.4), width * 0.2, 'stroke-dasharray="8 6"');
	};
	cord('M500 60C460 120 540 160 500 230', 18);
	c.group('transform="translate(500 440) rotate(45)"', () => {
		for (let i = -2; i <= 2; i++) {
			const p = i * 54;
			cord(`M-150 ${p}H150`);
			c.line(`M150 ${p}C210 ${p} 210 ${p + 54} 150 ${p + 54}`, darker(color, 0.34), i < 2 ? 24 : 0.1);
			c.line(`M150 ${p}C210 ${p} 210 ${p + 54} 150 ${p + 54}`, color, i < 2 ? 17 : 0.1);
			c.line(`M-150 ${p}C-210 ${p} -210 ${p + 54} -150 ${p + 54}`, color, i < 2 ? 17 : 0.1);
		}
		for (let i = -2; i <= 2; i++) {
			const p = i * 54;
			for (let k = -2; k <= 2; k++)
				if ((i + k) % 2) {
					c.line(`M${p} ${k * 54 - 27}V${k * 54 + 27}`, darker(color, 0.34), 24);
					c.line(`M${p} ${k * 54 - 27}V${k * 54 + 27}`, lighter(color, 0.1), 17);
				}
			c.line(`M${p} -140C${p} -200 ${p + 54} -200 ${p + 54} -140`, i < 2 ? color : 'none', 17);
			c.line(`M${p} 140C${p} 200 ${p + 54} 200 ${p + 54} 140`, i < 2 ? color : 'none', 17);
		}
	});
	c.ellipse(
		500,
		216,
		34,
		34,
		c.radial(0.35, 0.3, 0.8, [
			[0, lighter(accent, 0.6)],
			[0.5, accent],
			[1, darker(accent, 0.3)],
		]),
	);
	c.ellipse(
		500,
		664,
		34,
		34,
		c.radial(0.35, 0.3, 0.8, [
			[0, lighter(accent, 0.6)],
			[0.5, accent],
			[1, darker(accent, 0.3)],
		]),
	);
	for (const x of [450, 500, 550]) tassel(c, x, 690, color);
};
