import { type Canvas, curve, n } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { folds } from '../folds.ts';
import { groundShadow, turn } from '../forms.ts';
import { basketWeave, blossom, brushWord, seal, sprig, type Weave, weave } from '../motifs.ts';
import type { Painter } from '../scene.ts';

/** A paper lantern, alight; round, tall or melon shaped. */
export const lantern: Painter = (c, { color, accent, seed, style }) => {
	const shapes = [
		[210, 200],
		[150, 270],
		[240, 150],
	] as const;
	const [rx, ry] = shapes[style % 3] as readonly [number, number];
	const cy = 470;
	c.line(`M500 -20V${cy - ry - 30}`, ink.walnut, 7);
	c.ellipse(500, cy, rx * 2.1, ry * 2, lighter(color, 0.4), `opacity="0.3" ${c.blur(60)}`);
	const body = `M${500 - rx * 0.4} ${cy - ry}C${500 - rx * 1.2} ${cy - ry * 0.7} ${500 - rx * 1.2} ${cy + ry * 0.7} ${500 - rx * 0.4} ${cy + ry}H${500 + rx * 0.4}C${500 + rx * 1.2} ${cy + ry * 0.7} ${500 + rx * 1.2} ${cy - ry * 0.7} ${500 + rx * 0.4} ${cy - ry}Z`;
	c.path(
		body,
		c.radial(0.5, 0.55, 0.62, [
			[0, '#fff3c9'],
			[0.35, lighter(color, 0.5)],
			[0.75, color],
			[1, darker(color, 0.28)],
		]),
	);
	c.clipped(body, () => {
		if (style % 3 === 0)
			for (let i = -4; i <= 4; i++)
				c.path(
					`M${500 + i * 4} ${cy - ry}C${500 + i * rx * 0.27} ${cy - ry * 0.6} ${500 + i * rx * 0.27} ${cy + ry * 0.6} ${500 + i * 4} ${cy + ry}`,
					'none',
					`stroke="${darker(color, 0.4)}" stroke-width="3.4" opacity="0.5"`,
				);
		else
			for (let y = cy - ry; y < cy + ry; y += 26)
				c.path(`M${500 - rx} ${n(y)}Q500 ${n(y + 22)} ${500 + rx} ${n(y)}`, 'none', `stroke="${darker(color, 0.4)}" stroke-width="3" opacity="0.45"`);
		if (style % 2) brushWord(c, 500 - 72, cy - 80, 144, seed, darker(ink.vermilion, 0.5));
		else
			for (const [x, y, r] of [
				[440, -20, 52],
				[540, 50, 40],
				[530, -80, 34],
			] as const)
				blossom(c, x, cy + y, r, lighter(accent, 0.1), x);
		c.ellipse(500 - rx * 0.4, cy - ry * 0.4, rx * 0.24, ry * 0.3, '#fff', `opacity="0.3" ${c.blur(16)}`);
	});
	for (const side of [-1, 1]) {
		const y = cy + side * ry;
		c.rect(
			500 - rx * 0.44,
			y - 15,
			rx * 0.88,
			30,
			c.linear(0, [
				[0, darker(ink.brass, 0.3)],
				[0.35, lighter(ink.brass, 0.5)],
				[1, darker(ink.brass, 0.4)],
			]),
			6,
		);
	}
	tassel(c, 500, cy + ry + 15, accent);
};

export function tassel(c: Canvas, x: number, y: number, color: string): void {
	c.line(`M${x} ${y}V${y + 50}`, ink.brass, 6);
	c.ellipse(x, y + 56, 14, 15, color);
	for (let i = -4; i <= 4; i++) c.line(`M${x + i * 2.5} ${y + 66}Q${x + i * 5} ${y + 120} ${x + i * 5.5} ${y + 176}`, i % 2 ? color : darker(color, 0.2), 5.5);
	c.rect(x - 12, y + 70, 24, 11, ink.brass, 4);
}

/** A lamp with a paper shade. */
export const tableLamp: Painter = (c, { color, accent, style }) => {
	c.ellipse(480, 420, 430, 360, '#ffedb8', `opacity="0.42" ${c.blur(70)}`);
	turn(c, {
		cx: 480,
		base: 812,
		color,
		gloss: 0.8,
		profile:
			style % 2
				? [
						[300, 26],
						[260, 30],
						[180, 120],
						[80, 130],
						[10, 84],
						[0, 84],
					]
				: [
						[300, 22],
						[200, 26],
						[120, 40],
						[60, 90],
						[12, 150],
						[0, 150],
					],
	});
	const shade = 'M352 230H608L716 540C640 574 320 574 244 540Z';
	c.path(
		shade,
		c.linear(90, [
			[0, '#fbe3a8'],
			[0.55, '#fff4cf'],
			[1, lighter(accent, 0.55)],
		]),
	);
	c.clipped(shade, () => {
		for (let i = -7; i <= 7; i++) c.line(`M${480 + i * 18} 230L${480 + i * 33} 566`, '#b98455', 2.4, 'opacity="0.4"');
		if (style % 2)
			for (const [x, y, r] of [
				[400, 440, 40],
				[470, 390, 50],
				[560, 450, 36],
			] as const)
				blossom(c, x, y, r, accent, x);
		else
			c.path(
				`${curve([
					[240, 500],
					[340, 420],
					[430, 470],
					[540, 390],
					[720, 490],
				])}V580H240Z`,
				accent,
				'opacity="0.4"',
			);
		c.rect(
			230,
			220,
			500,
			360,
			c.linear(0, [
				[0, '#8a5a2a', 0.34],
				[0.3, '#fff', 0.24],
				[0.6, '#fff', 0],
				[1, '#8a5a2a', 0.4],
			]),
		);
	});
	c.line('M352 230H608M244 540C320 574 640 574 716 540', ink.walnut, 8);
	c.ellipse(480, 840, 360, 56, '#ffedb8', `opacity="0.4" ${c.blur(24)}`);
};

/** Candles in glazed cups, the front one alight. */
export const candle: Painter = (c, { color, accent, seed, style }) => {
	const one = (cx: number, base: number, scale: number, tint: string, lit: boolean) => {
		const h = 260 * scale;
		turn(c, {
			cx,
			base,
			color: tint,
			gloss: 0.8,
			straight: true,
			profile: [
				[h, 130 * scale],
				[0, 122 * scale],
			],
			top: lighter(tint, 0.6),
			tilt: 0.24,
			decorate: ({ left, top, bottom }) => {
				if (style % 2) c.rect(left, top + 40, 300, 70, weave(c, 'lattice', tint, lighter(tint, 0.4), 40));
				c.rect(cx - 66 * scale, bottom - h * 0.55, 132 * scale, 100 * scale, ink.cream, 6);
				brushWord(c, cx - 30 * scale, bottom - h * 0.52, 60 * scale, `${seed}${cx}`);
			},
		});
		const y = base - h;
		c.line(`M${cx} ${y}q4 -18 -2 -34`, ink.ink, 6);
		if (!lit) return;
		c.ellipse(cx, y - 84, 150, 170, '#ffd98a', `opacity="0.5" ${c.blur(36)}`);
		c.path(
			`M${cx - 2} ${y - 28}C${cx - 44} ${y - 60} ${cx - 20} ${y - 110} ${cx + 2} ${y - 156}C${cx + 20} ${y - 110} ${cx + 40} ${y - 64} ${cx - 2} ${y - 28}Z`,
			c.linear(90, [
				[0, '#ffb347'],
				[0.5, '#ffe08a'],
				[1, '#fffbe8'],
			]),
		);
	};
	one(690, 740, 0.86, accent, false);
	one(410, 820, 1.16, color, true);
	sprig(c, 620, 880, 220, -16, ink.leaf, seed);
};

/** A cushion with a patterned front. */
export const cushion: Painter = (c, { color, accent, seed, style }) => {
	const weaves: Weave[] = ['ikat', 'waves', 'blossoms', 'lattice', 'stripes', 'cranes'];
	groundShadow(c, 490, 806, 260, 400, 300);
	const d =
		'M190 300C280 250 380 292 490 284C600 292 700 250 790 300C820 420 776 500 784 570C790 660 830 720 790 800C690 826 600 806 490 812C380 806 290 826 190 800C150 720 190 660 196 570C204 500 160 420 190 300Z';
	c.path(d, weave(c, weaves[style % 6] as Weave, color, accent, 112, 2));
	c.clipped(d, () => {
		folds(
			c,
			[
				[
					[200, 310],
					[270, 380],
					[300, 470],
				],
				[
					[780, 310],
					[710, 390],
					[690, 470],
				],
				[
					[200, 790],
					[270, 720],
					[300, 640],
				],
				[
					[780, 790],
					[720, 720],
					[690, 650],
				],
				[
					[420, 300],
					[450, 380],
					[440, 440],
				],
			],
			0.9,
		);
		c.ellipse(
			490,
			550,
			350,
			320,
			c.radial(0.36, 0.3, 0.8, [
				[0, '#fff9ee', 0.42],
				[0.5, '#fff9ee', 0],
				[1, '#171a2b', 0.5],
			]),
		);
	});
	c.path(d, 'none', `stroke="${darker(accent, 0.1)}" stroke-width="9"`);
	for (const [x, y, degrees] of [
		[188, 300, -135],
		[792, 300, -45],
		[188, 802, 135],
		[792, 802, 45],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			for (let i = -3; i <= 3; i++) c.line(`M0 0Q24 ${i * 4} 52 ${i * 8}`, accent, 5);
			c.ellipse(6, 0, 11, 11, lighter(accent, 0.2));
		});
	}
	c.rect(742, 640, 30, 46, ink.cream, 4, `transform="rotate(4 742 640)"`);
	seal(c, 746, 650, 22, seed);
};

/** A woven basket with a handle and cloth inside. */
export const basket: Painter = (c, { color, accent, seed, style }) => {
	const straw = mix(ink.bamboo, color, 0.25);
	c.line('M230 520C220 180 750 180 740 520', darker(straw, 0.36), 34);
	c.line('M230 516C224 190 746 190 740 516', straw, 24);
	c.line('M229 500C230 290 380 262 485 262', lighter(straw, 0.5), 6, 'opacity="0.7"');
	c.path(
		'M240 520C260 420 340 470 400 420C470 380 520 450 590 410C660 390 720 450 736 520Z',
		weave(c, style % 2 ? 'checks' : 'stripes', ink.cream, accent, 48),
	);
	folds(
		c,
		[
			[
				[340, 440],
				[350, 480],
				[330, 520],
			],
			[
				[500, 430],
				[510, 470],
				[490, 520],
			],
			[
				[650, 430],
				[640, 480],
				[660, 520],
			],
		],
		0.8,
	);
	turn(c, {
		cx: 485,
		base: 812,
		color: straw,
		gloss: 0.06,
		profile: [
			[300, 262],
			[240, 258],
			[60, 220],
			[0, 196],
		],
		tilt: 0.16,
		decorate: ({ left, right, top, bottom }) => {
			c.rect(left, top - 40, right - left, bottom - top + 100, basketWeave(c, straw));
			c.rect(left, top + 130, right - left, 56, basketWeave(c, color));
		},
	});
	c.path(
		'M222 512A263 42 0 0 0 748 512L748 534A263 42 0 0 1 222 534Z',
		c.linear(0, [
			[0, darker(straw, 0.4)],
			[0.3, lighter(straw, 0.4)],
			[1, darker(straw, 0.5)],
		]),
	);
	sprig(c, 420, 440, 190, -50, ink.leaf, seed, false);
};

/** A wall clock of turned wood. */
export const clock: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(536, 512, 300, 300, '#1d1a2e', `opacity="0.3" ${c.blur(22)}`);
	c.ellipse(
		500,
		470,
		300,
		300,
		c.linear(45, [
			[0, lighter(ink.wood, 0.45)],
			[0.5, ink.wood],
			[1, darker(ink.wood, 0.4)],
		]),
	);
	c.ellipse(500, 470, 262, 262, darker(ink.wood, 0.46));
	c.ellipse(
		503,
		474,
		256,
		256,
		c.linear(45, [
			[0, lighter(color, 0.34)],
			[1, color],
		]),
	);
	for (let i = 0; i < 12; i++) {
		const angle = (i * Math.PI) / 6;
		const [s, k] = [Math.sin(angle), -Math.cos(angle)];
		if (style % 2 && i % 3 === 0) blossom(c, 500 + s * 206, 472 + k * 206, 24, accent, i * 30);
		else
			c.line(
				`M${n(500 + s * 222)} ${n(472 + k * 222)}L${n(500 + s * (i % 3 ? 204 : 184))} ${n(472 + k * (i % 3 ? 204 : 184))}`,
				mix(color, ink.ink, 0.8),
				i % 3 ? 6 : 13,
			);
	}
	const hand = (degrees: number, length: number, width: number, tint: string) => {
		c.line(`M500 ${472 + 30}V${472 - length}`, '#171a2b', width, `transform="translate(8 12) rotate(${degrees} 500 472)" opacity="0.25" ${c.blur(4)}`);
		c.line(`M500 ${472 + 30}V${472 - length}`, tint, width, `transform="rotate(${degrees} 500 472)"`);
	};
	hand(-58, 130, 15, ink.ink);
	hand(54, 190, 10, ink.ink);
	hand(162, 200, 5, accent);
	c.ellipse(500, 472, 15, 15, accent);
	c.path('M290 330A256 256 0 0 1 480 218L420 330Z', '#fff', `opacity="0.16" ${c.blur(8)}`);
	seal(c, 480, 570, 40, seed);
};

/** A pendant lamp of rattan. */
export const pendant: Painter = (c, { color, accent, style }) => {
	c.line('M500 -20V220', ink.charcoal, 7);
	c.ellipse(500, 620, 420, 280, '#ffe6a3', `opacity="0.5" ${c.blur(70)}`);
	c.ellipse(500, 560, 60, 66, '#fff6d8');
	const bell =
		style % 2
			? 'M440 220C300 260 210 420 180 580C400 620 600 620 820 580C790 420 700 260 560 220Z'
			: 'M450 220C330 250 230 360 220 460C220 540 300 580 330 600C440 620 560 620 670 600C700 580 780 540 780 460C770 360 670 250 550 220Z';
	c.path(
		bell,
		c.linear(0, [
			[0, darker(color, 0.2)],
			[0.35, lighter(color, 0.4)],
			[1, darker(color, 0.36)],
		]),
		'opacity="0.85"',
	);
	c.clipped(bell, () => {
		for (let i = -12; i <= 12; i++)
			c.path(`M${500 + i * 4} 210C${500 + i * 20} 300 ${500 + i * 30} 440 ${500 + i * 29} 640`, 'none', `stroke="${darker(color, 0.3)}" stroke-width="7"`);
		for (let y = 260; y < 620; y += 34) c.path(`M160 ${y}Q500 ${y + 46} 840 ${y}`, 'none', `stroke="${lighter(color, 0.3)}" stroke-width="8"`);
		c.ellipse(500, 560, 210, 130, '#fff0bd', `opacity="0.55" ${c.blur(30)}`);
	});
	c.rect(452, 196, 96, 38, accent, 12);
	c.ellipse(500, 880, 300, 34, '#ffe6a3', `opacity="0.5" ${c.blur(20)}`);
};
