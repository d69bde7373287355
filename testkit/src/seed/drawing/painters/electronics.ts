import { n, type Point } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { box, dropShadow, turn } from '../forms.ts';
import { seal, threads, weave } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';

/** A mechanical keyboard seen from above at an angle. */
export const keyboard: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [230, 330] as Point, turn: 20, pitch: 0.72, scale: 1.3 };
	const [width, depth] = [620, 270];
	box(c, view, { x: -60, y: 0, z: 0, width, depth, height: 36, color, round: 12 });
	const random = createRandom(`keys ${seed}`);
	const key = (x: number, y: number, wide: number, tint: string) => {
		box(c, view, {
			x: -60 + x,
			y,
			z: 36,
			width: wide - 7,
			depth: 38,
			height: 18,
			color: tint,
			round: 5,
			shadow: false,
			onTop: () => c.rect((wide - 7) * 0.2, 8, (wide - 7) * 0.6, 14, darker(tint, 0.14), 6, 'opacity="0.35"'),
		});
	};
	const base = style % 2 ? ink.charcoal : ink.cream;
	for (let row = 0; row < 5; row++) {
		let x = 16;
		const y = 18 + row * 48;
		const widths =
			row === 4 ? [56, 48, 48, 264, 48, 48, 48] : row === 0 ? Array<number>(13).fill(45) : [45 + row * 11, ...Array<number>(10).fill(45), 110 - row * 11];
		const stretch = (width - 26) / widths.reduce((sum, wide) => sum + wide, 0);
		for (const [i, unit] of widths.entries()) {
			const wide = unit * stretch;
			const special = i === 0 || i === widths.length - 1 || (row === 4 && i !== 3);
			key(
				x,
				y,
				wide,
				row === 0 && i === 0 ? ink.vermilion : row === 4 && i === 3 ? lighter(accent, 0.1) : special ? accent : random.chance(0.03) ? ink.wheat : base,
			);
			x += wide;
		}
	}
	c.line('M700 330C820 240 760 160 900 90', darker(color, 0.3), 13);
	c.line('M700 327C820 237 760 157 900 87', lighter(color, 0.2), 7);
};

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

/** A table radio with a cloth front. */
export const radio: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [400, 650] as Point, turn: 20, pitch: 0.34 };
	c.line('M610 510L760 200', ink.steel, 9);
	c.ellipse(760, 200, 10, 10, lighter(ink.steel, 0.5));
	box(c, view, {
		x: -140,
		y: 0,
		z: 0,
		width: 500,
		depth: 190,
		height: 310,
		color,
		round: 26,
		onTop: () => {
			c.rect(150, 70, 200, 30, darker(color, 0.4), 14);
			c.line('M90 60C150 10 350 10 410 60', darker(color, 0.36), 20);
		},
		onFront: () => {
			const cloth = weave(c, 'lattice', style % 2 ? ink.cream : accent, darker(style % 2 ? ink.cream : accent, 0.34), 30);
			c.rect(22, 24, 456, 262, lighter(color, 0.22), 18);
			c.rect(40, 44, 250, 222, cloth, 14, `stroke="${darker(color, 0.3)}" stroke-width="5"`);
			c.rect(312, 44, 148, 70, '#fff3cf', 10, `stroke="${ink.brass}" stroke-width="6"`);
			for (let i = 0; i < 9; i++) c.rect(326 + i * 15, i % 2 ? 66 : 58, 4, i % 2 ? 20 : 34, ink.ink);
			c.rect(380, 50, 5, 58, ink.vermilion);
			for (const [x, r] of [
				[350, 34],
				[428, 34],
			] as const) {
				c.ellipse(x + 4, 192, r, r, '#15121f', 'opacity="0.4"');
				c.ellipse(
					x,
					186,
					r,
					r,
					c.linear(45, [
						[0, '#fff3cf'],
						[0.5, ink.brass],
						[1, darker(ink.brass, 0.4)],
					]),
				);
				c.line(`M${x} 186L${x + 18} ${166}`, darker(ink.brass, 0.6), 5);
			}
			seal(c, 372, 238, 34, seed, darker(ink.vermilion, 0.05));
		},
	});
};

/** A bookshelf speaker pair in wood. */
export const speaker: Painter = (c, { color, accent, seed, style }) => {
	const one = (x: number, y: number, scale: number) => {
		const view = { at: [x, y] as Point, turn: 24, pitch: 0.3, scale };
		box(c, view, {
			x: 0,
			y: 0,
			z: 0,
			width: 240,
			depth: 200,
			height: 390,
			color: ink.wood,
			round: 10,
			onFront: () => {
				c.rect(
					14,
					14,
					212,
					362,
					c.linear(60, [
						[0, lighter(color, 0.2)],
						[1, darker(color, 0.2)],
					]),
					12,
				);
				for (const [cy, r] of [
					[110, 52],
					[256, 86],
				] as const) {
					c.ellipse(120, cy, r + 10, r + 10, darker(color, 0.4));
					c.ellipse(
						120,
						cy,
						r,
						r,
						c.radial(0.4, 0.4, 0.7, [
							[0, lighter(ink.charcoal, 0.3)],
							[0.5, ink.charcoal],
							[1, darker(ink.charcoal, 0.6)],
						]),
					);
					c.ellipse(
						120,
						cy,
						r * 0.4,
						r * 0.4,
						c.radial(0.35, 0.3, 0.8, [
							[0, lighter(accent, 0.5)],
							[1, darker(accent, 0.3)],
						]),
					);
					c.ellipse(120, cy, r * 0.86, r * 0.86, 'none', `stroke="${lighter(ink.charcoal, 0.3)}" stroke-width="3" opacity="0.6"`);
				}
				seal(c, 104, 338 + (style % 2), 30, seed);
			},
			onSide: () => {
				for (let i = 0; i < 6; i++)
					c.line(`M${20 + i * 32} 0C${10 + i * 34} 120 ${40 + i * 28} 260 ${20 + i * 32} 390`, darker(ink.walnut, 0.4), 3, 'opacity="0.3"');
			},
		});
	};
	one(640, 650, 0.86);
	one(320, 720, 1.1);
};

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

/** Earbuds in an open case. */
export const earbuds: Painter = (c, { color, accent, seed }) => {
	const view = { at: [370, 590] as Point, turn: 30, pitch: 0.52, scale: 1.12 };
	box(c, view, {
		x: 0,
		y: -14,
		z: 0,
		width: 300,
		depth: 24,
		height: 330,
		color: lighter(color, 0.1),
		round: 34,
		onFront: () => {
			c.rect(10, 20, 280, 200, darker(color, 0.3), 30);
			seal(c, 120, 74, 60, seed, lighter(color, 0.2));
		},
	});
	box(c, view, {
		x: 0,
		y: 0,
		z: 0,
		width: 300,
		depth: 210,
		height: 110,
		color,
		round: 34,
		onTop: () => {
			c.rect(14, 14, 272, 182, darker(color, 0.26), 60);
			for (const x of [90, 210]) {
				c.ellipse(x, 104, 58, 62, darker(color, 0.6));
				c.ellipse(
					x,
					98,
					50,
					54,
					c.radial(0.35, 0.3, 0.8, [
						[0, '#ffffff'],
						[0.6, lighter(accent, 0.5)],
						[1, accent],
					]),
				);
				c.ellipse(x + 8, 108, 20, 22, ink.charcoal);
			}
		},
		onFront: () => c.ellipse(150, 60, 9, 9, '#7fe0a8'),
	});
	turn(c, {
		cx: 770,
		base: 838,
		color: lighter(accent, 0.4),
		gloss: 0.9,
		profile: [
			[120, 20],
			[100, 56],
			[50, 60],
			[10, 36],
			[0, 30],
		],
	});
	c.line('M770 740V700', lighter(accent, 0.3), 22);
};

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

/** A small clock with a paper-white display. */
export const inkClock: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [380, 700] as Point, turn: 18, pitch: 0.32 };
	const digit = (x: number, value: number) => {
		const on = ['1110111', '0010010', '1011101', '1011011', '0111010', '1101011', '1101111', '1010010', '1111111', '1111011'][value] as string;
		const bars = [
			[8, 0, 44, 12],
			[0, 8, 12, 50],
			[48, 8, 12, 50],
			[8, 56, 44, 12],
			[0, 66, 12, 50],
			[48, 66, 12, 50],
			[8, 112, 44, 12],
		];
		bars.forEach(([bx, by, w, h], i) => {
			if (on[i] === '1') c.rect(x + (bx as number), 70 + (by as number), w as number, h as number, ink.ink, 5);
		});
	};
	box(c, view, {
		x: -140,
		y: 0,
		z: 0,
		width: 520,
		depth: 150,
		height: 280,
		color,
		round: 30,
		onFront: () => {
			c.rect(34, 36, 452, 208, '#ecebe4', 16, `stroke="${darker(color, 0.4)}" stroke-width="6"`);
			const time = [
				[0, 8, 3, 0],
				[1, 0, 0, 8],
				[0, 6, 4, 5],
			][style % 3] as number[];
			for (const [i, x] of [76, 152, 272, 348].entries()) digit(x, time[i] as number);
			for (const y of [108, 150]) c.ellipse(242, y, 9, 9, ink.ink);
			c.rect(76, 214, 150, 9, ink.ink, 4, 'opacity="0.6"');
			seal(c, 440, 196, 32, seed, accent);
		},
		onTop: () => {
			for (let i = 0; i < 3; i++) c.rect(320 + i * 54, 60, 36, 26, i ? darker(color, 0.3) : accent, 10);
		},
	});
};

/** A coiled cable with a woven sleeve. */
export const cable: Painter = (c, { color, accent, seed }) => {
	const loops = Array.from(
		{ length: 5 },
		(_, i) =>
			`M${240 + i * 16} 520a${n(250 - i * 17)} ${n(220 - i * 15)} 0 1 0 ${n(500 - i * 34)} 0a${n(250 - i * 17)} ${n(220 - i * 15)} 0 1 0 ${n(-500 + i * 34)} 0`,
	).join('');
	const tail = 'M490 740C500 820 640 840 800 820M420 320C400 230 300 190 170 210';
	c.line(loops + tail, '#15121f', 24, `transform="translate(10 16)" opacity="0.34" ${c.blur(8)}`);
	c.line(loops + tail, darker(color, 0.35), 20);
	c.line(loops + tail, color, 14);
	c.line(loops + tail, lighter(mix(color, accent, 0.5), 0.4), 6, 'stroke-dasharray="7 8"');
	for (const [x, y, degrees] of [
		[800, 820, -6],
		[170, 210, 188],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			c.rect(
				0,
				-24,
				92,
				48,
				c.linear(90, [
					[0, lighter(accent, 0.4)],
					[0.4, accent],
					[1, darker(accent, 0.4)],
				]),
				12,
			);
			c.rect(
				92,
				-15,
				48,
				30,
				c.linear(90, [
					[0, '#fff'],
					[1, ink.steel],
				]),
				12,
			);
		});
	}
	c.rect(446, 700, 80, 80, darker(accent, 0.1), 12);
	seal(c, 462, 716, 48, seed, lighter(accent, 0.3));
};

/** Screwdrivers, tweezers and bits in a roll of cloth, from above. */
export const toolRoll: Painter = (c, { color, accent, seed }) => {
	const cloth = 'M110 200C380 184 640 190 890 204C900 420 896 640 886 812C620 826 360 822 116 806C106 600 104 400 110 200Z';
	dropShadow(c, cloth, 16, 22, 14, 0.36);
	c.path(cloth, weave(c, 'plain', color, color));
	c.clipped(cloth, () => c.rect(90, 180, 820, 660, threads(c, darker(color, 0.5), lighter(color, 0.4))));
	for (let i = 0; i < 6; i++) {
		const x = 190 + i * 112;
		const handle = i % 2 ? accent : ink.wood;
		c.rect(x - 8, 250, 16, 260, '#15121f', 8, `transform="translate(8 10)" opacity="0.35" ${c.blur(5)}`);
		c.rect(
			x - 7,
			230 + (i % 3) * 30,
			14,
			280,
			c.linear(0, [
				[0, darker(ink.steel, 0.3)],
				[0.4, '#ffffff'],
				[1, darker(ink.steel, 0.4)],
			]),
			4,
		);
		c.path(`M${x - 7} ${232 + (i % 3) * 30}L${x} ${206 + (i % 3) * 30}L${x + 7} ${232 + (i % 3) * 30}Z`, ink.steel);
		c.rect(
			x - 26,
			430,
			52,
			300,
			c.linear(0, [
				[0, darker(handle, 0.3)],
				[0.3, lighter(handle, 0.4)],
				[1, darker(handle, 0.4)],
			]),
			22,
		);
		for (let k = 0; k < 3; k++) c.rect(x - 26, 650 + k * 20, 52, 7, darker(handle, 0.4), 3, 'opacity="0.5"');
	}
	c.rect(112, 520, 774, 130, darker(color, 0.16), 0);
	c.rect(
		112,
		520,
		774,
		130,
		c.linear(90, [
			[0, '#fff9ee', 0.2],
			[1, '#171a2b', 0.24],
		]),
	);
	c.line('M116 532H882M116 638H882', lighter(color, 0.5), 3, 'stroke-dasharray="10 8" opacity="0.8"');
	for (let i = 0; i < 7; i++) c.line(`M${134 + i * 112} 522V648`, darker(color, 0.4), 4);
	seal(c, 800, 710, 60, seed, accent);
	c.line('M886 480C980 470 960 380 900 340', ink.walnut, 14);
};

export const flat = ['cable', 'keyboard', 'powerBank'];
