import { type Canvas, curve, n, type Point } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { box, dropShadow, groundShadow, turn } from '../forms.ts';
import { blossom, brushWord, leaf, print, seal, sprig, type Weave, weave } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';

const PAPERS: Weave[] = ['waves', 'cranes', 'blossoms', 'lattice', 'leaves', 'dots', 'ikat', 'checks'];
const paperOf = (style: number): Weave => PAPERS[style % PAPERS.length] as Weave;

/** A stitched notebook on another, with a ribbon. */
export const notebook: Painter = (c, { color, accent, seed, style }) => {
	const at: Point = [470, 420];
	const book = (z: number, width: number, depth: number, tint: string, top: () => void, turn: number) => {
		const view = { at, turn, pitch: 0.62 };
		const x = -width / 2 + 30;
		box(c, view, { x, y: -40, z, width, depth, height: 10, color: tint, shadow: z === 0 });
		box(c, view, {
			x: x + 4,
			y: -36,
			z: z + 10,
			width: width - 10,
			depth: depth - 8,
			height: 34,
			color: ink.cream,
			shadow: false,
			onFront: () => pages(c, width),
			onSide: () => pages(c, depth),
		});
		box(c, view, { x, y: -40, z: z + 44, width, depth, height: 10, color: tint, shadow: false, onTop: top });
	};
	book(0, 400, 500, accent, () => undefined, 22);
	book(
		56,
		380,
		480,
		color,
		() => {
			if (style % 3) c.rect(0, 0, 380, 480, weave(c, paperOf(style), color, lighter(color, 0.2), 90));
			c.rect(0, 0, 50, 480, darker(color, 0.24));
			for (let y = 40; y < 470; y += 100) c.line(`M0 ${y}H50M50 ${y}V${y + 60}`, ink.cream, 4);
			c.line('M50 10V470', ink.cream, 4);
			c.rect(160, 90, 130, 210, ink.cream, 4);
			brushWord(c, 184, 114, 84, seed);
			seal(c, 204, 230, 44, seed);
		},
		34,
	);
	pencil(c, 640, 850, 300, -24, accent);
};

function pages(c: Canvas, width: number): void {
	for (let y = 6; y < 34; y += 6) c.rect(0, y, width, 1.6, '#171a2b', 0, 'opacity="0.16"');
}

export function pencil(c: Canvas, x: number, y: number, length: number, degrees: number, color: string): void {
	c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
		c.rect(8, 16, length - 20, 16, '#15121f', 8, `opacity="0.35" ${c.blur(6)}`);
		c.rect(
			0,
			-11,
			length - 50,
			22,
			c.linear(90, [
				[0, lighter(color, 0.45)],
				[0.4, color],
				[1, darker(color, 0.4)],
			]),
		);
		c.path(`M${length - 50} -11L${length - 12} -4V4L${length - 50} 11Z`, '#e3c193');
		c.path(`M${length - 16} -5L${length} 0L${length - 16} 5Z`, ink.ink);
		c.rect(-26, -11, 26, 22, ink.brass, 4);
	});
}

/** Brushes hanging from a stand. */
export const brushes: Painter = (c, { color, accent, seed, style }) => {
	const wood = mix(color, ink.walnut, 0.55);
	groundShadow(c, 500, 816, 290, 300, 300);
	c.rect(
		240,
		792,
		520,
		34,
		c.linear(90, [
			[0, lighter(wood, 0.4)],
			[1, darker(wood, 0.3)],
		]),
		12,
	);
	for (const x of [272, 706])
		c.rect(
			x,
			236,
			24,
			566,
			c.linear(0, [
				[0, darker(wood, 0.2)],
				[0.35, lighter(wood, 0.4)],
				[1, darker(wood, 0.4)],
			]),
			8,
		);
	c.path(
		'M210 250C300 210 400 236 500 222C600 236 700 210 790 250L784 218C700 186 600 206 500 194C400 206 300 186 216 218Z',
		c.linear(90, [
			[0, lighter(wood, 0.4)],
			[1, darker(wood, 0.2)],
		]),
	);
	const count = 4 + (style % 3);
	for (let i = 0; i < count; i++) {
		const x = 330 + (i * 340) / (count - 1);
		const width = 13 + ((i * 5 + style) % 4) * 5;
		const end = 560 + ((i * 37) % 70);
		c.line(`M${n(x)} 236q-14 16 0 34q14 -16 0 -34`, accent, 4);
		c.rect(
			x - width * 0.5,
			268,
			width,
			end - 268,
			c.linear(0, [
				[0, darker(ink.bamboo, 0.3)],
				[0.35, lighter(ink.bamboo, 0.4)],
				[1, darker(ink.bamboo, 0.4)],
			]),
			4,
		);
		c.rect(x - width * 0.5, 300, width, 8, accent);
		c.rect(x - width * 0.62, end - 26, width * 1.24, 32, darker(ink.walnut, 0.34), 4);
		const hair = i % 2 ? ink.cream : '#8c6a4a';
		c.path(
			`M${n(x - width * 0.6)} ${end}C${n(x - width)} ${end + 40} ${n(x - width * 0.5)} ${end + 84} ${n(x)} ${end + 118}C${n(x + width * 0.5)} ${end + 84} ${n(x + width)} ${end + 40} ${n(x + width * 0.6)} ${end}Z`,
			c.linear(0, [
				[0, darker(hair, 0.26)],
				[0.4, lighter(hair, 0.3)],
				[1, darker(hair, 0.36)],
			]),
		);
		c.path(
			`M${n(x - width * 0.42)} ${end + 74}C${n(x - width * 0.3)} ${end + 96} ${n(x)} ${end + 112} ${n(x)} ${end + 118}C${n(x)} ${end + 112} ${n(x + width * 0.3)} ${end + 96} ${n(x + width * 0.42)} ${end + 74}Z`,
			ink.ink,
			'opacity="0.8"',
		);
	}
	turn(c, {
		cx: 850,
		base: 850,
		color: ink.celadon,
		gloss: 0.8,
		top: ink.ink,
		profile: [
			[70, 84],
			[40, 92],
			[0, 70],
		],
		tilt: 0.28,
	});
	seal(c, 120, 830, 70, seed);
};

/** Ink stone and ink stick from above, a drawn branch beside them. */
export const inkstone: Painter = (c, { color, accent, seed }) => {
	c.path('M90 130L640 96L676 640L110 690Z', '#1d1a2e', `transform="translate(12 16)" opacity="0.22" ${c.blur(10)}`);
	c.path(
		'M90 130L640 96L676 640L110 690Z',
		c.linear(40, [
			[0, '#fffdf6'],
			[1, '#efe4cf'],
		]),
	);
	c.group('opacity="0.9"', () => {
		c.line(
			curve([
				[150, 620],
				[260, 480],
				[300, 320],
				[430, 190],
			]),
			ink.ink,
			12,
		);
		c.line(
			curve([
				[280, 420],
				[400, 400],
				[520, 310],
			]),
			ink.ink,
			7,
		);
		for (const [x, y, r] of [
			[430, 190, 34],
			[390, 250, 26],
			[520, 310, 32],
			[470, 350, 22],
			[240, 500, 24],
			[310, 300, 26],
		] as const)
			blossom(c, x, y, r, lighter(ink.vermilion, 0.3), x);
		seal(c, 560, 540, 60, seed);
	});
	c.group('transform="rotate(11 640 640)"', () => {
		const stone = 'M440 470H850A34 34 0 0 1 884 504V850A34 34 0 0 1 850 884H440A34 34 0 0 1 406 850V504A34 34 0 0 1 440 470Z';
		dropShadow(c, stone, 18, 24, 14, 0.44);
		c.path(
			stone,
			c.linear(40, [
				[0, lighter(ink.charcoal, 0.3)],
				[1, darker(ink.charcoal, 0.5)],
			]),
		);
		c.ellipse(
			640,
			690,
			190,
			150,
			c.linear(50, [
				[0, darker(ink.charcoal, 0.6)],
				[1, lighter(ink.charcoal, 0.14)],
			]),
		);
		c.path('M500 560C560 520 720 520 780 560C790 600 740 620 640 620C540 620 490 600 500 560Z', '#0b0b0f');
		c.line('M530 562C590 540 690 540 740 558', '#fff', 6, `opacity="0.5" ${c.blur(2)}`);
		c.line('M420 500Q420 484 440 484H840', lighter(ink.charcoal, 0.6), 4, 'opacity="0.6"');
	});
	c.group('transform="rotate(-34 300 840)"', () => {
		c.rect(150, 812, 330, 74, '#15121f', 10, `transform="translate(12 18)" opacity="0.4" ${c.blur(8)}`);
		c.rect(
			150,
			800,
			330,
			74,
			c.linear(90, [
				[0, lighter(color, 0.3)],
				[0.3, darker(color, 0.3)],
				[1, darker(color, 0.6)],
			]),
			10,
		);
		for (let i = 0; i < 3; i++) brushWord(c, 200 + i * 78, 810, 54, `${seed}${i}`, accent);
	});
};

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

/** Rolls of patterned tape, standing and lying. */
export const tapes: Painter = (c, { color, accent, style }) => {
	const roll = (cx: number, base: number, r: number, h: number, ground: string, figure: string, kind: Weave) => {
		turn(c, {
			cx,
			base,
			color: ground,
			gloss: 0.3,
			straight: true,
			profile: [
				[h, r],
				[0, r],
			],
			tilt: 0.34,
			decorate: ({ left, right, top, bottom }) => c.rect(left, top - 40, right - left, bottom - top + 120, weave(c, kind, ground, figure, 52)),
		});
		c.ellipse(
			cx,
			base - h,
			r,
			r * 0.34,
			c.linear(20, [
				[0, '#fffaf0'],
				[1, darker(ink.cream, 0.1)],
			]),
		);
		for (const share of [0.94, 0.86, 0.78]) c.ellipse(cx, base - h, r * share, r * 0.34 * share, 'none', `stroke="${ground}" stroke-width="3" opacity="0.6"`);
		c.ellipse(cx, base - h, r * 0.66, r * 0.22, '#c9a877');
		c.ellipse(
			cx,
			base - h + 2,
			r * 0.6,
			r * 0.19,
			c.linear(0, [
				[0, darker(ink.walnut, 0.5)],
				[1, ink.walnut],
			]),
		);
	};
	roll(600, 700, 170, 130, lighter(accent, 0.2), ink.cream, paperOf(style + 1));
	roll(300, 760, 150, 100, color, lighter(color, 0.5), paperOf(style));
	roll(560, 870, 190, 120, mix(color, accent, 0.5), lighter(accent, 0.6), paperOf(style + 3));
	roll(588, 588, 120, 90, ink.wheat, ink.vermilion, paperOf(style + 5));
	c.path('M300 860C240 890 170 870 120 910L140 950C200 920 260 936 340 900Z', weave(c, paperOf(style), color, lighter(color, 0.5), 52));
};

/** Cards and envelopes fanned out on the table. */
export const cards: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`cards ${seed}`);
	const papers = [ink.cream, lighter(accent, 0.1), color, lighter(color, 0.6)];
	papers.forEach((tint, i) => {
		c.group(`transform="rotate(${-26 + i * 15} 500 1060) translate(0 ${i * 6})"`, () => {
			c.rect(300, 200, 400, 560, '#1d1a2e', 8, `transform="translate(14 18)" opacity="0.3" ${c.blur(12)}`);
			c.rect(
				300,
				200,
				400,
				560,
				c.linear(50, [
					[0, lighter(tint, 0.3)],
					[1, tint],
				]),
				8,
			);
			if (i === 1) c.rect(324, 224, 352, 512, weave(c, paperOf(style), tint, lighter(tint, 0.4), 88), 4);
			if (i === 2) {
				c.ellipse(560, 380, 84, 84, ink.wheat);
				c.path(
					`${curve([
						[300, 600],
						[400, 500],
						[480, 560],
						[590, 470],
						[700, 570],
					])}V760H300Z`,
					darker(color, 0.3),
				);
				c.path(
					`${curve([
						[300, 660],
						[420, 600],
						[560, 660],
						[700, 610],
					])}V760H300Z`,
					lighter(color, 0.3),
				);
			}
			if (i === 3) {
				for (const [x, y, r] of [
					[420, 560, 60],
					[560, 480, 76],
					[500, 640, 44],
					[600, 620, 36],
					[420, 420, 40],
				] as const)
					blossom(c, x, y, r, random.pick([ink.vermilion, accent, ink.plum]), x);
				leaf(c, 380, 660, 150, -60, ink.leaf);
				leaf(c, 600, 700, 150, -110, ink.jade);
				print(c, 360, 270, 200, 2, ink.ink, seed, 26);
			}
		});
	});
	c.group('transform="rotate(9 500 840)"', () => {
		c.rect(250, 690, 470, 290, '#1d1a2e', 8, `transform="translate(10 14)" opacity="0.34" ${c.blur(10)}`);
		c.rect(250, 690, 470, 290, '#d9b98a', 8);
		c.path('M250 694L485 860L720 694Z', '#e6cda3', `stroke="#b8935f" stroke-width="3"`);
		c.ellipse(485, 846, 46, 44, darker(ink.vermilion, 0.1));
		seal(c, 462, 824, 46, seed, lighter(ink.vermilion, 0.08));
	});
};

/** A carved seal stone with its print. */
export const sealStone: Painter = (c, { color, accent, seed }) => {
	const view = { at: [350, 560] as Point, turn: 36, pitch: 0.5 };
	box(c, view, {
		x: 0,
		y: 0,
		z: 0,
		width: 150,
		depth: 150,
		height: 290,
		color,
		round: 8,
		onFront: () => {
			brushWord(c, 40, 80, 70, seed, darker(color, 0.4));
			brushWord(c, 40, 170, 70, `${seed}2`, darker(color, 0.4));
		},
		onSide: () => c.line('M20 200C60 120 90 220 130 90', darker(color, 0.5), 5, 'opacity="0.5"'),
	});
	turn(c, {
		cx: 350,
		base: 372,
		color: lighter(color, 0.1),
		gloss: 0.6,
		floating: true,
		profile: [
			[128, 14],
			[104, 52],
			[50, 78],
			[10, 64],
			[0, 60],
		],
	});
	c.path('M480 780L860 740L900 900L500 950Z', '#1d1a2e', `transform="translate(8 10)" opacity="0.3" ${c.blur(8)}`);
	c.path('M480 780L860 740L900 900L500 950Z', '#fffaf0');
	c.group('transform="translate(626 772) rotate(-6) scale(0.94 0.8)"', () => seal(c, 0, 0, 150, seed));
	turn(c, {
		cx: 760,
		base: 690,
		color: accent,
		gloss: 0.9,
		top: ink.vermilion,
		profile: [
			[70, 106],
			[30, 116],
			[0, 96],
		],
		tilt: 0.3,
	});
};

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

export const flat = ['inkstone', 'pen', 'cards'];
