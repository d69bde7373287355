import { blob } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { leaf, print } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A tube of cream lying by its box. */
export const tube: Painter = (c, { color, accent, seed, style }) => {
	box(
		c,
		{ at: [600, 600], turn: 40, pitch: 0.42 },
		{
			x: 0,
			y: 0,
			z: 0,
			width: 130,
			depth: 130,
			height: 400,
			color: accent,
			round: 4,
			onFront: () => {
				c.rect(0, 0, 130, 400, weave(c, style % 2 ? 'blossoms' : 'waves', accent, lighter(accent, 0.3), 64));
				c.rect(20, 120, 90, 150, ink.cream, 4);
				brushWord(c, 34, 136, 62, seed);
			},
		},
	);
	c.group('transform="rotate(-14 420 760)"', () => {
		const body = 'M180 690L590 640C640 660 640 800 590 826L180 800Z';
		c.ellipse(410, 830, 260, 30, '#15121f', `opacity="0.4" ${c.blur(12)}`);
		c.path(
			body,
			c.linear(90, [
				[0, lighter(color, 0.2)],
				[0.25, lighter(color, 0.55)],
				[0.6, color],
				[1, darker(color, 0.4)],
			]),
		);
		for (let x = 184; x < 212; x += 7) c.line(`M${x} 692V800`, darker(color, 0.3), 2, 'opacity="0.5"');
		c.rect(
			604,
			668,
			96,
			130,
			c.linear(90, [
				[0, lighter(accent, 0.4)],
				[0.3, lighter(accent, 0.5)],
				[1, darker(accent, 0.4)],
			]),
			12,
		);
		for (let y = 676; y < 796; y += 12) c.line(`M612 ${y}H694`, darker(accent, 0.4), 3, 'opacity="0.4"');
		brushWord(c, 300, 696, 84, seed, darker(color, 0.6));
		print(c, 410, 712, 130, 4, darker(color, 0.6), seed, 17);
	});
	c.path(
		blob([
			[730, 880],
			[780, 850],
			[850, 862],
			[880, 900],
			[820, 930],
			[750, 920],
		]),
		c.radial(0.35, 0.3, 0.8, [
			[0, '#ffffff'],
			[1, lighter(color, 0.6)],
		]),
	);
	leaf(c, 160, 880, 150, 8, ink.leaf);
};
