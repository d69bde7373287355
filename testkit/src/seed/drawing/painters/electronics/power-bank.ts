import type { Point } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { box } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A power bank with its cable in a loop. */
export const powerBank: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [460, 360] as Point, turn: 36, pitch: 0.62 };
	c.line(
		'M560 640C700 700 860 640 820 540C780 450 660 520 700 620C730 710 860 760 900 880',
		'#15121f',
		20,
		`transform="translate(8 12)" opacity="0.3" ${c.blur(8)}`,
	);
	c.line('M560 640C700 700 860 640 820 540C780 450 660 520 700 620C730 710 860 760 900 880', darker(accent, 0.25), 18);
	c.line('M560 637C700 697 860 637 820 537C780 447 660 517 700 617C730 707 860 757 900 877', lighter(accent, 0.3), 9, 'stroke-dasharray="10 6"');
	box(c, view, {
		x: -80,
		y: 0,
		z: 0,
		width: 270,
		depth: 430,
		height: 66,
		color,
		round: 34,
		onTop: () => {
			if (style % 2) for (let i = 0; i < 9; i++) c.line(`M20 ${60 + i * 40}H250`, lighter(color, 0.3), 5, 'opacity="0.6"');
			for (let i = 0; i < 4; i++) c.ellipse(92 + i * 28, 52, 8, 8, i < 3 ? '#8be3b0' : darker(color, 0.4));
			seal(c, 105, 300, 64, seed, accent);
		},
		onFront: () => {
			c.rect(90, 22, 60, 20, ink.ink, 8);
			c.rect(170, 22, 44, 20, ink.ink, 8);
		},
	});
};
