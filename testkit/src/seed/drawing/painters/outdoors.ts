import { n, type Point, polygon } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { folds } from '../folds.ts';
import { dropShadow, groundShadow, turn } from '../forms.ts';
import { blossom, leaf, seal, sprig, weave } from '../motifs.ts';
import type { Painter } from '../scene.ts';

/** A kite in the sky: swallow, diamond or carp. */
export const kite: Painter = (c, { color, accent, seed, style }) => {
	c.line('M480 560C520 700 380 780 460 1010', ink.charcoal, 2.6, 'opacity="0.7"');
	const wash = (d: string, fill: string) => {
		c.path(d, fill);
		c.path(
			d,
			c.linear(40, [
				[0, '#fff9ee', 0.4],
				[0.5, '#fff9ee', 0],
				[1, '#171a2b', 0.24],
			]),
		);
	};
	c.group('transform="rotate(-14 480 420)"', () => {
		if (style % 3 === 0) {
			const wings =
				'M480 300C360 190 200 210 110 330C220 330 330 380 430 470C400 580 330 650 300 760C380 700 440 640 480 560C520 640 580 700 660 760C630 650 560 580 530 470C630 380 740 330 850 330C760 210 600 190 480 300Z';
			wash(wings, color);
			c.clipped(wings, () => {
				for (const side of [-1, 1]) {
					c.path(
						`M${480 + side * 70} 330C${480 + side * 180} 250 ${480 + side * 290} 270 ${480 + side * 330} 310C${480 + side * 250} 310 ${480 + side * 150} 350 ${480 + side * 90} 410Z`,
						accent,
					);
					blossom(c, 480 + side * 190, 310, 38, ink.rice, 20);
					c.line(`M${480 + side * 30} 500L${480 + side * 150} 700M${480 + side * 20} 540L${480 + side * 110} 690`, lighter(accent, 0.3), 9);
				}
			});
			c.ellipse(480, 360, 62, 80, ink.ink);
			c.ellipse(480, 370, 40, 54, ink.rice);
			for (const side of [-1, 1]) {
				c.ellipse(480 + side * 30, 300, 24, 24, ink.rice);
				c.ellipse(480 + side * 30, 302, 12, 12, ink.ink);
			}
			c.path('M468 320H492L480 350Z', ink.amber);
		} else if (style % 3 === 1) {
			for (const [points, tint] of [
				[
					[
						[480, 120],
						[720, 400],
						[480, 400],
					],
					accent,
				],
				[
					[
						[480, 120],
						[240, 400],
						[480, 400],
					],
					color,
				],
				[
					[
						[480, 400],
						[720, 400],
						[480, 740],
					],
					color,
				],
				[
					[
						[480, 400],
						[240, 400],
						[480, 740],
					],
					lighter(accent, 0.4),
				],
			] as [Point[], string][])
				wash(polygon(points), tint);
			c.ellipse(480, 400, 78, 78, ink.rice);
			seal(c, 440, 360, 80, seed);
			c.line('M480 120V740M240 400H720', ink.bamboo, 6);
			c.line('M480 740C420 800 560 840 480 900C430 940 520 980 480 1010', accent, 5);
			for (const [x, y] of [
				[462, 800],
				[500, 880],
				[470, 950],
			] as const)
				c.path(`M${x} ${y}l-40 -22v44ZM${x} ${y}l40 -22v44Z`, ink.vermilion);
		} else {
			const carp =
				'M180 300C300 200 560 220 700 380C780 340 860 330 900 360C860 420 850 480 890 560C830 560 760 520 710 460C580 600 300 600 180 470C130 420 130 350 180 300Z';
			wash(carp, color);
			c.clipped(carp, () => {
				c.rect(330, 200, 380, 420, weave(c, 'waves', color, lighter(accent, 0.2), 84));
				c.path('M180 300C240 240 330 230 350 240V540C300 540 220 520 180 470Z', lighter(color, 0.3));
				c.rect(
					120,
					200,
					800,
					420,
					c.linear(90, [
						[0, '#fff9ee', 0.3],
						[0.5, '#fff9ee', 0],
						[1, '#171a2b', 0.36],
					]),
				);
			});
			c.ellipse(240, 350, 36, 36, ink.rice);
			c.ellipse(244, 352, 18, 18, ink.ink);
		}
	});
};

/** A brass bell on a handlebar. */
export const bell: Painter = (c, { color, accent, seed, style }) => {
	c.line('M-40 760C200 700 420 720 560 690C760 650 900 690 1040 620', '#15121f', 46, `transform="translate(10 40)" opacity="0.2" ${c.blur(16)}`);
	c.line('M-40 760C200 700 420 720 560 690C760 650 900 690 1040 620', darker(ink.steel, 0.5), 50);
	c.line('M-40 752C200 692 420 712 560 682C760 642 900 682 1040 612', lighter(ink.steel, 0.3), 26);
	c.line('M-40 744C200 684 420 704 560 674C760 634 900 674 1040 604', '#fff', 6, 'opacity="0.8"');
	c.line('M720 664C840 640 930 670 1040 620', darker(accent, 0.2), 84);
	c.line('M720 652C840 628 930 658 1040 608', lighter(accent, 0.16), 40, 'opacity="0.7"');
	c.rect(400, 610, 130, 130, darker(ink.steel, 0.3), 20, 'transform="rotate(-5 465 670)"');
	turn(c, {
		cx: 460,
		base: 620,
		color,
		gloss: 1,
		floating: true,
		profile: [
			[250, 20],
			[246, 60],
			[210, 150],
			[130, 216],
			[30, 236],
			[0, 236],
		],
		tilt: 0.2,
		decorate: ({ left, right, bottom }) => {
			if (style % 2) c.rect(left, bottom - 110, right - left, 70, weave(c, 'lattice', color, darker(color, 0.4), 46));
			c.rect(left, bottom - 22, right - left, 8, darker(color, 0.4));
		},
	});
	c.ellipse(460, 372, 30, 13, darker(color, 0.2));
	c.ellipse(460, 366, 24, 10, lighter(color, 0.5));
	c.line('M690 600L790 540', darker(ink.steel, 0.3), 22);
	c.ellipse(
		800,
		534,
		34,
		30,
		c.radial(0.35, 0.3, 0.8, [
			[0, '#fff'],
			[0.4, ink.steel],
			[1, darker(ink.steel, 0.6)],
		]),
	);
	seal(c, 430, 470, 64, seed, darker(color, 0.24));
};

/** An enamel mug, steaming. */
export const enamelMug: Painter = (c, { color, accent, seed, style }) => {
	c.line('M610 500C760 470 770 720 600 720', darker(accent, 0.2), 40);
	c.line('M610 497C752 470 762 716 600 716', color, 28);
	turn(c, {
		cx: 430,
		base: 812,
		color,
		gloss: 0.9,
		straight: true,
		top: '#5b3a22',
		profile: [
			[400, 190],
			[30, 184],
			[0, 174],
		],
		tilt: 0.24,
		decorate: ({ left, right, bottom }) => {
			if (style % 3 === 0) {
				c.path(
					`M${left} ${bottom - 90}L${left + 90} ${bottom - 240}L${left + 160} ${bottom - 150}L${left + 240} ${bottom - 280}L${right} ${bottom - 90}Z`,
					accent,
				);
				c.path(`M${left + 240} ${bottom - 280}l-30 54l26 -8l22 14l16 -12Z`, ink.rice);
				c.ellipse(left + 130, bottom - 290, 32, 32, ink.amber);
			} else if (style % 3 === 1) {
				for (let i = 0; i < 5; i++) leaf(c, left + 130, bottom - 90 - i * 40, 110, i % 2 ? -30 : -150, accent);
			} else {
				c.rect(left, bottom - 200, right - left, 40, accent);
				c.rect(left, bottom - 146, right - left, 14, accent);
				seal(c, left + 110, bottom - 310, 70, seed, accent);
			}
		},
	});
	c.path('M240 412A190 46 0 0 0 620 412', 'none', `stroke="${accent}" stroke-width="13"`);
	c.path('M240 412A190 46 0 0 1 620 412', 'none', `stroke="${accent}" stroke-width="13"`);
	c.line('M400 350C360 290 450 250 410 180M470 340C440 290 510 250 480 190', '#fffaf0', 14, `opacity="0.5" ${c.blur(8)}`);
};

/** A rolled-top pack of canvas and leather. */
export const backpack: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 480, 812, 210, 500, 250);
	const fabric = weave(c, 'plain', color, color);
	const leather = mix(ink.walnut, accent, 0.2);
	c.line('M400 250C400 160 560 160 560 250', darker(leather, 0.2), 22);
	const pack = 'M270 420C270 330 360 300 480 300C600 300 690 330 690 420C720 540 724 680 712 780C640 830 320 830 248 780C236 680 240 540 270 420Z';
	const shade = (d: string) =>
		c.path(
			d,
			c.linear(18, [
				[0, '#171a2b', 0.12],
				[0.22, '#fff9ee', 0.36],
				[0.55, '#fff9ee', 0],
				[1, '#171a2b', 0.42],
			]),
		);
	c.path(pack, fabric);
	shade(pack);
	const roll = 'M262 250C262 220 700 220 700 250C716 290 716 330 700 356C700 384 262 384 262 356C246 330 246 290 262 250Z';
	c.path(roll, darker(color, 0.2));
	c.path(
		roll,
		c.linear(90, [
			[0, '#fff9ee', 0.36],
			[0.4, '#fff9ee', 0],
			[1, '#171a2b', 0.44],
		]),
	);
	const pocket = 'M312 580H648C660 650 660 720 650 776C560 800 400 800 310 776C300 720 300 650 312 580Z';
	c.path(pocket, '#171a2b', `transform="translate(4 10)" opacity="0.35" ${c.blur(7)}`);
	c.path(pocket, style % 2 ? weave(c, 'waves', color, lighter(color, 0.3), 60) : fabric);
	shade(pocket);
	const flap = 'M306 560C420 540 540 540 654 560L646 640C560 676 400 676 314 640Z';
	c.path(
		flap,
		c.linear(90, [
			[0, lighter(color, 0.1)],
			[1, darker(color, 0.14)],
		]),
	);
	for (const x of [368, 592]) {
		c.rect(
			x - 17,
			330,
			34,
			330,
			c.linear(0, [
				[0, darker(leather, 0.2)],
				[0.4, lighter(leather, 0.3)],
				[1, darker(leather, 0.3)],
			]),
			8,
		);
		c.rect(x - 25, 430, 50, 38, 'none', 7, `stroke="${ink.brass}" stroke-width="8"`);
		c.ellipse(x, 640, 10, 10, ink.brass);
	}
	folds(
		c,
		[
			[
				[300, 420],
				[330, 500],
				[310, 570],
			],
			[
				[670, 430],
				[650, 500],
				[664, 560],
			],
		],
		0.7,
	);
	c.rect(452, 690, 60, 60, leather, 6);
	seal(c, 460, 698, 44, seed, darker(leather, 0.3));
};

/** A flask with its cup. */
export const thermos: Painter = (c, { color, accent, seed, style }) => {
	turn(c, {
		cx: 410,
		base: 812,
		color,
		gloss: 0.9,
		straight: true,
		profile: [
			[470, 96],
			[440, 136],
			[0, 136],
		],
		decorate: ({ left, right, bottom }) => {
			c.rect(left, bottom - 60, right - left, 120, ink.steel);
			if (style % 2) c.rect(left, bottom - 330, right - left, 130, weave(c, 'ikat', accent, lighter(accent, 0.5), 64));
			else {
				c.path(
					`M${left} ${bottom - 160}L${left + 80} ${bottom - 280}L${left + 150} ${bottom - 200}L${left + 200} ${bottom - 270}L${right} ${bottom - 160}Z`,
					lighter(color, 0.4),
				);
				c.ellipse(left + 190, bottom - 320, 28, 28, accent);
			}
			seal(c, left + 104, bottom - 420, 52, seed, lighter(color, 0.5));
		},
	});
	turn(c, {
		cx: 410,
		base: 350,
		color: ink.steel,
		gloss: 1,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[150, 88],
			[130, 94],
			[0, 98],
		],
	});
	turn(c, {
		cx: 720,
		base: 850,
		color: accent,
		gloss: 0.9,
		straight: true,
		top: '#6b4426',
		profile: [
			[150, 106],
			[0, 92],
		],
		tilt: 0.28,
	});
	c.line('M720 680C690 630 760 600 730 540', '#fffaf0', 14, `opacity="0.5" ${c.blur(8)}`);
};

/** A folding stool with a canvas seat. */
export const stool: Painter = (c, { color, accent, style }) => {
	groundShadow(c, 490, 826, 260, 260, 300);
	const leg = (d: string, tint: string) => {
		c.line(d, darker(tint, 0.4), 36);
		c.line(d, tint, 26);
		c.line(d, lighter(tint, 0.5), 6, 'transform="translate(-6 -2)"');
	};
	leg('M670 470L330 780', darker(ink.wood, 0.3));
	leg('M310 470L650 780', darker(ink.wood, 0.3));
	leg('M740 520L250 836', ink.wood);
	leg('M240 520L760 836', ink.wood);
	const seat = 'M210 500L310 430C460 500 560 500 690 430L780 500C640 620 360 620 210 500Z';
	c.path(seat, weave(c, style % 2 ? 'stripes' : 'checks', color, accent, 74));
	c.path(
		seat,
		c.linear(90, [
			[0, '#171a2b', 0.3],
			[0.4, '#fff9ee', 0.18],
			[1, '#171a2b', 0.4],
		]),
	);
	c.line('M210 500C360 620 640 620 780 500', darker(color, 0.4), 9);
	for (const d of ['M200 506L316 428', 'M684 428L792 506']) {
		c.line(d, darker(ink.wood, 0.4), 32);
		c.line(d, lighter(ink.wood, 0.2), 22);
	}
	c.ellipse(
		495,
		676,
		20,
		20,
		c.radial(0.35, 0.3, 0.8, [
			[0, '#fff3cf'],
			[1, darker(ink.brass, 0.3)],
		]),
	);
};

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

/** A rolled blanket with straps on the grass. */
export const blanket: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 480, 790, 320, 160, 330);
	c.path('M140 800L760 770L900 890L200 940Z', weave(c, style % 2 ? 'ikat' : 'checks', color, accent, 90, -4));
	c.path(
		'M140 800L760 770L900 890L200 940Z',
		c.linear(90, [
			[0, '#171a2b', 0.3],
			[0.4, '#fff9ee', 0.1],
			[1, '#171a2b', 0.16],
		]),
	);
	const rolled = 'M180 540C190 470 250 450 300 454L740 440C810 450 830 540 820 640C812 740 780 790 730 796L290 816C220 812 170 700 180 540Z';
	c.path(rolled, weave(c, style % 2 ? 'ikat' : 'checks', color, accent, 90, -2));
	c.path(
		rolled,
		c.linear(88, [
			[0, '#fff9ee', 0.3],
			[0.24, '#fff9ee', 0.36],
			[0.55, '#fff9ee', 0],
			[1, '#171a2b', 0.5],
		]),
	);
	c.ellipse(
		270,
		636,
		92,
		180,
		c.linear(20, [
			[0, lighter(color, 0.5)],
			[1, darker(color, 0.2)],
		]),
		'transform="rotate(3 270 636)"',
	);
	for (let r = 0.84; r > 0.1; r -= 0.17)
		c.ellipse(272, 636, 92 * r, 180 * r, 'none', `stroke="${darker(color, 0.36)}" stroke-width="6" transform="rotate(3 270 636)"`);
	for (const x of [440, 660]) {
		c.path(
			`M${x} 446C${x + 60} 500 ${x + 60} 720 ${x + 14} 808L${x + 54} 806C${x + 100} 720 ${x + 100} 500 ${x + 40} 444Z`,
			c.linear(90, [
				[0, lighter(ink.walnut, 0.4)],
				[0.3, ink.walnut],
				[1, darker(ink.walnut, 0.4)],
			]),
		);
		c.rect(x + 50, 590, 50, 58, 'none', 6, `stroke="${ink.brass}" stroke-width="10"`);
	}
	sprig(c, 720, 900, 170, -16, ink.leaf, seed);
};

/** A compass with its lid open, from above. */
export const compass: Painter = (c, { color, accent, seed }) => {
	const rim = (cx: number, cy: number, r: number) => {
		c.ellipse(cx + 14, cy + 22, r, r, '#15121f', `opacity="0.4" ${c.blur(14)}`);
		c.ellipse(
			cx,
			cy,
			r,
			r,
			c.linear(45, [
				[0, '#fff0c4'],
				[0.4, ink.brass],
				[1, darker(ink.brass, 0.5)],
			]),
		);
		c.ellipse(
			cx,
			cy,
			r * 0.9,
			r * 0.9,
			c.linear(225, [
				[0, '#fff0c4'],
				[0.5, ink.brass],
				[1, darker(ink.brass, 0.45)],
			]),
		);
	};
	rim(690, 270, 210);
	c.ellipse(
		690,
		270,
		166,
		166,
		c.linear(45, [
			[0, lighter(color, 0.4)],
			[1, darker(color, 0.2)],
		]),
	);
	seal(c, 630, 210, 120, seed, darker(color, 0.3));
	rim(430, 600, 290);
	c.ellipse(430, 600, 246, 246, '#fbf3df');
	for (let i = 0; i < 72; i++) {
		const angle = (i * Math.PI) / 36;
		const inner = i % 18 === 0 ? 190 : i % 6 === 0 ? 206 : 222;
		c.line(
			`M${n(430 + Math.cos(angle) * inner)} ${n(600 + Math.sin(angle) * inner)}L${n(430 + Math.cos(angle) * 236)} ${n(600 + Math.sin(angle) * 236)}`,
			ink.ink,
			i % 18 ? 3 : 8,
		);
	}
	for (let i = 0; i < 8; i++)
		c.path(
			polygon([
				[430, 600 - (i % 2 ? 120 : 170)],
				[454, 600],
				[430, 612],
				[406, 600],
			]),
			i % 2 ? lighter(color, 0.5) : lighter(accent, 0.4),
			`transform="rotate(${i * 45} 430 600)" opacity="0.8"`,
		);
	c.group('transform="rotate(34 430 600)"', () => {
		c.path('M430 390L456 600L430 620L404 600Z', ink.vermilion);
		c.path('M430 810L456 600L430 580L404 600Z', ink.ink);
	});
	c.ellipse(430, 600, 20, 20, ink.brass);
	c.path('M260 460A246 246 0 0 1 480 360L400 480Z', '#fff', `opacity="0.35" ${c.blur(9)}`);
};

/** A wide hat of plaited straw. */
export const strawHat: Painter = (c, { color, accent, style }) => {
	groundShadow(c, 490, 790, 330, 120, 380);
	const brim = 'M110 740C200 640 780 640 880 740C900 800 700 850 490 850C280 850 90 800 110 740Z';
	const straw = mix(ink.bamboo, color, 0.2);
	const plait = c.pattern(
		26,
		18,
		`<rect width="26" height="18" fill="${straw}"/><path d="M0 9L6 2L13 9L19 2L26 9M0 18L6 11L13 18L19 11L26 18" fill="none" stroke="${darker(straw, 0.34)}" stroke-width="2.6"/><path d="M0 12L6 5L13 12" fill="none" stroke="${lighter(straw, 0.5)}" stroke-width="1.6"/>`,
	);
	c.path(brim, plait);
	c.path(
		brim,
		c.linear(40, [
			[0, '#fff9ee', 0.4],
			[0.5, '#fff9ee', 0],
			[1, '#171a2b', 0.4],
		]),
	);
	const crown = 'M270 730C270 520 330 410 490 410C650 410 710 520 716 730C640 780 350 780 270 730Z';
	c.path(crown, plait);
	c.path(
		crown,
		c.linear(10, [
			[0, '#171a2b', 0.2],
			[0.28, '#fff9ee', 0.45],
			[0.6, '#fff9ee', 0],
			[1, '#171a2b', 0.46],
		]),
	);
	c.path(
		'M268 660C360 712 630 712 718 660L716 736C640 782 350 782 270 736Z',
		style % 2
			? weave(c, 'dots', accent, lighter(accent, 0.6), 34)
			: c.linear(0, [
					[0, darker(accent, 0.3)],
					[0.3, lighter(accent, 0.3)],
					[1, darker(accent, 0.4)],
				]),
	);
	c.path('M690 690C780 700 800 770 790 850C760 830 740 800 720 760Z', darker(accent, 0.14));
	dropShadow(c, 'M640 700L700 690L690 750Z', 2, 4, 4, 0.3);
};

export const flat = ['compass'];
