import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';

/** Headphones resting on a stand. */
export const headphones: Painter = (c, { color, accent, style }) => {
	turn(c, {
		cx: 490,
		base: 826,
		color: ink.wood,
		gloss: 0.3,
		straight: true,
		top: 'closed',
		profile: [
			[26, 190],
			[0, 196],
		],
	});
	c.rect(
		474,
		300,
		32,
		506,
		c.linear(0, [
			[0, darker(ink.wood, 0.2)],
			[0.3, lighter(ink.wood, 0.5)],
			[1, darker(ink.wood, 0.4)],
		]),
		8,
	);
	c.line('M250 560C230 130 750 130 730 560', darker(color, 0.4), 44);
	c.line('M250 552C236 140 744 140 730 552', color, 32);
	c.line('M256 470C270 300 340 258 440 248', lighter(color, 0.6), 8, 'opacity="0.6"');
	c.line('M360 262C430 226 550 226 620 262', darker(accent, 0.1), 30);
	for (const [x, side] of [
		[250, -1],
		[730, 1],
	] as const) {
		c.rect(x - 12, 430, 24, 150, ink.steel, 8);
		c.ellipse(x + 14, 640, 80, 130, '#15121f', `opacity="0.25" ${c.blur(14)}`);
		c.ellipse(
			x - side * 26,
			620,
			74,
			126,
			c.linear(0, [
				[0, darker(ink.charcoal, 0.5)],
				[0.4, ink.charcoal],
				[1, darker(ink.charcoal, 0.6)],
			]),
		);
		c.ellipse(
			x + side * 6,
			620,
			78,
			130,
			c.linear(30, [
				[0, lighter(color, 0.4)],
				[0.5, color],
				[1, darker(color, 0.45)],
			]),
		);
		c.ellipse(
			x + side * 16,
			620,
			50,
			88,
			c.linear(30, [
				[0, lighter(accent, 0.4)],
				[1, darker(accent, 0.2)],
			]),
		);
		c.ellipse(x + side * 16, 620, 50, 88, 'none', `stroke="${darker(color, 0.4)}" stroke-width="4"`);
		c.ellipse(x + side * 4 - 16, 560, 12, 34, '#fff', `opacity="0.5" ${c.blur(5)}`);
	}
	if (style % 2) c.line('M250 750C260 840 420 800 430 880C436 930 560 930 620 900', ink.charcoal, 9);
};
