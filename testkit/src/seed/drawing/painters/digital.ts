import { type Canvas, curve, n, type Point } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { dropShadow, turn } from '../forms.ts';
import { blossom, brushWord, leaf, print, seal, type Weave, weave } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';

const WEAVES: Weave[] = ['waves', 'cranes', 'blossoms', 'lattice', 'leaves', 'ikat', 'dots', 'checks', 'stripes'];

/** A landscape in five colours, the subject of posters and screens. */
function landscape(c: Canvas, x: number, y: number, w: number, h: number, color: string, accent: string, seed: string): void {
	const random = createRandom(`landscape ${seed}`);
	c.clipped(`M${x} ${y}h${w}v${h}h${-w}Z`, () => {
		c.rect(
			x,
			y,
			w,
			h,
			c.linear(90, [
				[0, lighter(color, 0.3)],
				[0.6, lighter(accent, 0.6)],
				[1, ink.cream],
			]),
		);
		c.ellipse(x + w * random.between(0.3, 0.7), y + h * 0.34, w * 0.17, w * 0.17, random.chance(0.5) ? ink.vermilion : '#fff6df');
		[0.5, 0.62, 0.74, 0.86].forEach((level, i) => {
			const points: Point[] = [];
			for (let k = -1; k <= 7; k++) points.push([x + (w * k) / 6, y + h * (level + random.between(-0.09, 0.06))]);
			c.path(`${curve(points)}V${y + h + 40}H${x - w}Z`, mix(lighter(accent, 0.4), darker(color, 0.4), i / 3));
		});
	});
}

/** A framed print on the wall over a console. */
export const poster: Painter = (c, { color, accent, seed, style }) => {
	c.rect(270, 110, 470, 620, '#15121f', 0, `transform="translate(20 28)" opacity="0.34" ${c.blur(18)}`);
	c.rect(
		270,
		110,
		470,
		620,
		c.linear(45, [
			[0, lighter(ink.walnut, 0.3)],
			[1, darker(ink.walnut, 0.3)],
		]),
	);
	c.rect(288, 128, 434, 584, '#fffdf6');
	if (style % 3 === 0) landscape(c, 330, 176, 350, 440, color, accent, seed);
	else if (style % 3 === 1) {
		c.rect(330, 176, 350, 440, color);
		brushWord(c, 380, 250, 250, seed, ink.cream);
	} else {
		c.rect(330, 176, 350, 440, lighter(accent, 0.6));
		for (const [x, y, r] of [
			[505, 340, 110],
			[420, 470, 70],
			[600, 480, 80],
			[450, 250, 50],
		] as const)
			blossom(c, x, y, r, x % 2 ? color : accent, y);
		for (const degrees of [-120, -60, -90]) leaf(c, 505, 600, 190, degrees, ink.jade);
	}
	print(c, 420, 640, 170, 2, ink.ink, seed, 20);
	seal(c, 640, 636, 38, seed);
	c.path('M300 140L520 140L330 700L300 700Z', '#fff', 'opacity="0.12"');
	turn(c, {
		cx: 820,
		base: 840,
		color: accent,
		gloss: 0.8,
		top: 'open',
		profile: [
			[190, 44],
			[170, 38],
			[120, 80],
			[40, 90],
			[0, 60],
		],
	});
	for (const degrees of [-116, -84, -58]) leaf(c, 820, 650, 150, degrees, ink.leaf);
};

/** A specimen sheet of drawn characters. */
export const specimen: Painter = (c, { color, accent, seed }) => {
	c.group('transform="rotate(-7 500 500)"', () => {
		for (const [dx, dy, degrees, tint] of [
			[60, 40, 9, accent],
			[0, 0, 0, ink.cream],
		] as const) {
			c.group(`transform="translate(${dx} ${dy}) rotate(${degrees} 500 500)"`, () => {
				const sheet = 'M190 110H810V890H190Z';
				dropShadow(c, sheet, 14, 20, 12, 0.34);
				c.path(
					sheet,
					c.linear(45, [
						[0, lighter(tint, 0.4)],
						[1, tint],
					]),
				);
			});
		}
		c.rect(190, 110, 620, 330, color);
		brushWord(c, 250, 160, 230, seed, ink.cream);
		brushWord(c, 520, 160, 230, `${seed}+`, ink.cream);
		for (let row = 0; row < 3; row++)
			for (let column = 0; column < 6; column++) {
				const [x, y] = [232 + column * 92, 480 + row * 100];
				c.rect(x, y, 78, 78, 'none', 2, `stroke="${lighter(ink.vermilion, 0.3)}" stroke-width="2" opacity="0.6"`);
				brushWord(c, x + 10, y + 10, 58, `${seed}${row}${column}`, darker(color, 0.3));
			}
		print(c, 232, 800, 340, 3, ink.ink, seed, 22);
		seal(c, 720, 800, 60, seed);
	});
};

/** A book open on a tablet. */
export const tablet: Painter = (c, { color, accent, seed, style }) => {
	c.group('transform="rotate(8 500 500)"', () => {
		const slate = 'M250 90H750A40 40 0 0 1 790 130V870A40 40 0 0 1 750 910H250A40 40 0 0 1 210 870V130A40 40 0 0 1 250 90Z';
		dropShadow(c, slate, 20, 28, 18, 0.42);
		c.path(
			slate,
			c.linear(45, [
				[0, lighter(ink.charcoal, 0.3)],
				[1, darker(ink.charcoal, 0.4)],
			]),
		);
		c.rect(244, 130, 512, 740, '#fbf6ea', 12);
		if (style % 2) {
			landscape(c, 244, 130, 512, 320, color, accent, seed);
			brushWord(c, 286, 480, 110, seed, ink.ink);
			print(c, 420, 500, 290, 3, ink.ink, seed, 28);
			print(c, 286, 630, 424, 8, ink.ink, `${seed}p`, 28);
		} else {
			c.rect(244, 130, 512, 740, color, 12);
			c.rect(276, 162, 448, 676, 'none', 4, `stroke="${lighter(color, 0.4)}" stroke-width="5"`);
			c.ellipse(500, 400, 150, 150, lighter(accent, 0.1));
			brushWord(c, 406, 306, 190, seed, ink.cream);
			print(c, 370, 640, 260, 3, ink.cream, seed, 30);
			seal(c, 470, 750, 60, seed);
		}
		c.path('M244 130H520L300 870H244Z', '#fff', 'opacity="0.08"');
	});
	leaf(c, 130, 880, 180, -50, ink.leaf);
	leaf(c, 140, 890, 170, -12, ink.jade);
};

/** A grid of little pictures on tiles. */
export const icons: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`icons ${seed}`);
	const tints = [color, accent, lighter(color, 0.3), ink.cream, darker(color, 0.2), lighter(accent, 0.34)];
	for (let i = 0; i < 16; i++) {
		const [x, y] = [140 + (i % 4) * 190, 140 + Math.floor(i / 4) * 190];
		const tint = tints[(i * 5 + style) % 6] as string;
		const mark = tint === ink.cream ? darker(color, 0.2) : ink.cream;
		c.rect(x, y, 160, 160, '#15121f', 38, `transform="translate(8 14)" opacity="0.3" ${c.blur(8)}`);
		c.rect(
			x,
			y,
			160,
			160,
			c.linear(60, [
				[0, lighter(tint, 0.2)],
				[1, tint],
			]),
			38,
		);
		const draw = [
			() => c.path(`M${x + 40} ${y + 62}h80v44a30 30 0 0 1 -30 26h-20a30 30 0 0 1 -30 -26Z`, mark),
			() => blossom(c, x + 80, y + 84, 48, mark, i * 9),
			() => leaf(c, x + 36, y + 116, 110, -44, mark),
			() => c.line(`M${x + 40} ${y + 110}L${x + 80} ${y + 50}L${x + 120} ${y + 110}M${x + 60} ${y + 110}h40`, mark, 14),
			() => c.ellipse(x + 80, y + 80, 40, 40, 'none', `stroke="${mark}" stroke-width="15"`),
			() => c.line(`M${x + 44} ${y + 60}h72M${x + 44} ${y + 84}h72M${x + 44} ${y + 108}h44`, mark, 12),
			() => c.path(`M${x + 80} ${y + 42}l12 28l30 3l-23 20l7 30l-26 -16l-26 16l7 -30l-23 -20l30 -3Z`, mark),
			() => c.path(`M${x + 46} ${y + 122}v-52l34 -28l34 28v52h-24v-30h-20v30Z`, mark),
		];
		(draw[(i * 3 + random.integer(0, 7)) % 8] as () => void)();
	}
};

/** Instant prints scattered on the table. */
export const photos: Painter = (c, { color, accent, seed }) => {
	const prints: [number, number, number, string][] = [
		[190, 150, -12, color],
		[520, 120, 9, accent],
		[170, 510, 7, mix(color, accent, 0.5)],
		[510, 500, -8, lighter(color, 0.2)],
	];
	prints.forEach(([x, y, degrees, tint], i) => {
		c.group(`transform="rotate(${degrees} ${x + 160} ${y + 190})"`, () => {
			c.rect(x, y, 320, 380, '#15121f', 4, `transform="translate(10 16)" opacity="0.36" ${c.blur(9)}`);
			c.rect(x, y, 320, 380, '#fffdf6', 4);
			landscape(c, x + 24, y + 24, 272, 272, tint, i % 2 ? color : accent, `${seed}${i}`);
			print(c, x + 60, y + 328, 150, 1, ink.ink, seed, 24);
		});
	});
	c.ellipse(480, 500, 20, 20, ink.vermilion);
	c.ellipse(474, 494, 7, 7, '#fff', 'opacity="0.7"');
};

/** Sheets of pattern, fanned. */
export const patterns: Painter = (c, { color, accent, style }) => {
	for (let i = 0; i < 6; i++) {
		c.group(`transform="rotate(${-50 + i * 20} 500 980)"`, () => {
			c.rect(380, 190, 240, 640, '#15121f', 6, `transform="translate(10 10)" opacity="0.3" ${c.blur(8)}`);
			c.rect(
				380,
				190,
				240,
				640,
				weave(c, WEAVES[(i + style) % 9] as Weave, i % 2 ? color : lighter(accent, 0.1), i % 2 ? lighter(color, 0.5) : lighter(accent, 0.6), 72),
				6,
			);
			c.rect(380, 760, 240, 70, ink.cream, 6);
			print(c, 410, 786, 120, 2, ink.ink, `${i}`);
		});
	}
	c.ellipse(500, 900, 24, 24, ink.brass);
};

/** Planner pages with a week laid out. */
export const planner: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`planner ${seed}`);
	c.group('transform="rotate(5 500 500)"', () => {
		const sheet = 'M150 150H850V850H150Z';
		dropShadow(c, sheet, 16, 22, 14, 0.34);
		c.path(
			sheet,
			c.linear(45, [
				[0, '#fffdf6'],
				[1, '#f4ead7'],
			]),
		);
		c.rect(150, 150, 700, 110, color);
		brushWord(c, 186, 164, 80, seed, ink.cream);
		print(c, 300, 190, 240, 2, ink.cream, seed, 26);
		for (let column = 0; column < 4; column++)
			for (let row = 0; row < 2; row++) {
				const [x, y] = [180 + column * 164, 300 + row * 270];
				c.rect(x, y, 148, 244, row && column === 3 ? lighter(accent, 0.5) : lighter(color, 0.82), 10);
				c.rect(x, y, 148, 38, (column + row) % 2 ? lighter(accent, 0.1) : lighter(color, 0.3), 10);
				for (let i = 0; i < 5; i++) {
					c.rect(x + 16, y + 60 + i * 34, 17, 17, 'none', 4, `stroke="${color}" stroke-width="3"`);
					if (random.chance(0.5)) c.line(`M${x + 19} ${n(y + 68 + i * 34)}l5 6l10 -13`, ink.vermilion, 4);
					c.rect(x + 44, y + 65 + i * 34, random.between(50, 90), 6, ink.ink, 3, 'opacity="0.4"');
				}
			}
	});
	c.group('transform="translate(700 880) rotate(-40)"', () => {
		c.rect(
			0,
			-12,
			260,
			24,
			c.linear(90, [
				[0, lighter(accent, 0.4)],
				[1, darker(accent, 0.3)],
			]),
			6,
		);
		c.path('M0 -12L-40 0L0 12Z', '#e3c193');
		c.path('M-24 -5L-40 0L-24 5Z', ink.ink);
	});
};

/** A record half out of its sleeve. */
export const record: Painter = (c, { color, accent, seed, style }) => {
	c.group('transform="rotate(-6 500 500)"', () => {
		c.ellipse(640, 520, 300, 300, '#15121f', `opacity="0.4" ${c.blur(14)} transform="translate(10 18)"`);
		c.ellipse(640, 500, 300, 300, '#17171b');
		for (let r = 290; r > 120; r -= 11) c.ellipse(640, 500, r, r, 'none', 'stroke="#34343c" stroke-width="2"');
		c.path('M640 500L880 320A300 300 0 0 1 930 430Z', '#fff', `opacity="0.16" ${c.blur(5)}`);
		c.ellipse(640, 500, 104, 104, accent);
		c.ellipse(640, 500, 13, 13, ink.cream);
		const sleeve = 'M90 190H690V810H90Z';
		dropShadow(c, sleeve, 14, 20, 12, 0.42);
		if (style % 2) landscape(c, 90, 190, 600, 620, color, accent, seed);
		else {
			c.path(sleeve, color);
			for (let i = 0; i < 34; i++) {
				const h = 40 + Math.abs(Math.sin(i * 0.62) * Math.cos(i * 0.23)) * 300;
				c.rect(130 + i * 15.6, 500 - h / 2, 8, h, i % 5 ? ink.cream : lighter(accent, 0.2), 4);
			}
		}
		seal(c, 600, 720, 60, seed);
		c.path('M90 190H300L150 810H90Z', '#fff', 'opacity="0.1"');
	});
};

/** A swatch of brush strokes, as a set for painting programs. */
export const strokes: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`strokes ${seed}`);
	const sheet = 'M130 120H870V880H130Z';
	dropShadow(c, sheet, 14, 20, 14, 0.32);
	c.path(
		sheet,
		c.linear(45, [
			[0, '#fffdf6'],
			[1, '#f3e8d3'],
		]),
	);
	for (let i = 0; i < 6; i++) {
		const y = 210 + i * 116;
		const tint = [ink.ink, color, accent, ink.vermilion, darker(color, 0.3), ink.jade][i] as string;
		for (let hair = 0; hair < 16; hair++) {
			const dy = (hair - 8) * random.between(3.4, 5);
			c.line(
				curve([
					[190 + random.between(-8, 30), y + dy],
					[380, y + dy * 1.2 + random.between(-8, 8) - 22],
					[590, y + dy * 0.9 + 20],
					[800 - random.between(0, 110), y + dy * 0.5 - 8],
				]),
				tint,
				random.between(3, 9),
				`opacity="${n(random.between(0.4, 0.9))}"`,
			);
		}
	}
	seal(c, 790, 800, 54, seed);
};

export const flat = ['specimen', 'tablet', 'icons', 'photos', 'patterns', 'planner', 'record', 'strokes'];
