import { blob, type Canvas, n, type Point } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { box, dropShadow, groundShadow, turn } from '../forms.ts';
import { blossom, brushWord, leaf, print, seal, sprig, weave } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';

/** Cut soap bars, stacked on a wooden dish. */
export const soap: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`soap ${seed}`);
	const view = { at: [400, 560] as Point, turn: 28, pitch: 0.48 };
	box(c, view, {
		x: -80,
		y: -20,
		z: 0,
		width: 440,
		depth: 300,
		height: 34,
		color: ink.wood,
		round: 12,
		onTop: () => {
			for (let y = 40; y < 300; y += 44) c.rect(10, y, 420, 12, darker(ink.walnut, 0.4), 6, 'opacity="0.7"');
		},
	});
	const bar = (x: number, y: number, z: number, tint: string, word: boolean) =>
		box(c, view, {
			x,
			y,
			z,
			width: 300,
			depth: 190,
			height: 92,
			color: tint,
			round: 20,
			shadow: z === 34,
			onTop: () => {
				if (style % 3 === 0)
					for (let i = 0; i < 26; i++)
						leaf(c, random.between(10, 270), random.between(10, 180), random.between(14, 30), random.between(0, 360), mix(accent, tint, 0.2), false);
				if (style % 3 === 1)
					for (let i = 0; i < 6; i++)
						c.line(`M0 ${20 + i * 30}C80 ${i * 30 - 10} 160 ${60 + i * 30} 300 ${10 + i * 34}`, mix(accent, tint, 0.35), 9, 'opacity="0.6"');
				if (word) {
					c.rect(90, 35, 120, 120, 'none', 16, `stroke="${darker(tint, 0.3)}" stroke-width="5"`);
					brushWord(c, 104, 48, 92, seed, darker(tint, 0.42));
				}
			},
			onFront: () => {
				if (style % 3 === 1) c.line('M0 40C80 10 160 80 300 30M0 66C80 40 180 96 300 60', mix(accent, tint, 0.3), 8, 'opacity="0.6"');
			},
		});
	bar(-20, 20, 34, lighter(color, 0.24), false);
	bar(10, 40, 126, color, true);
	for (let i = 0; i < 16; i++) bubble(c, random.between(120, 330), random.between(790, 890), random.between(8, 32));
	blossom(c, 790, 830, 60, lighter(accent, 0.35), 12);
	leaf(c, 810, 850, 130, 20, ink.leaf);
};

function bubble(c: Canvas, x: number, y: number, r: number): void {
	c.ellipse(
		x,
		y,
		r,
		r,
		c.radial(0.35, 0.3, 0.75, [
			[0, '#ffffff', 0.9],
			[0.6, '#ffffff', 0.22],
			[1, '#ffffff', 0.7],
		]),
	);
	c.ellipse(x, y, r, r, 'none', 'stroke="#ffffff" stroke-width="2" opacity="0.7"');
}

/** A bottle with a pump. */
export const pumpBottle: Painter = (c, { color, accent, seed, style }) => {
	c.path(
		'M400 250V212H300C280 212 276 244 286 262',
		'none',
		`stroke="${darker(accent, 0.2)}" stroke-width="30" stroke-linejoin="round" stroke-linecap="round"`,
	);
	c.path('M400 246V208H302', 'none', `stroke="${lighter(accent, 0.4)}" stroke-width="8" stroke-linecap="round" opacity="0.6"`);
	c.rect(
		386,
		232,
		36,
		96,
		c.linear(0, [
			[0, darker(accent, 0.3)],
			[0.35, lighter(accent, 0.4)],
			[1, darker(accent, 0.4)],
		]),
	);
	turn(c, {
		cx: 404,
		base: 366,
		color: accent,
		gloss: 0.6,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[54, 62],
			[0, 64],
		],
	});
	turn(c, {
		cx: 404,
		base: 812,
		color,
		gloss: 1,
		top: 'closed',
		profile:
			style % 2
				? [
						[448, 62],
						[430, 120],
						[390, 158],
						[30, 162],
						[0, 156],
					]
				: [
						[448, 60],
						[420, 74],
						[360, 150],
						[200, 180],
						[40, 172],
						[0, 156],
					],
		decorate: ({ left, bottom }) => {
			c.rect(left + 60, bottom - 300, 190, 214, ink.cream, 8);
			brushWord(c, left + 104, bottom - 282, 100, seed);
			print(c, left + 84, bottom - 160, 140, 3, ink.ink, seed, 17);
			seal(c, left + 190, bottom - 126, 34, seed);
		},
	});
	turn(c, {
		cx: 404,
		base: 370,
		color: accent,
		gloss: 0.6,
		straight: true,
		floating: true,
		profile: [
			[50, 62],
			[0, 64],
		],
	});
	sprig(c, 600, 880, 260, -28, ink.leaf, seed);
	blossom(c, 720, 800, 56, lighter(mix(accent, ink.vermilion, 0.4), 0.3), 20);
};

/** A dropper bottle of oil in amber glass. */
export const dropper: Painter = (c, { color, accent, seed }) => {
	const glass = mix('#8a4b1d', color, 0.35);
	turn(c, {
		cx: 420,
		base: 812,
		color: glass,
		gloss: 1,
		profile: [
			[360, 62],
			[336, 66],
			[300, 138],
			[270, 156],
			[24, 156],
			[0, 150],
		],
		decorate: ({ left, right, bottom }) => {
			c.rect(left, bottom - 230, right - left, 260, '#5a2c0c', 0, 'opacity="0.4"');
			c.rect(left + 46, bottom - 232, 216, 180, ink.cream, 6);
			c.rect(left + 46, bottom - 232, 216, 12, accent);
			brushWord(c, left + 66, bottom - 204, 90, seed);
			print(c, left + 172, bottom - 190, 76, 4, ink.ink, seed);
			seal(c, left + 206, bottom - 108, 38, seed);
		},
	});
	turn(c, {
		cx: 420,
		base: 462,
		color: ink.charcoal,
		gloss: 0.5,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[84, 66],
			[0, 70],
		],
	});
	turn(c, {
		cx: 420,
		base: 380,
		color: ink.charcoal,
		gloss: 0.6,
		floating: true,
		profile: [
			[120, 20],
			[104, 34],
			[40, 38],
			[0, 34],
		],
	});
	for (let i = 0; i < 5; i++) leaf(c, 640 + i * 34, 870 - (i % 2) * 40, 130, -60 + i * 22, i % 2 ? ink.leaf : ink.jade);
	blossom(c, 700, 810, 70, lighter(accent, 0.3), 8);
	c.path(
		'M560 872C550 900 560 916 576 916C592 916 602 900 592 872L576 840Z',
		c.linear(60, [
			[0, '#f4c66a'],
			[1, '#b06a1c'],
		]),
	);
};

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

/** A jar of cream or bath salt, lid beside it. */
export const creamJar: Painter = (c, { color, accent, seed, style }) => {
	turn(c, {
		cx: 420,
		base: 806,
		color,
		gloss: 0.9,
		straight: true,
		profile: [
			[230, 216],
			[206, 222],
			[0, 214],
		],
		top: style % 2 ? '#f7efe6' : lighter(accent, 0.5),
		tilt: 0.26,
		decorate: ({ left, bottom }) => {
			c.rect(left + 96, bottom - 170, 240, 130, ink.cream, 8);
			brushWord(c, left + 116, bottom - 156, 92, seed);
			print(c, left + 222, bottom - 144, 96, 3, ink.ink, seed);
			seal(c, left + 276, bottom - 96, 36, seed);
		},
	});
	if (style % 2) c.path('M300 566C340 520 400 600 440 560C480 520 520 570 540 560C520 600 340 610 300 566Z', '#fffaf4');
	else {
		const random = createRandom(`salt ${seed}`);
		for (let i = 0; i < 70; i++) {
			const [angle, r] = [random.between(0, 6.283), Math.sqrt(random.next())];
			const [x, y] = [420 + Math.cos(angle) * r * 190, 572 + Math.sin(angle) * r * 44];
			c.rect(x, y, 15, 12, lighter(accent, random.between(0.35, 0.85)), 3, `transform="rotate(${n(random.between(0, 80))} ${n(x)} ${n(y)})"`);
		}
	}
	turn(c, {
		cx: 760,
		base: 850,
		color: ink.wood,
		gloss: 0.3,
		straight: true,
		top: 'closed',
		profile: [
			[56, 150],
			[0, 150],
		],
		tilt: 0.3,
	});
	sprig(c, 120, 890, 200, -12, ink.leaf, seed);
};

/** A wooden comb with a carved back, from above. */
export const comb: Painter = (c, { color, accent, seed, style }) => {
	const wood = mix(ink.wood, color, 0.3);
	c.group('transform="rotate(-16 500 500)"', () => {
		const back = 'M140 470C160 330 320 260 500 260C680 260 840 330 860 470Z';
		dropShadow(c, back, 16, 22, 12, 0.4);
		const teeth = Array.from({ length: 34 }, (_, i) => `M${n(152 + i * 20.6)} 462V${n(700 - Math.abs(i - 16.5) * 2.4)}`).join('');
		c.line(teeth, '#15121f', 11, `transform="translate(14 18)" opacity="0.3" ${c.blur(6)}`);
		c.line(teeth, darker(wood, 0.24), 12);
		c.line(teeth, lighter(wood, 0.3), 5, 'transform="translate(-2 0)"');
		c.path(
			back,
			c.linear(70, [
				[0, lighter(wood, 0.5)],
				[0.5, wood],
				[1, darker(wood, 0.26)],
			]),
		);
		c.clipped(back, () => {
			for (let i = 0; i < 8; i++)
				c.path(
					`M100 ${300 + i * 26}C360 ${250 + i * 26} 640 ${330 + i * 22} 900 ${280 + i * 26}`,
					'none',
					`stroke="${darker(wood, 0.4)}" stroke-width="3" opacity="0.24"`,
				);
			if (style % 2) {
				blossom(c, 500, 372, 62, lighter(accent, 0.1));
				leaf(c, 570, 372, 130, 6, ink.jade);
				leaf(c, 430, 372, 130, 174, ink.jade);
			} else c.line('M270 400C330 330 380 440 440 370C500 300 560 440 620 370C670 320 720 390 750 400', darker(wood, 0.5), 8);
		});
	});
	seal(c, 780, 800, 66, seed);
	sprig(c, 90, 870, 260, -16, ink.leaf, seed);
};

/** Rolled towels in a tray. */
export const towels: Painter = (c, { color, accent, seed }) => {
	groundShadow(c, 480, 806, 300, 120, 310);
	const roll = (x: number, y: number, tint: string) => {
		c.ellipse(
			x,
			y,
			116,
			112,
			c.radial(0.35, 0.3, 0.85, [
				[0, lighter(tint, 0.6)],
				[0.6, tint],
				[1, darker(tint, 0.4)],
			]),
		);
		for (let r = 96; r > 12; r -= 19) c.ellipse(x + 3, y + 2, r, r * 0.97, 'none', `stroke="${darker(tint, 0.32)}" stroke-width="4.5" opacity="0.55"`);
		c.ellipse(x, y, 116, 112, 'none', `stroke="${lighter(tint, 0.5)}" stroke-width="6" opacity="0.6" stroke-dasharray="5 4"`);
	};
	roll(310, 690, color);
	roll(530, 684, lighter(color, 0.5));
	roll(420, 500, accent);
	roll(690, 706, ink.cream);
	box(
		c,
		{ at: [190, 770], turn: 4, pitch: 0.2 },
		{ x: 0, y: 0, z: 0, width: 620, depth: 160, height: 70, color: ink.wood, round: 10, shadow: false, onFront: () => seal(c, 280, 12, 44, seed) },
	);
	leaf(c, 500, 560, 120, -40, ink.leaf);
	leaf(c, 480, 560, 110, -96, ink.jade);
};

export const flat = ['comb'];
