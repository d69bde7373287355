import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';

/** A jointed desk lamp throwing light. */
export const deskLamp: Painter = (c, { color, accent }) => {
	c.path(
		'M560 330L930 826H330Z',
		c.linear(90, [
			[0, '#fff0bd', 0.75],
			[1, '#fff0bd', 0.06],
		]),
		c.blur(14),
	);
	c.ellipse(620, 824, 320, 60, '#fff0bd', `opacity="0.65" ${c.blur(22)}`);
	turn(c, {
		cx: 300,
		base: 816,
		color,
		gloss: 0.7,
		straight: true,
		top: 'closed',
		profile: [
			[40, 136],
			[0, 142],
		],
	});
	const arm = (d: string) => {
		c.line(d, darker(color, 0.4), 26);
		c.line(d, color, 17);
		c.line(d, lighter(color, 0.6), 4, 'transform="translate(-4 -3)"');
	};
	arm('M300 770L210 470');
	arm('M210 470L470 240');
	for (const [x, y] of [
		[300, 764],
		[210, 470],
		[470, 240],
	] as const)
		c.ellipse(
			x,
			y,
			26,
			26,
			c.radial(0.35, 0.3, 0.8, [
				[0, '#fff3cf'],
				[0.5, ink.brass],
				[1, darker(ink.brass, 0.4)],
			]),
		);
	c.group('transform="rotate(28 520 250)"', () => {
		c.path(
			'M470 190C520 150 600 150 650 190L740 340H380Z',
			c.linear(0, [
				[0, darker(color, 0.2)],
				[0.3, lighter(color, 0.45)],
				[0.6, color],
				[1, darker(color, 0.4)],
			]),
		);
		c.ellipse(
			560,
			340,
			180,
			42,
			c.radial(0.5, 0.5, 0.6, [
				[0, '#fffbe6'],
				[0.7, '#ffe39a'],
				[1, darker(accent, 0.1)],
			]),
		);
		c.ellipse(560, 346, 46, 30, '#ffffff');
		c.rect(520, 150, 80, 40, accent, 12);
	});
};
