import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { paperOf } from './parts.ts';

/** Scrolls and sheets of paper in a jar. */
export const scrolls: Painter = (c, { color, accent, seed, style }) => {
	const rolls: [number, number, number, string][] = [
		[-96, 500, -9, ink.cream],
		[70, 540, 7, lighter(accent, 0.45)],
		[0, 580, -2, '#fffaf0'],
		[-40, 440, -15, lighter(color, 0.4)],
		[110, 450, 14, ink.cream],
	];
	for (const [dx, length, degrees, tint] of rolls) {
		c.group(`transform="translate(${450 + dx * 0.6} 700) rotate(${degrees})"`, () => {
			c.rect(
				-38,
				-length,
				76,
				length,
				c.linear(0, [
					[0, darker(tint, 0.26)],
					[0.3, lighter(tint, 0.5)],
					[0.7, tint],
					[1, darker(tint, 0.36)],
				]),
				6,
			);
			c.ellipse(0, -length, 38, 13, darker(tint, 0.06));
			c.line(`M-20 ${-length}A20 7 0 1 1 20 ${-length}A14 5 0 1 1 -10 ${-length}`, darker(tint, 0.4), 3);
			c.rect(-40, -length * 0.62, 80, 18, accent);
		});
	}
	turn(c, {
		cx: 450,
		base: 810,
		color,
		gloss: 0.8,
		profile: [
			[330, 170],
			[300, 164],
			[150, 186],
			[20, 150],
			[0, 146],
		],
		top: 'open',
		decorate: ({ left, right, top, bottom }) => c.rect(left, top, right - left, bottom - top + 50, weave(c, paperOf(style), color, lighter(color, 0.24), 70)),
	});
	c.path(
		'M282 480A170 34 0 0 0 618 480L618 500A170 34 0 0 1 282 500Z',
		c.linear(0, [
			[0, darker(color, 0.3)],
			[0.3, lighter(color, 0.4)],
			[1, darker(color, 0.4)],
		]),
	);
	sprig(c, 640, 880, 220, -18, ink.leaf, seed);
};
