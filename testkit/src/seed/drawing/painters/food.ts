import { blob, type Canvas, curve, n, type Point, polygon } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { box, dropShadow, groundShadow, turn } from '../forms.ts';
import { basketWeave, brushWord, leaf, print, seal, weave } from '../motifs.ts';
import { createRandom, type Random } from '../random.ts';
import type { Painter } from '../scene.ts';

/** A glass jar of something good, lid under cloth; style 0 honey, 1 chilli, 2 jam, 3 pickles. */
export const jar: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`jar ${seed}`);
	spill(c, style, seed, color);
	turn(c, {
		cx: 460,
		base: 800,
		color,
		gloss: 1,
		profile: [
			[372, 134],
			[350, 142],
			[318, 190],
			[290, 200],
			[30, 200],
			[0, 194],
		],
		decorate: ({ left, right, top, bottom }) => {
			c.rect(
				left,
				top,
				right - left,
				bottom - top + 50,
				c.radial(0.4, 0.5, 0.7, [
					[0, lighter(color, 0.45), 0.9],
					[0.7, color, 0.4],
					[1, darker(color, 0.3), 0.5],
				]),
			);
			if (style % 4 === 1 || style % 4 === 3)
				for (let i = 0; i < 90; i++) {
					const [x, y] = [left + random.next() * 400, top + 110 + random.next() * 320];
					leaf(
						c,
						x,
						y,
						random.between(18, 40),
						random.between(0, 360),
						random.pick([darker(color, 0.3), lighter(color, 0.3), '#e9c46a', darker(color, 0.5)]),
						false,
					);
				}
			if (style % 4 === 2)
				for (let i = 0; i < 40; i++)
					c.ellipse(
						left + random.next() * 400,
						top + 110 + random.next() * 320,
						random.between(16, 34),
						random.between(14, 28),
						random.pick([darker(color, 0.3), lighter(color, 0.2)]),
						'opacity="0.7"',
					);
			c.rect(left, top + 60, right - left, 46, '#fff8e8', 0, 'opacity="0.32"');
			c.rect(left + 96, top + 172, 208, 164, ink.cream, 8);
			c.rect(left + 106, top + 182, 188, 144, 'none', 4, `stroke="${accent}" stroke-width="4"`);
			brushWord(c, left + 122, top + 196, 82, seed);
			print(c, left + 218, top + 212, 62, 4, ink.ink, seed);
			seal(c, left + 238, top + 280, 36, seed);
		},
	});
	const cloth = blob([
		[318, 440],
		[350, 392],
		[460, 374],
		[570, 392],
		[602, 440],
		[624, 500],
		[572, 486],
		[520, 508],
		[460, 492],
		[400, 510],
		[348, 488],
		[296, 502],
	]);
	c.path(cloth, weave(c, style % 2 ? 'checks' : 'dots', lighter(accent, 0.1), ink.cream, 36));
	c.clipped(cloth, () => {
		c.rect(
			290,
			370,
			340,
			150,
			c.linearFrom(
				[290, 0],
				[630, 0],
				[
					[0, '#171a2b', 0.25],
					[0.3, '#fff9ee', 0.3],
					[0.6, '#171a2b', 0],
					[1, '#171a2b', 0.5],
				],
			),
		);
		for (const x of [330, 400, 470, 540, 590]) c.line(`M${x} 450l${(x - 460) / 9} 60`, '#171a2b', 5, `opacity="0.22" ${c.blur(2)}`);
	});
	c.line('M322 448Q460 488 598 448', ink.bamboo, 8);
	c.line('M322 446Q460 486 598 446', lighter(ink.bamboo, 0.5), 2.5);
};

function spill(c: Canvas, style: number, seed: string, color: string): void {
	const random = createRandom(`spill ${seed}`);
	if (style % 4 === 0) {
		c.line('M690 868L860 792', ink.wood, 15);
		c.line('M690 865L860 789', lighter(ink.wood, 0.5), 4);
		c.ellipse(680, 872, 52, 34, darker(ink.wood, 0.1), 'transform="rotate(-24 680 872)"');
		for (let i = -2; i <= 2; i++) c.line(`M${680 + i * 17} 848l16 44`, darker(ink.wood, 0.5), 4);
		c.path('M620 880C600 912 700 922 740 900C760 884 720 880 700 892C660 900 640 884 620 880Z', color, 'opacity="0.85"');
		return;
	}
	for (let i = 0; i < 7; i++) {
		const [x, y] = [random.between(640, 860), random.between(830, 890)];
		if (style % 4 === 1) {
			const degrees = random.between(-24, 44);
			c.group(`opacity="0.25" ${c.blur(4)}`, () => leaf(c, x + 6, y + 9, 90, degrees, '#1d1a2e', false));
			leaf(c, x, y, 90, degrees, random.pick([ink.vermilion, darker(ink.vermilion, 0.14)]));
			c.line(`M${n(x)} ${n(y)}q-10 -4 -18 -14`, ink.moss, 5);
		} else berry(c, x, y, random.between(20, 30), style % 4 === 2 ? darker(color, 0.12) : ink.leaf);
	}
}

function berry(c: Canvas, x: number, y: number, r: number, color: string): void {
	c.ellipse(x + r * 0.3, y + r * 0.8, r * 1.1, r * 0.4, '#15121f', `opacity="0.35" ${c.blur(5)}`);
	c.ellipse(
		x,
		y,
		r,
		r * 0.96,
		c.radial(0.34, 0.3, 0.75, [
			[0, lighter(color, 0.6)],
			[0.45, color],
			[1, darker(color, 0.5)],
		]),
	);
	c.ellipse(x - r * 0.34, y - r * 0.4, r * 0.16, r * 0.1, '#fff', 'opacity="0.8"');
}

/** A tall bottle of sauce, oil or vinegar. */
export const bottle: Painter = (c, { color, accent, seed }) => {
	turn(c, {
		cx: 720,
		base: 846,
		color: ink.cream,
		gloss: 0.8,
		top: darker(color, 0.3),
		profile: [
			[34, 118],
			[20, 104],
			[0, 66],
		],
		tilt: 0.26,
	});
	turn(c, {
		cx: 420,
		base: 806,
		color: darker(color, 0.3),
		gloss: 1,
		profile: [
			[520, 44],
			[420, 46],
			[372, 62],
			[320, 132],
			[280, 142],
			[24, 142],
			[0, 138],
		],
		decorate: ({ left, right, bottom }) => {
			c.rect(left, bottom - 250, right - left, 196, ink.cream);
			c.rect(left, bottom - 240, right - left, 6, accent);
			c.rect(left, bottom - 70, right - left, 6, accent);
			brushWord(c, left + 74, bottom - 224, 118, seed, ink.ink);
			print(c, left + 84, bottom - 98, 100, 2, ink.ink, seed);
			seal(c, left + 198, bottom - 120, 40, seed);
		},
	});
	turn(c, {
		cx: 420,
		base: 318,
		color: accent,
		gloss: 0.6,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[74, 48],
			[6, 50],
			[0, 50],
		],
	});
	c.line('M374 330Q420 350 466 330M380 346Q420 362 460 346', ink.bamboo, 6);
};

/** Bundles of noodles tied with paper bands, seen from above. */
export const noodles: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`noodles ${seed}`);
	for (const [x, y, degrees] of [
		[300, 560, -16],
		[500, 500, 6],
		[690, 560, -5],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			dropShadow(c, 'M-84 -330H84V330H-84Z', 18, 24, 16, 0.36);
			for (let i = 0; i < 30; i++) {
				const from = -82 + i * 5.6;
				const tint = mix(color, random.pick([lighter(color, 0.5), darker(color, 0.25), lighter(color, 0.2)]), 0.8);
				c.line(
					`M${n(from + random.between(-7, 7))} ${n(-326 + random.between(-10, 10))}C${n(from)} -100 ${n(from * 0.92)} 100 ${n(from + random.between(-7, 7))} ${n(326 + random.between(-10, 10))}`,
					tint,
					6,
				);
			}
			c.rect(
				-90,
				-330,
				180,
				660,
				c.linear(0, [
					[0, '#171a2b', 0.3],
					[0.3, '#fff9ee', 0.3],
					[0.6, '#fff9ee', 0],
					[1, '#171a2b', 0.42],
				]),
			);
			c.rect(
				-92,
				-70,
				184,
				140,
				c.linear(0, [
					[0, darker(accent, 0.26)],
					[0.3, lighter(accent, 0.24)],
					[0.7, accent],
					[1, darker(accent, 0.34)],
				]),
				3,
			);
			brushWord(c, -48, -52, 96, `${seed}${x}`, ink.cream);
		});
	}
	for (let i = 0; i < 12; i++) berry(c, random.between(120, 880), random.between(905, 960), random.between(9, 14), random.pick([ink.vermilion, ink.leaf]));
};

export type Fruit = 'persimmon' | 'tangerine' | 'plum' | 'pear';
const FRUITS: Fruit[] = ['persimmon', 'tangerine', 'plum', 'pear'];

/** A heap of fruit in a shallow basket. */
export const fruit: Painter = (c, { color, seed, style }) => {
	const random = createRandom(`fruit ${seed}`);
	const kind = FRUITS[style % 4] as Fruit;
	groundShadow(c, 480, 800, 250, 160, 320);
	for (const [x, y] of [
		[350, 560],
		[480, 530],
		[610, 565],
		[290, 630],
		[420, 610],
		[550, 612],
		[670, 632],
		[480, 466],
	] as const)
		piece(c, kind, x, y, 88, color, random);
	turn(c, {
		cx: 480,
		base: 806,
		color: ink.bamboo,
		gloss: 0.1,
		floating: true,
		profile: [
			[150, 308],
			[90, 300],
			[20, 250],
			[0, 220],
		],
		tilt: 0.16,
		decorate: ({ left, right, top, bottom }) => c.rect(left, top, right - left, bottom - top + 50, basketWeave(c, ink.bamboo)),
	});
	for (const [x, y] of [
		[300, 668],
		[430, 676],
		[560, 676],
		[670, 664],
	] as const)
		piece(c, kind, x, y - 30, 80, color, random);
	c.path(
		'M172 656A308 46 0 0 0 788 656L788 672A308 46 0 0 1 172 672Z',
		c.linear(0, [
			[0, darker(ink.bamboo, 0.3)],
			[0.3, lighter(ink.bamboo, 0.4)],
			[1, darker(ink.bamboo, 0.4)],
		]),
	);
	piece(c, kind, 840, 822, 82, color, random);
};

function piece(c: Canvas, kind: Fruit, x: number, y: number, r: number, color: string, random: Random): void {
	const squash = kind === 'persimmon' ? 0.8 : kind === 'pear' ? 1.1 : 0.94;
	c.ellipse(x + 10, y + r * squash * 0.86, r * 0.9, r * 0.26, '#15121f', `opacity="0.35" ${c.blur(8)}`);
	const skin = mix(color, random.pick([ink.amber, darker(color, 0.2), color]), 0.14);
	c.ellipse(
		x,
		y,
		r,
		r * squash,
		c.radial(0.33, 0.28, 0.8, [
			[0, lighter(skin, 0.62)],
			[0.4, skin],
			[0.85, darker(skin, 0.34)],
			[1, darker(skin, 0.22)],
		]),
	);
	c.ellipse(
		x - r * 0.34,
		y - r * 0.38 * squash,
		r * 0.24,
		r * 0.12,
		'#fff',
		`opacity="0.55" transform="rotate(-30 ${n(x - r * 0.34)} ${n(y - r * 0.38)})" ${c.blur(3)}`,
	);
	const top = y - r * squash * 0.72;
	if (kind === 'persimmon') for (const degrees of [-160, -110, -50, 0, 200]) leaf(c, x + r * 0.06, top, r * 0.52, degrees + 20, darker(ink.moss, 0.1));
	else {
		c.line(`M${n(x + 4)} ${n(top + 6)}q4 -20 12 -34`, ink.walnut, 6);
		if (random.chance(0.5)) leaf(c, x + 10, top - 6, r * 0.8, -24, ink.leaf);
	}
}

/** Moon cakes: pressed flowers of pastry, one cut open. */
export const mooncakes: Painter = (c, { color, accent, seed }) => {
	const cake = (x: number, y: number, cut: boolean) => {
		c.ellipse(x + 26, y + 96, 176, 52, '#15121f', `opacity="0.4" ${c.blur(12)}`);
		const petals = (cy: number, rx: number, ry: number) =>
			blob(
				Array.from(
					{ length: 24 },
					(_, i): Point => [x + Math.cos((i / 24) * 6.283) * rx * (i % 2 ? 1 : 0.92), cy + Math.sin((i / 24) * 6.283) * ry * (i % 2 ? 1 : 0.92)],
				),
			);
		c.path(petals(y + 72, 168, 72), darker(color, 0.46));
		c.path(
			`M${x - 164} ${y}V${y + 72}H${x + 164}V${y}Z`,
			c.linear(0, [
				[0, darker(color, 0.3)],
				[0.3, color],
				[1, darker(color, 0.5)],
			]),
		);
		c.path(
			petals(y, 168, 74),
			c.linear(40, [
				[0, lighter(color, 0.5)],
				[0.5, color],
				[1, darker(color, 0.22)],
			]),
		);
		c.ellipse(x, y, 118, 50, 'none', `stroke="${darker(color, 0.42)}" stroke-width="5"`);
		c.ellipse(x, y - 3, 118, 50, 'none', `stroke="${lighter(color, 0.6)}" stroke-width="3" opacity="0.8"`);
		c.group(`transform="translate(${x} ${y}) scale(1 0.44)"`, () => {
			brushWord(c, -62, -58, 124, `${seed}${x}`, darker(color, 0.5));
			for (let i = 0; i < 16; i++) c.ellipse(Math.cos(i * 0.3927) * 146, Math.sin(i * 0.3927) * 146, 9, 9, darker(color, 0.34));
		});
		if (!cut) return;
		const wedge = polygon([
			[x, y],
			[x + 40, y + 72],
			[x + 40, y + 142],
			[x, y + 76],
		]);
		c.path(wedge, darker(accent, 0.5));
	};
	box(
		c,
		{ at: [560, 380], turn: 30, pitch: 0.5 },
		{
			x: 0,
			y: 0,
			z: 0,
			width: 260,
			depth: 260,
			height: 150,
			color: accent,
			round: 6,
			onTop: () => {
				c.rect(14, 14, 232, 232, 'none', 4, `stroke="${ink.wheat}" stroke-width="6"`);
				brushWord(c, 70, 66, 120, `${seed}box`, ink.wheat);
			},
			onFront: () => c.rect(0, 40, 260, 3, '#171a2b', 0, 'opacity="0.4"'),
		},
	);
	cake(300, 690, false);
	cake(610, 780, false);
};

/** A stand-up pouch with a window. */
export const pouch: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 470, 806, 200, 460, 210);
	const bag = 'M268 268H672C664 330 690 420 700 560C706 660 700 760 690 804C560 836 380 836 250 804C240 760 234 660 240 560C250 420 276 330 268 268Z';
	c.path(
		bag,
		c.linear(0, [
			[0, darker(color, 0.26)],
			[0.16, lighter(color, 0.2)],
			[0.36, lighter(color, 0.36)],
			[0.6, color],
			[1, darker(color, 0.36)],
		]),
	);
	c.clipped(bag, () => {
		for (let x = 276; x < 670; x += 13) c.rect(x, 268, 5, 46, '#171a2b', 0, 'opacity="0.1"');
		c.line('M262 332H680', '#171a2b', 3, 'opacity="0.3"');
		c.line(
			curve([
				[290, 340],
				[300, 520],
				[280, 790],
			]),
			'#fff',
			24,
			`opacity="0.4" ${c.blur(9)}`,
		);
		c.line(
			curve([
				[660, 340],
				[640, 520],
				[668, 790],
			]),
			'#171a2b',
			26,
			`opacity="0.24" ${c.blur(10)}`,
		);
		c.rect(330, 384, 280, 196, ink.cream, 10);
		brushWord(c, 352, 406, 110, seed);
		print(c, 484, 416, 104, 5, ink.ink, seed, 18);
		seal(c, 540, 520, 44, seed);
		const random = createRandom(`pouch ${seed}`);
		const pane = 'M470 620A96 84 0 1 0 470.1 620Z';
		c.path(pane, darker(accent, 0.4));
		c.clipped(pane, () => {
			for (let i = 0; i < 70; i++) {
				const [x, y] = [random.between(370, 570), random.between(610, 800)];
				if (style % 2)
					c.ellipse(
						x,
						y,
						random.between(14, 24),
						random.between(10, 18),
						random.pick([accent, lighter(accent, 0.3), darker(accent, 0.2)]),
						`transform="rotate(${n(random.between(0, 90))} ${n(x)} ${n(y)})"`,
					);
				else leaf(c, x, y, random.between(24, 50), random.between(0, 360), random.pick([accent, lighter(accent, 0.25), darker(accent, 0.25)]), false);
			}
		});
		c.path(pane, 'none', 'stroke="#fff9ee" stroke-width="5" opacity="0.6"');
	});
	const loose = createRandom(`loose ${seed}`);
	for (let i = 0; i < 8; i++) berry(c, loose.between(720, 890), 822 + i * 11, loose.between(14, 19), accent);
};
