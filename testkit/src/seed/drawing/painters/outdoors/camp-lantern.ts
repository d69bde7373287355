import { n } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** A lantern for camp and balcony. */
export const campLantern: Painter = (c, { color, accent, seed }) => {
	c.ellipse(480, 560, 380, 340, '#ffe3a0', `opacity="0.5" ${c.blur(70)}`);
	c.line('M330 330C330 90 630 90 630 330', darker(ink.steel, 0.3), 15);
	turn(c, {
		cx: 480,
		base: 816,
		color,
		gloss: 0.8,
		straight: true,
		profile: [
			[130, 130],
			[110, 176],
			[0, 190],
		],
		decorate: ({ left, bottom }) => seal(c, left + 160, bottom - 80, 56, seed, lighter(color, 0.3)),
	});
	const glass = 'M360 410C330 500 330 600 372 690H588C630 600 630 500 600 410Z';
	c.path(
		glass,
		c.radial(0.5, 0.6, 0.6, [
			[0, '#fffbe8', 0.95],
			[0.5, '#ffe5a0', 0.75],
			[1, '#ffd27a', 0.5],
		]),
	);
	c.path(
		'M474 640C420 590 452 540 482 480C510 540 536 590 490 640Z',
		c.linear(90, [
			[0, '#fff6d8'],
			[1, '#ff9f43'],
		]),
	);
	c.line('M384 440C366 510 368 580 386 640', '#fff', 11, `opacity="0.8" ${c.blur(2)}`);
	for (const x of [352, 480, 608]) c.line(`M${x} 410C${n(x + (x - 480) * 0.24)} 500 ${n(x + (x - 480) * 0.2)} 600 ${x} 690`, ink.brass, 7, 'opacity="0.8"');
	turn(c, {
		cx: 480,
		base: 424,
		color,
		gloss: 0.8,
		floating: true,
		profile: [
			[120, 40],
			[100, 70],
			[40, 100],
			[14, 150],
			[0, 150],
		],
	});
	turn(c, {
		cx: 480,
		base: 312,
		color: accent,
		gloss: 0.8,
		floating: true,
		straight: true,
		top: 'closed',
		profile: [
			[36, 44],
			[0, 48],
		],
	});
};
