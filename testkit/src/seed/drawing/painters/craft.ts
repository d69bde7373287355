import { blob, curve, n, type Point } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { dropShadow, turn } from '../forms.ts';
import { basketWeave, blossom, leaf, seal, sprig, threads, weave } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';
import { steam } from './ceramics.ts';
import { tassel } from './home.ts';

/** Bamboo steamers, stacked. */
export const steamer: Painter = (c, { color, seed }) => {
	const ring = (base: number, top: 'open' | 'closed') => {
		turn(c, {
			cx: 480,
			base,
			color,
			gloss: 0.12,
			straight: true,
			floating: base < 800,
			top,
			profile: [
				[150, 270],
				[0, 270],
			],
			tilt: 0.22,
			decorate: ({ left, right, top: y, bottom }) => {
				for (let x = left; x < right; x += 30) c.rect(x, y - 60, 3, bottom - y + 140, darker(color, 0.3), 0, 'opacity="0.3"');
				c.path(
					`M${left} ${y + 30}Q480 ${y + 150} ${right} ${y + 30}L${right} ${y + 60}Q480 ${y + 180} ${left} ${y + 60}Z`,
					darker(color, 0.2),
					'opacity="0.6"',
				);
				c.path(
					`M${left} ${bottom - 36}Q480 ${bottom + 84} ${right} ${bottom - 36}L${right} ${bottom - 12}Q480 ${bottom + 108} ${left} ${bottom - 12}Z`,
					darker(color, 0.34),
					'opacity="0.6"',
				);
			},
		});
	};
	ring(806, 'open');
	ring(656, 'open');
	turn(c, {
		cx: 480,
		base: 510,
		color,
		gloss: 0.16,
		floating: true,
		profile: [
			[74, 60],
			[60, 150],
			[26, 250],
			[0, 276],
		],
		tilt: 0.22,
		decorate: ({ left, right, top, bottom }) => c.rect(left, top - 30, right - left, bottom - top + 120, basketWeave(c, color)),
	});
	c.line('M430 438C430 396 530 396 530 438', darker(color, 0.4), 17);
	steam(c, 250, 430);
	leaf(c, 780, 870, 130, -14, ink.leaf);
	seal(c, 456, 720, 48, seed);
};

/** A folding fan, open. */
export const fan: Painter = (c, { color, accent, seed, style }) => {
	const [cx, cy] = [500, 790];
	const arc = (r: number, from: number, to: number): Point[] =>
		Array.from({ length: 31 }, (_, i) => {
			const angle = ((from + ((to - from) * i) / 30) * Math.PI) / 180;
			return [cx + Math.cos(angle) * r, cy + Math.sin(angle) * r];
		});
	const leafShape = `M${[...arc(590, -158, -22), ...arc(250, -22, -158)].map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`;
	dropShadow(c, leafShape, 16, 24, 16, 0.34);
	for (let i = 0; i <= 18; i++) {
		const angle = ((-158 + i * 7.55) * Math.PI) / 180;
		c.line(`M${cx} ${cy}L${n(cx + Math.cos(angle) * 560)} ${n(cy + Math.sin(angle) * 560)}`, i % 18 ? ink.bamboo : ink.walnut, i % 18 ? 15 : 24);
	}
	c.path(leafShape, lighter(color, 0.3));
	c.clipped(leafShape, () => {
		c.ellipse(660, 380, 84, 84, lighter(ink.vermilion, style % 2 ? 0.1 : 0.4));
		if (style % 2) {
			for (const [y, tint] of [
				[480, 0.3],
				[540, 0.1],
			] as const)
				c.path(
					`${curve([
						[-20, y],
						[180, y - 120],
						[330, y - 10],
						[520, y - 150],
						[700, y - 20],
						[1020, y - 110],
					])}V900H-20Z`,
					mix(accent, color, tint),
				);
		} else {
			c.line(
				curve([
					[60, 620],
					[250, 470],
					[430, 400],
					[560, 280],
				]),
				ink.walnut,
				13,
			);
			for (const [x, y, r] of [
				[250, 470, 40],
				[360, 420, 50],
				[470, 360, 44],
				[560, 280, 40],
				[420, 480, 30],
				[300, 390, 30],
			] as const)
				blossom(c, x, y, r, lighter(accent, 0.25), x);
		}
		for (let i = 0; i < 36; i++) {
			const angle = ((-158 + i * 3.78) * Math.PI) / 180;
			c.path(
				`M${cx} ${cy}L${n(cx + Math.cos(angle) * 620)} ${n(cy + Math.sin(angle) * 620)}L${n(cx + Math.cos(angle + 0.066) * 620)} ${n(cy + Math.sin(angle + 0.066) * 620)}Z`,
				i % 2 ? '#171a2b' : '#fff9ee',
				'opacity="0.13"',
			);
		}
	});
	seal(c, 250, 560, 44, seed);
	c.ellipse(
		cx,
		cy,
		26,
		26,
		c.radial(0.35, 0.3, 0.8, [
			[0, '#fff3cf'],
			[1, ink.brass],
		]),
	);
	c.line(`M${cx} ${cy + 20}C${cx - 30} ${cy + 70} ${cx + 70} ${cy + 80} ${cx + 110} ${cy + 150}`, accent, 7);
};

/** An oil-paper umbrella, open and leaning. */
export const umbrella: Painter = (c, { color, accent, style }) => {
	c.line('M520 470L760 890', '#15121f', 22, `transform="translate(26 6)" opacity="0.25" ${c.blur(9)}`);
	c.line('M500 440L756 884', darker(ink.bamboo, 0.3), 20);
	c.line('M497 440L752 884', lighter(ink.bamboo, 0.2), 9);
	c.group('transform="rotate(-28 470 430)"', () => {
		c.ellipse(480, 520, 400, 190, '#15121f', `opacity="0.28" ${c.blur(20)}`);
		const canopy = 'M70 480C110 250 300 170 470 170C640 170 830 250 870 480C780 560 160 560 70 480Z';
		c.path(canopy, color);
		c.clipped(canopy, () => {
			if (style % 2)
				for (const [x, y, r] of [
					[250, 360, 66],
					[340, 300, 48],
					[640, 380, 74],
					[560, 290, 46],
					[420, 430, 56],
					[740, 450, 44],
				] as const)
					blossom(c, x, y, r, lighter(accent, 0.3), x);
			else {
				c.path('M60 470C200 520 740 520 880 470V420C740 466 200 466 60 420Z', accent);
				c.path('M160 330C300 370 640 370 780 330V306C640 340 300 340 160 306Z', lighter(accent, 0.4));
			}
			for (let i = 0; i <= 16; i++)
				c.path(
					`M470 170C${n(470 + (i - 8) * 30)} 260 ${n(470 + (i - 8) * 48)} 380 ${n(470 + (i - 8) * 51)} 560`,
					'none',
					`stroke="${darker(color, 0.4)}" stroke-width="4" opacity="0.6"`,
				);
			c.rect(
				60,
				160,
				820,
				420,
				c.linear(20, [
					[0, '#fff9ee', 0.44],
					[0.45, '#fff9ee', 0],
					[1, '#171a2b', 0.44],
				]),
			);
		});
		c.path('M70 480C160 560 780 560 870 480', 'none', `stroke="${darker(color, 0.3)}" stroke-width="8"`);
		c.rect(444, 130, 52, 54, ink.walnut, 12);
	});
};

/** Embroidery in its hoop. */
export const hoop: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(520, 524, 340, 340, '#15121f', `opacity="0.3" ${c.blur(18)}`);
	c.ellipse(
		500,
		500,
		344,
		344,
		c.linear(45, [
			[0, lighter(ink.wood, 0.5)],
			[1, darker(ink.wood, 0.3)],
		]),
	);
	c.ellipse(500, 500, 318, 318, darker(ink.wood, 0.4));
	const cloth = 'M186 500a314 314 0 1 0 628 0a314 314 0 1 0 -628 0Z';
	c.path(cloth, lighter(color, 0.75));
	c.clipped(cloth, () => {
		c.rect(180, 180, 640, 640, threads(c, darker(color, 0.4)));
		const random = createRandom(`stitch ${seed}`);
		c.line(
			curve([
				[360, 760],
				[430, 600],
				[480, 480],
				[560, 340],
			]),
			ink.leaf,
			10,
			'stroke-dasharray="16 3"',
		);
		c.line(
			curve([
				[440, 590],
				[560, 560],
				[660, 480],
			]),
			ink.leaf,
			8,
			'stroke-dasharray="16 3"',
		);
		for (const [x, y, degrees] of [
			[400, 670, -160],
			[440, 610, -20],
			[480, 520, -150],
			[520, 430, -10],
			[600, 530, 30],
		] as const)
			leaf(c, x, y, 100, degrees, style % 2 ? ink.jade : ink.leaf);
		for (const [x, y, r] of [
			[560, 330, 90],
			[670, 470, 70],
			[410, 420, 60],
			[340, 560, 44],
		] as const) {
			blossom(c, x, y, r, random.pick([accent, lighter(accent, 0.3), ink.vermilion, color]), x);
			for (let i = 0; i < 20; i++) {
				const a = (i / 20) * 6.283;
				c.line(
					`M${n(x + Math.cos(a) * r * 0.3)} ${n(y + Math.sin(a) * r * 0.3)}L${n(x + Math.cos(a) * r * 0.8)} ${n(y + Math.sin(a) * r * 0.8)}`,
					'#fff9ee',
					2.4,
					'opacity="0.5"',
				);
			}
		}
		c.ellipse(
			500,
			500,
			314,
			314,
			c.radial(0.4, 0.36, 0.7, [
				[0, '#fff9ee', 0.3],
				[0.7, '#fff9ee', 0],
				[1, '#171a2b', 0.3],
			]),
		);
	});
	c.rect(462, 124, 76, 46, ink.brass, 8);
	c.line('M500 100V180', darker(ink.brass, 0.4), 13);
	c.line('M640 300C760 200 820 260 900 180', accent, 4);
	c.line('M880 200L940 120', ink.steel, 8);
};

/** Carved spoons and a small bowl, from above. */
export const spoons: Painter = (c, { color, accent, seed }) => {
	const wood = mix(ink.wood, color, 0.35);
	for (const [x, degrees, scale, tint] of [
		[330, -12, 1, wood],
		[520, 4, 1.1, darker(wood, 0.3)],
		[700, 16, 0.94, lighter(wood, 0.24)],
	] as const) {
		c.group(`transform="translate(${x} 500) rotate(${degrees}) scale(${scale})"`, () => {
			const d =
				'M0 -360C86 -360 104 -230 70 -150C50 -104 26 -84 24 -40L34 330C34 364 -34 364 -34 330L-24 -40C-26 -84 -50 -104 -70 -150C-104 -230 -86 -360 0 -360Z';
			dropShadow(c, d, 16, 22, 12, 0.4);
			c.path(
				d,
				c.linear(10, [
					[0, lighter(tint, 0.3)],
					[0.5, tint],
					[1, darker(tint, 0.3)],
				]),
			);
			c.clipped(d, () => {
				for (let i = 0; i < 6; i++)
					c.line(`M${-60 + i * 24} -360C${-40 + i * 16} -100 ${-20 + i * 8} 100 ${-30 + i * 12} 360`, darker(tint, 0.4), 3, 'opacity="0.3"');
			});
			c.ellipse(
				0,
				-238,
				56,
				92,
				c.linear(60, [
					[0, darker(tint, 0.4)],
					[1, lighter(tint, 0.16)],
				]),
			);
			c.ellipse(0, 300, 9, 9, darker(tint, 0.6));
		});
	}
	sprig(c, 130, 880, 300, -14, ink.leaf, seed);
	c.line('M520 816C560 880 640 850 640 920', accent, 6);
};

/** A knot of red cord with tassels. */
export const knot: Painter = (c, { color, accent }) => {
	const cord = (d: string, width = 24) => {
		c.line(d, '#15121f', width, `transform="translate(12 16)" opacity="0.22" ${c.blur(6)}`);
		c.line(d, darker(color, 0.34), width);
		c.line(d, color, width * 0.72);
		c.line(d, lighter(color, 0.4), width * 0.2, 'stroke-dasharray="8 6"');
	};
	cord('M500 60C460 120 540 160 500 230', 18);
	c.group('transform="translate(500 440) rotate(45)"', () => {
		for (let i = -2; i <= 2; i++) {
			const p = i * 54;
			cord(`M-150 ${p}H150`);
			c.line(`M150 ${p}C210 ${p} 210 ${p + 54} 150 ${p + 54}`, darker(color, 0.34), i < 2 ? 24 : 0.1);
			c.line(`M150 ${p}C210 ${p} 210 ${p + 54} 150 ${p + 54}`, color, i < 2 ? 17 : 0.1);
			c.line(`M-150 ${p}C-210 ${p} -210 ${p + 54} -150 ${p + 54}`, color, i < 2 ? 17 : 0.1);
		}
		for (let i = -2; i <= 2; i++) {
			const p = i * 54;
			for (let k = -2; k <= 2; k++)
				if ((i + k) % 2) {
					c.line(`M${p} ${k * 54 - 27}V${k * 54 + 27}`, darker(color, 0.34), 24);
					c.line(`M${p} ${k * 54 - 27}V${k * 54 + 27}`, lighter(color, 0.1), 17);
				}
			c.line(`M${p} -140C${p} -200 ${p + 54} -200 ${p + 54} -140`, i < 2 ? color : 'none', 17);
			c.line(`M${p} 140C${p} 200 ${p + 54} 200 ${p + 54} 140`, i < 2 ? color : 'none', 17);
		}
	});
	c.ellipse(
		500,
		216,
		34,
		34,
		c.radial(0.35, 0.3, 0.8, [
			[0, lighter(accent, 0.6)],
			[0.5, accent],
			[1, darker(accent, 0.3)],
		]),
	);
	c.ellipse(
		500,
		664,
		34,
		34,
		c.radial(0.35, 0.3, 0.8, [
			[0, lighter(accent, 0.6)],
			[0.5, accent],
			[1, darker(accent, 0.3)],
		]),
	);
	for (const x of [450, 500, 550]) tassel(c, x, 690, color);
};

/** A small tree in a glazed pot. */
export const plant: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`plant ${seed}`);
	const trunk = 'M470 640C440 560 540 520 500 430C470 360 400 360 360 310L384 296C430 340 520 340 552 420C580 510 500 560 540 640Z';
	if (style % 2 === 0) {
		c.path(
			trunk,
			c.linear(0, [
				[0, darker(ink.walnut, 0.2)],
				[0.4, lighter(ink.walnut, 0.3)],
				[1, darker(ink.walnut, 0.4)],
			]),
		);
		for (const [x, y, r] of [
			[360, 300, 130],
			[520, 230, 150],
			[640, 380, 110],
			[440, 400, 90],
		] as const) {
			c.path(
				blob(
					Array.from({ length: 11 }, (_, i): Point => {
						const a = (i / 11) * 6.283;
						const k = r * random.between(0.82, 1.1);
						return [x + Math.cos(a) * k, y + Math.sin(a) * k * 0.56];
					}),
				),
				c.linear(70, [
					[0, '#9cc07a'],
					[0.5, ink.leaf],
					[1, darker(ink.leaf, 0.42)],
				]),
			);
			for (let i = 0; i < 30; i++)
				leaf(
					c,
					x + random.between(-r, r) * 0.8,
					y + random.between(-r, r) * 0.4,
					random.between(18, 34),
					random.between(-160, -20),
					random.pick(['#a9cf88', ink.leaf, '#3e7a4a']),
					false,
				);
		}
	} else
		for (let i = 0; i < 17; i++)
			leaf(
				c,
				480 + random.between(-40, 40),
				640,
				random.between(230, 430),
				-90 + (i - 8) * 11 + random.between(-5, 5),
				random.pick([ink.leaf, ink.jade, '#74a45f', '#3e7a4a']),
			);
	turn(c, {
		cx: 480,
		base: 812,
		color,
		gloss: 0.8,
		top: '#4a3628',
		profile: [
			[190, 216],
			[176, 222],
			[150, 200],
			[30, 160],
			[0, 150],
		],
		tilt: 0.22,
		decorate: ({ left, right, top, bottom }) => {
			c.rect(left, top + 60, right - left, 44, weave(c, 'lattice', accent, lighter(accent, 0.4), 40));
			seal(c, left + 190, bottom - 80, 52, seed);
		},
	});
};

/** Cut red paper on white. */
export const paperCut: Painter = (c, { color, accent, seed, style }) => {
	c.rect(150, 140, 700, 720, '#15121f', 4, `transform="translate(12 18)" opacity="0.3" ${c.blur(12)}`);
	c.rect(
		150,
		140,
		700,
		720,
		c.linear(45, [
			[0, '#fffdf6'],
			[1, '#f1e6d2'],
		]),
		4,
	);
	const red = style % 2 ? accent : color;
	c.group(`transform="translate(4 8)" opacity="0.3" ${c.blur(3)}`, () => void c.ellipse(500, 480, 270, 270, 'none', 'stroke="#15121f" stroke-width="30"'));
	c.ellipse(500, 480, 270, 270, 'none', `stroke="${red}" stroke-width="30"`);
	for (let i = 0; i < 24; i++) c.ellipse(500 + Math.cos(i * 0.2618) * 270, 480 + Math.sin(i * 0.2618) * 270, 20, 20, red);
	for (let i = 0; i < 24; i++) c.ellipse(500 + Math.cos(i * 0.2618) * 270, 480 + Math.sin(i * 0.2618) * 270, 7, 7, '#fbf5e6');
	for (let i = 0; i < 8; i++) {
		c.group(`transform="rotate(${i * 45} 500 480)"`, () => {
			c.path('M500 480C440 420 440 330 500 250C560 330 560 420 500 480Z', i % 2 ? red : darker(red, 0.12));
			c.path('M500 440C474 400 474 350 500 300C526 350 526 400 500 440Z', '#fbf5e6');
			c.path('M500 420C490 400 490 370 500 340C510 370 510 400 500 420Z', red);
			c.ellipse(560, 330, 17, 17, red);
		});
	}
	c.ellipse(500, 480, 46, 46, red);
	blossom(c, 500, 484, 34, '#fbf5e6');
	seal(c, 760, 780, 46, seed);
	c.line('M690 900L860 760M820 900L730 770', ink.steel, 15);
	c.ellipse(680, 920, 44, 30, 'none', `stroke="${ink.vermilion}" stroke-width="14" transform="rotate(-40 680 920)"`);
	c.ellipse(840, 920, 44, 30, 'none', `stroke="${ink.vermilion}" stroke-width="14" transform="rotate(50 840 920)"`);
};

export const flat = ['fan', 'hoop', 'spoons', 'knot', 'paperCut'];
