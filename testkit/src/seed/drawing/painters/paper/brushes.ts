import { n } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { groundShadow, turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** Brushes hanging from a stand. */
export const brushes: Painter = (c, { color, accent, seed, style }) => {
	const wood = mix(color, ink.walnut, 0.55);
	groundShadow(c, 500, 816, 290, 300, 300);
	c.rect(
		240,
		792,
		520,
		34,
		c.linear(90, [
			[0, lighter(wood, 0.4)],
			[1, darker(wood, 0.3)],
		]),
		12,
	);
	for (const x of [272, 706])
		c.rect(
			x,
			236,
			24,
			566,
			c.linear(0, [
				[0, darker(wood, 0.2)],
				[0.35, lighter(wood, 0.4)],
				[1, darker(wood, 0.4)],
			]),
			8,
		);
	c.path(
		'M210 250C300 210 400 236 500 222C600 236 700 210 790 250L784 218C700 186 600 206 500 194C400 206 300 186 216 218Z',
		c.linear(90, [
			[0, lighter(wood, 0.4)],
			[1, darker(wood, 0.2)],
		]),
	);
	const count = 4 + (style % 3);
	for (let i = 0; i < count; i++) {
		const x = 330 + (i * 340) / (count - 1);
		const width = 13 + ((i * 5 + style) % 4) * 5;
		const end = 560 + ((i * 37) % 70);
		c.line(`M${n(x)} 236q-14 16 0 34q14 -16 0 -34`, accent, 4);
		c.rect(
			x - width * 0.5,
			268,
			width,
			end - 268,
			c.linear(0, [
				[0, darker(ink.bamboo, 0.3)],
				[0.35, lighter(ink.bamboo, 0.4)],
				[1, darker(ink.bamboo, 0.4)],
			]),
			4,
		);
		c.rect(x - width * 0.5, 300, width, 8, accent);
		c.rect(x - width * 0.62, end - 26, width * 1.24, 32, darker(ink.walnut, 0.34), 4);
		const hair = i % 2 ? ink.cream : '#8c6a4a';
		c.path(
			`M${n(x - width * 0.6)} ${end}C${n(x - width)} ${end + 40} ${n(x - width * 0.5)} ${end + 84} ${n(x)} ${end + 118}C${n(x + width * 0.5)} ${end + 84} ${n(x + width)} ${end + 40} ${n(x + width * 0.6)} ${end}Z`,
			c.linear(0, [
				[0, darker(hair, 0.26)],
				[0.4, lighter(hair, 0.3)],
				[1, darker(hair, 0.36)],
			]),
		);
		c.path(
			`M${n(x - width * 0.42)} ${end + 74}C${n(x - width * 0.3)} ${end + 96} ${n(x)} ${end + 112} ${n(x)} ${end + 118}C${n(x)} ${end + 112} ${n(x + width * 0.3)} ${end + 96} ${n(x + width * 0.42)} ${end + 74}Z`,
			ink.ink,
			'opacity="0.8"',
		);
	}
	turn(c, {
		cx: 850,
		base: 850,
		color: ink.celadon,
		gloss: 0.8,
		top: ink.ink,
		profile: [
			[70, 84],
			[40, 92],
			[0, 70],
		],
		tilt: 0.28,
	});
	seal(c, 120, 830, 70, seed);
};
