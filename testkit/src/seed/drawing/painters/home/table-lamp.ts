import { curve } from '../../canvas.ts';
import { ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { blossom } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A lamp with a paper shade. */
export const tableLamp: Painter = (c, { color, accent, style }) => {
	c.ellipse(480, 420, 430, 360, '#ffedb8', `opacity="0.42" ${c.blur(70)}`);
	turn(c, {
		cx: 480,
		base: 812,
		color,
		gloss: 0.8,
		profile:
			style % 2
				? [
						[300, 26],
						[260, 30],
						[180, 120],
						[80, 130],
						[10, 84],
						[0, 84],
					]
				: [
						[300, 22],
						[200, 26],
						[120, 40],
						[60, 90],
						[12, 150],
						[0, 150],
					],
	});
	const shade = 'M352 230H608L716 540C640 574 320 574 244 540Z';
	c.path(
		shade,
		c.linear(90, [
			[0, '#fbe3a8'],
			[0.55, '#fff4cf'],
			[1, lighter(accent, 0.55)],
		]),
	);
	c.clipped(shade, () => {
		for (let i = -7; i <= 7; i++) c.line(`M${480 + i * 18} 230L${480 + i * 33} 566`, '#b98455', 2.4, 'opacity="0.4"');
		if (style % 2)
			for (const [x, y, r] of [
				[400, 440, 40],
				[470, 390, 50],
				[560, 450, 36],
			] as const)
				blossom(c, x, y, r, accent, x);
		else
			c.path(
				`${curve([
					[240, 500],
					[340, 420],
					[430, 470],
					[540, 390],
					[720, 490],
				])}V580H240Z`,
				accent,
				'opacity="0.4"',
			);
		c.rect(
			230,
			220,
			500,
			360,
			c.linear(0, [
				[0, '#8a5a2a', 0.34],
				[0.3, '#fff', 0.24],
				[0.6, '#fff', 0],
				[1, '#8a5a2a', 0.4],
			]),
		);
	});
	c.line('M352 230H608M244 540C320 574 640 574 716 540', ink.walnut, 8);
	c.ellipse(480, 840, 360, 56, '#ffedb8', `opacity="0.4" ${c.blur(24)}`);
};
