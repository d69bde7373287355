import { n } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A wall clock of turned wood. */
export const clock: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(536, 512, 300, 300, '#1d1a2e', `opacity="0.3" ${c.blur(22)}`);
	c.ellipse(
		500,
		470,
		300,
		300,
		c.linear(45, [
			[0, lighter(ink.wood, 0.45)],
			[0.5, ink.wood],
			[1, darker(ink.wood, 0.4)],
		]),
	);
	c.ellipse(500, 470, 262, 262, darker(ink.wood, 0.46));
	c.ellipse(
		503,
		474,
		256,
		256,
		c.linear(45, [
			[0, lighter(color, 0.34)],
			[1, color],
		]),
	);
	for (let i = 0; i < 12; i++) {
		const angle = (i * Math.PI) / 6;
		const [s, k] = [Math.sin(angle), -Math.cos(angle)];
		if (style % 2 && i % 3 === 0) blossom(c, 500 + s * 206, 472 + k * 206, 24, accent, i * 30);
		else
			c.line(
				`M${n(500 + s * 222)} ${n(472 + k * 222)}L${n(500 + s * (i % 3 ? 204 : 184))} ${n(472 + k * (i % 3 ? 204 : 184))}`,
				mix(color, ink.ink, 0.8),
				i % 3 ? 6 : 13,
			);
	}
	const hand = (degrees: number, length: number, width: number, tint: string) => {
		c.line(`M500 ${472 + 30}V${472 - length}`, '#171a2b', width, `transform="translate(8 12) rotate(${degrees} 500 472)" opacity="0.25" ${c.blur(4)}`);
		c.line(`M500 ${472 + 30}V${472 - length}`, tint, width, `transform="rotate(${degrees} 500 472)"`);
	};
	hand(-58, 130, 15, ink.ink);
	hand(54, 190, 10, ink.ink);
	hand(162, 200, 5, accent);
	c.ellipse(500, 472, 15, 15, accent);
	c.path('M290 330A256 256 0 0 1 480 218L420 330Z', '#fff', `opacity="0.16" ${c.blur(8)}`);
	seal(c, 480, 570, 40, seed);
};
