import { n } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { leaf } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** A fountain pen across an open notebook. */
export const pen: Painter = (c, { color, accent, seed }) => {
	c.group('transform="rotate(-6 500 520)"', () => {
		const spread = 'M80 190H920V850H80Z';
		dropShadow(c, spread, 14, 22, 16, 0.3);
		c.rect(70, 182, 860, 676, darker(accent, 0.2), 12);
		c.path(
			spread,
			c.linear(0, [
				[0, '#fdf8ec'],
				[0.46, '#f6ecd8'],
				[0.5, '#cdbfa4'],
				[0.54, '#f8efdd'],
				[1, '#fffaf0'],
			]),
		);
		for (let y = 260; y < 830; y += 46) c.line(`M110 ${y}H480M520 ${y}H890`, darker(ink.sky, 0.16), 2, 'opacity="0.6"');
		const random = createRandom(`hand ${seed}`);
		for (let row = 0; row < 6; row++) {
			let d = `M130 ${250 + row * 46}`;
			for (let i = 0; i < (row === 5 ? 9 : 15); i++)
				d += `q${n(random.between(4, 9))} ${n(random.between(-26, -6))} ${n(random.between(9, 13))} ${n(random.between(-4, 4))}t${n(random.between(7, 12))} ${n(random.between(-4, 5))}`;
			c.line(d, ink.indigo, 3.4, 'opacity="0.75"');
		}
		leaf(c, 600, 700, 200, -50, ink.celadon);
		leaf(c, 640, 720, 190, -12, ink.leaf);
	});
	c.group('transform="translate(360 820) rotate(-38)"', () => {
		c.rect(30, 20, 560, 40, '#15121f', 20, `opacity="0.4" ${c.blur(10)}`);
		const body = c.linear(90, [
			[0, lighter(color, 0.3)],
			[0.22, lighter(color, 0.65)],
			[0.4, color],
			[1, darker(color, 0.5)],
		]);
		c.rect(120, -27, 480, 54, body, 26);
		c.rect(300, -30, 14, 60, ink.brass);
		c.rect(322, -30, 6, 60, ink.brass);
		c.path('M120 -24C90 -20 70 -16 40 -13V13C70 16 90 20 120 24Z', darker(color, 0.4));
		c.path(
			'M44 -14C10 -12 -30 -5 -54 0C-30 5 10 12 44 14Z',
			c.linear(90, [
				[0, '#fff3cf'],
				[0.5, ink.brass],
				[1, darker(ink.brass, 0.4)],
			]),
		);
		c.line('M-50 0H16', darker(ink.brass, 0.6), 2.5);
		c.ellipse(18, 0, 5, 5, darker(ink.brass, 0.6));
		c.path('M590 -34C470 -46 400 -40 360 -30V-22C400 -30 480 -34 590 -22Z', ink.brass);
	});
};
