import { blob, type Canvas, n, type Point, polygon } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { box, dropShadow, groundShadow, project, turn } from '../forms.ts';
import { blossom, seal, weave } from '../motifs.ts';
import type { Painter } from '../scene.ts';

const PAINTS = [ink.vermilion, ink.amber, ink.jade, ink.indigo, ink.plum] as const;
const paint = (i: number) => PAINTS[((i % 5) + 5) % 5] as string;

function wheel(c: Canvas, x: number, y: number, r: number, color: string): void {
	c.ellipse(x + 5, y + 4, r, r, darker(color, 0.5));
	c.ellipse(
		x,
		y,
		r,
		r,
		c.radial(0.35, 0.3, 0.85, [
			[0, lighter(color, 0.5)],
			[0.6, color],
			[1, darker(color, 0.3)],
		]),
	);
	c.ellipse(x, y, r * 0.5, r * 0.5, 'none', `stroke="${darker(color, 0.3)}" stroke-width="4" opacity="0.6"`);
	c.ellipse(x, y, r * 0.2, r * 0.2, ink.wood);
}

const grain = (c: Canvas, tint: string) =>
	c.pattern(
		120,
		26,
		`<rect width="120" height="26" fill="${tint}"/><path d="M0 6Q60 0 120 6M0 18Q60 24 120 18" stroke="${darker(tint, 0.25)}" stroke-width="1.6" fill="none" opacity="0.35"/>`,
	);

/** A fox, bear, hare or hen on wheels, with a string to pull. */
export const pullAnimal: Painter = (c, { color, accent, style }) => {
	groundShadow(c, 480, 812, 260, 200, 300);
	c.line('M742 742C830 720 840 860 940 842', ink.bamboo, 8);
	c.ellipse(944, 840, 18, 18, accent);
	const fur = grain(c, color);
	const kinds = [fox, bear, hare, hen] as const;
	(kinds[style % 4] as typeof fox)(c, fur, color);
	c.rect(
		214,
		700,
		540,
		54,
		c.linear(90, [
			[0, lighter(ink.wood, 0.5)],
			[0.4, ink.wood],
			[1, darker(ink.wood, 0.3)],
		]),
		22,
	);
	for (const x of [300, 660]) wheel(c, x, 762, 62, accent);
};

function body(c: Canvas, d: string, fur: string): void {
	c.path(d, fur);
	c.path(
		d,
		c.linear(65, [
			[0, '#fff9ee', 0.42],
			[0.45, '#fff9ee', 0],
			[1, '#171a2b', 0.36],
		]),
	);
	c.path(d, 'none', 'stroke="#fff9ee" stroke-width="5" opacity="0.3" transform="translate(3 4)"');
}
const eye = (c: Canvas, x: number, y: number) => {
	c.ellipse(x, y, 14, 15, ink.ink);
	c.ellipse(x - 4, y - 5, 4.5, 4.5, '#fff');
};

function fox(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M240 700C190 600 120 580 130 470C190 480 250 520 290 600C330 540 420 520 500 530L520 380L570 300L610 370C660 350 700 352 730 364L778 296L800 400C812 440 790 500 740 530C720 590 712 640 712 700H620C610 660 590 640 560 640H400C370 640 350 664 346 700Z',
		fur,
	);
	c.path('M130 470C160 474 190 488 216 508C200 530 180 548 166 566C136 540 128 510 130 470Z', ink.cream);
	c.path('M600 470C640 520 720 530 796 430C800 470 780 510 740 530C690 548 620 530 600 470Z', ink.cream);
	c.ellipse(796, 436, 17, 14, ink.ink);
	eye(c, 690, 430);
	c.path('M570 316L590 372L552 384Z', darker(color, 0.5), 'opacity="0.6"');
}

function bear(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M230 700C200 560 270 450 420 440C470 430 520 440 550 460C546 420 560 396 590 380C570 340 610 306 644 334C680 318 720 320 748 334C780 304 822 342 802 380C840 430 826 510 770 540C730 560 716 640 712 700H610C606 660 590 636 560 636H390C360 636 340 660 336 700Z',
		fur,
	);
	c.ellipse(706, 474, 70, 52, lighter(color, 0.5));
	c.ellipse(706, 452, 24, 17, ink.ink);
	eye(c, 650, 414);
	eye(c, 756, 414);
}

function hare(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M250 700C210 600 250 480 370 470C460 462 540 490 570 470C600 450 600 420 606 400C570 310 540 200 580 180C620 170 650 280 660 360C690 260 730 180 764 200C790 230 730 330 710 378C770 400 790 470 750 520C730 560 716 640 712 700H616C610 660 590 640 560 640H400C370 640 350 660 346 700Z',
		fur,
	);
	c.ellipse(240, 570, 46, 44, ink.cream);
	c.path('M590 210C604 240 630 310 640 356C610 320 588 250 590 210Z', mix(color, ink.blush, 0.7));
	c.ellipse(752, 466, 14, 11, ink.vermilion);
	eye(c, 690, 436);
}

function hen(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M150 440C220 450 280 500 330 520C420 540 480 500 520 420C540 360 600 320 660 336C720 350 740 410 730 470C726 600 660 700 560 704H380C250 690 160 580 150 440Z',
		fur,
	);
	c.path('M590 336C580 280 620 270 634 306C640 262 690 264 684 312C716 290 736 324 712 356Z', ink.vermilion);
	c.path('M732 420L800 446L728 466Z', ink.amber);
	c.ellipse(722, 500, 20, 32, ink.vermilion);
	c.path('M310 560C380 530 470 560 500 620C440 660 350 650 310 560Z', darker(color, 0.2));
	eye(c, 668, 406);
}

/** A stacking rainbow of arches. */
export const rainbow: Painter = (c, { color, style }) => {
	groundShadow(c, 490, 806, 330, 200, 340);
	const order = style % 2 ? [ink.indigo, ink.jade, ink.wheat, ink.clay, ink.vermilion] : [ink.vermilion, ink.amber, ink.jade, ink.indigo, color];
	order.forEach((tint, i) => {
		const outer = 340 - i * 64;
		const inner = outer - 56;
		const d = `M${490 - outer} 800A${outer} ${outer * 1.2} 0 0 1 ${490 + outer} 800H${490 + inner}A${inner} ${inner * 1.2} 0 0 0 ${490 - inner} 800Z`;
		c.path(d, darker(tint, 0.5), 'transform="translate(12 -7)"');
		c.path(d, grain(c, tint));
		c.path(
			d,
			c.linear(35, [
				[0, '#fff9ee', 0.45],
				[0.5, '#fff9ee', 0.02],
				[1, '#171a2b', 0.3],
			]),
		);
		c.line(`M${490 - outer + 8} 780A${outer - 8} ${outer * 1.2 - 8} 0 0 1 490 ${800 - outer * 1.2 + 8}`, '#fff9ee', 5, 'opacity="0.5"');
	});
	turn(c, {
		cx: 840,
		base: 846,
		color: ink.vermilion,
		gloss: 0.4,
		profile: [
			[130, 20],
			[118, 36],
			[96, 40],
			[76, 26],
			[60, 34],
			[0, 54],
		],
	});
	turn(c, {
		cx: 150,
		base: 856,
		color: ink.jade,
		gloss: 0.4,
		profile: [
			[130, 20],
			[118, 36],
			[96, 40],
			[76, 26],
			[60, 34],
			[0, 54],
		],
	});
};

/** A train with two wagons. */
export const train: Painter = (c, { color, accent, style }) => {
	const view = (x: number, y: number) => ({ at: [x, y] as Point, turn: 16, pitch: 0.36 });
	const wagon = (x: number, y: number, tint: string, load: () => void) => {
		box(c, view(x, y), { x: 0, y: 0, z: 26, width: 210, depth: 150, height: 30, color: ink.wood, round: 10 });
		load();
		box(c, view(x, y), { x: 0, y: 130, z: 56, width: 210, depth: 18, height: 76, color: tint, round: 8, shadow: false });
		for (const along of [44, 166]) wheel(c, ...project(view(x, y), along, 152, 20), 38, tint);
	};
	wagon(610, 760, accent, () => {
		for (const [x, y] of [
			[630, 700],
			[690, 690],
			[750, 720],
		] as const)
			c.ellipse(
				x,
				y,
				42,
				42,
				c.radial(0.35, 0.3, 0.8, [
					[0, lighter(ink.amber, 0.6)],
					[1, darker(ink.amber, 0.2)],
				]),
			);
	});
	const at = view(250, 660);
	box(c, at, { x: 0, y: 0, z: 26, width: 300, depth: 160, height: 34, color: ink.wood, round: 10 });
	box(c, at, {
		x: 190,
		y: 10,
		z: 60,
		width: 108,
		depth: 140,
		height: 190,
		color,
		round: 8,
		shadow: false,
		onFront: () => c.rect(22, 30, 64, 74, '#ffefc2', 8),
		onSide: () => c.rect(30, 30, 80, 74, '#ffefc2', 8),
	});
	box(c, at, { x: 176, y: 0, z: 250, width: 136, depth: 160, height: 22, color: accent, round: 10, shadow: false });
	box(c, at, { x: 0, y: 24, z: 60, width: 190, depth: 112, height: 110, color: paint(style + 2), round: 30, shadow: false });
	turn(c, {
		cx: 268,
		base: 556,
		color: accent,
		gloss: 0.4,
		floating: true,
		profile: [
			[110, 46],
			[90, 46],
			[80, 28],
			[0, 28],
		],
		top: 'open',
		straight: true,
	});
	for (const along of [46, 150, 254]) wheel(c, ...project(at, along, 162, 18), 48, ink.vermilion);
	for (const [x, y, r] of [
		[300, 380, 36],
		[350, 310, 48],
		[430, 250, 60],
	] as const)
		c.ellipse(x, y, r, r * 0.86, '#fffaf2', 'opacity="0.9"');
};

/** A tower of building blocks. */
export const blocks: Painter = (c, { color, seed, style }) => {
	const view = { at: [440, 600] as Point, turn: 34, pitch: 0.42 };
	const cube = (x: number, y: number, z: number, tint: string, mark: number, shadow = z === 0) =>
		box(c, view, {
			x,
			y,
			z,
			width: 150,
			depth: 150,
			height: 150,
			color: tint,
			round: 14,
			shadow,
			onFront: () => {
				c.rect(20, 20, 110, 110, lighter(tint, 0.4), 12);
				if (mark % 3 === 0) blossom(c, 75, 80, 42, darker(tint, 0.1));
				else if (mark % 3 === 1) c.ellipse(75, 75, 36, 36, darker(tint, 0.1));
				else
					c.path(
						polygon([
							[75, 36],
							[114, 110],
							[36, 110],
						]),
						darker(tint, 0.1),
					);
			},
			onSide: () => seal(c, 46, 46, 58, `${seed}${mark}`, darker(tint, 0.2)),
			onTop: () => c.rect(22, 22, 106, 106, 'none', 10, `stroke="${darker(tint, 0.12)}" stroke-width="7"`),
		});
	cube(-150, 30, 0, paint(style), 0);
	cube(20, -40, 0, paint(style + 1), 1);
	cube(40, 130, 0, color, 2);
	cube(-60, 20, 150, paint(style + 3), 4, false);
	box(c, view, { x: 100, y: 60, z: 150, width: 110, depth: 150, height: 90, color: paint(style + 4), round: 14, shadow: false });
	cube(-50, 30, 300, paint(style + 2), 3, false);
	c.ellipse(820, 846, 56, 16, '#15121f', `opacity="0.4" ${c.blur(8)}`);
	c.ellipse(
		820,
		800,
		54,
		54,
		c.radial(0.34, 0.3, 0.8, [
			[0, lighter(ink.vermilion, 0.6)],
			[0.5, ink.vermilion],
			[1, darker(ink.vermilion, 0.4)],
		]),
	);
};

/** Spinning tops, one dancing. */
export const top: Painter = (c, { color, accent, style }) => {
	const one = (cx: number, base: number, scale: number, tint: string, degrees: number) => {
		c.ellipse(cx + 40 * scale, base + 4, 110 * scale, 18 * scale, '#15121f', `opacity="0.4" ${c.blur(10)}`);
		c.group(`transform="rotate(${degrees} ${cx} ${base})"`, () => {
			turn(c, {
				cx,
				base,
				color: tint,
				gloss: 0.7,
				floating: true,
				profile: [
					[250, 186],
					[236, 206],
					[210, 206],
					[120, 120],
					[40, 34],
					[0, 8],
				].map(([h, r]) => [(h as number) * scale, (r as number) * scale]),
				top: 'closed',
				tilt: 0.26,
				decorate: ({ left, right, top: y }) => {
					c.rect(left, y + 10, right - left, 24 * scale, ink.cream);
					c.rect(left, y + 70 * scale, right - left, 16 * scale, accent);
				},
			});
			for (const [share, ring] of [
				[0.8, accent],
				[0.5, ink.cream],
			] as const)
				c.ellipse(cx, base - 250 * scale, 186 * scale * share, 186 * scale * share * 0.26, 'none', `stroke="${ring}" stroke-width="${n(12 * scale)}"`);
			turn(c, {
				cx,
				base: base - 246 * scale,
				color: ink.wood,
				gloss: 0.4,
				floating: true,
				profile: [
					[110, 22],
					[96, 28],
					[70, 18],
					[0, 20],
				].map(([h, r]) => [(h as number) * scale, (r as number) * scale]),
			});
		});
	};
	one(690, 760, 0.66, paint(style + 3), 22);
	one(390, 812, 1.15, color, -7);
	c.line('M560 870C640 830 700 920 780 880C840 850 880 900 930 870', ink.bamboo, 8);
};

/** A xylophone with its mallets, from above. */
export const xylophone: Painter = (c, { color, accent }) => {
	c.group('transform="rotate(-12 500 520)"', () => {
		for (const y of [360, 660]) {
			c.rect(120, y, 770, 40, '#15121f', 14, `transform="translate(14 24)" opacity="0.35" ${c.blur(10)}`);
			c.rect(
				120,
				y,
				770,
				40,
				c.linear(90, [
					[0, lighter(ink.wood, 0.4)],
					[1, darker(ink.wood, 0.2)],
				]),
				14,
			);
		}
		const tones = [ink.vermilion, mix(ink.vermilion, ink.amber, 0.5), ink.amber, mix(ink.amber, ink.jade, 0.5), ink.jade, ink.indigo, ink.plum, color];
		tones.forEach((tint, i) => {
			const [x, half] = [140 + i * 94, 330 - i * 22];
			c.rect(x, 530 - half, 80, half * 2, '#15121f', 14, `transform="translate(8 14)" opacity="0.3" ${c.blur(6)}`);
			c.rect(
				x,
				530 - half,
				80,
				half * 2,
				c.linear(0, [
					[0, lighter(tint, 0.3)],
					[0.3, lighter(tint, 0.16)],
					[1, darker(tint, 0.16)],
				]),
				14,
			);
			c.rect(x + 10, 530 - half + 10, 10, half * 2 - 20, '#fff', 5, 'opacity="0.35"');
			for (const y of [380, 680]) c.ellipse(x + 40, y, 9, 9, '#fff3cf');
		});
	});
	for (const [x, y, degrees] of [
		[180, 900, -32],
		[330, 930, -16],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			c.rect(10, 12, 480, 16, '#15121f', 8, `opacity="0.4" ${c.blur(6)}`);
			c.rect(
				0,
				-9,
				480,
				18,
				c.linear(90, [
					[0, lighter(ink.wood, 0.5)],
					[1, darker(ink.wood, 0.2)],
				]),
				9,
			);
			c.ellipse(
				486,
				0,
				36,
				36,
				c.radial(0.35, 0.3, 0.8, [
					[0, lighter(accent, 0.6)],
					[0.5, accent],
					[1, darker(accent, 0.4)],
				]),
			);
		});
	}
};

/** A puzzle with some pieces still to place, from above. */
export const puzzle: Painter = (c, { color, accent, style }) => {
	const frame = 'M130 130H870V870H130Z';
	dropShadow(c, frame, 16, 24, 16, 0.36);
	c.path(
		frame,
		c.linear(45, [
			[0, lighter(ink.wood, 0.45)],
			[1, darker(ink.wood, 0.1)],
		]),
	);
	c.rect(180, 180, 640, 640, darker(ink.wood, 0.34), 10);
	c.clipped('M180 180H820V820H180Z', () => {
		c.rect(180, 180, 640, 640, lighter(color, 0.5));
		c.ellipse(620, 340, 96, 96, ink.vermilion);
		c.path('M180 640C300 440 380 560 470 480C560 400 660 560 820 470V820H180Z', color);
		c.path('M180 740C320 640 460 760 600 660C700 600 760 680 820 650V820H180Z', accent);
		c.path(
			blob([
				[300, 360],
				[340, 320],
				[420, 320],
				[450, 350],
				[420, 372],
				[340, 376],
			]),
			'#fffaf2',
		);
		for (let i = 1; i < 4; i++) {
			const at = 180 + i * 160;
			let rows = `M180 ${at}`;
			let columns = `M${at} 180`;
			for (let k = 0; k < 4; k++) {
				const out = (i + k + style) % 2 ? -26 : 26;
				rows += `h60c-14 ${out * 1.5} 54 ${out * 1.5} 40 0h60`;
				columns += `v60c${out * 1.5} -14 ${out * 1.5} 54 0 40v60`;
			}
			for (const d of [rows, columns]) {
				c.line(d, '#171a2b', 5, 'opacity="0.5"');
				c.line(d, '#fff9ee', 2.5, 'transform="translate(3 3)" opacity="0.5"');
			}
		}
		c.path('M660 660h160v160h-160v-60c-40 14 -40 -54 0 -40Z', darker(ink.wood, 0.5));
	});
	c.group('transform="translate(66 96) rotate(14 740 760)"', () => {
		const piece = 'M660 660h160v160h-160v-60c-40 14 -40 -54 0 -40Z';
		dropShadow(c, piece, 10, 16, 8, 0.45);
		c.path(
			piece,
			c.linear(40, [
				[0, lighter(accent, 0.34)],
				[1, accent],
			]),
		);
	});
};

/** A roly-poly figure that always stands up again. */
export const tumbler: Painter = (c, { color, accent, seed, style }) => {
	turn(c, {
		cx: 480,
		base: 800,
		color,
		gloss: 0.9,
		profile: [
			[330, 100],
			[300, 130],
			[200, 236],
			[90, 236],
			[14, 120],
			[0, 90],
		],
		decorate: ({ left, right, top: y, bottom }) => {
			c.rect(left, y + 170, right - left, bottom - y, weave(c, style % 2 ? 'blossoms' : 'waves', color, lighter(color, 0.4), 84));
			c.path(`M${left} ${y + 190}Q480 ${y + 80} ${right} ${y + 190}L${right} ${y + 216}Q480 ${y + 110} ${left} ${y + 216}Z`, accent);
			c.ellipse(480, bottom - 110, 66, 66, ink.cream);
			seal(c, 446, bottom - 144, 68, seed);
		},
	});
	c.ellipse(
		480,
		420,
		168,
		150,
		c.radial(0.36, 0.3, 0.8, [
			[0, '#fff6e6'],
			[0.6, '#f6d9bb'],
			[1, '#cf9c78'],
		]),
	);
	c.path(
		'M312 410C300 250 660 250 648 410C600 330 560 330 480 336C400 330 360 330 312 410Z',
		c.linear(90, [
			[0, lighter(accent, 0.2)],
			[1, darker(accent, 0.3)],
		]),
	);
	c.ellipse(
		480,
		262,
		38,
		38,
		c.radial(0.35, 0.3, 0.8, [
			[0, lighter(ink.vermilion, 0.5)],
			[1, ink.vermilion],
		]),
	);
	for (const x of [420, 540]) eye(c, x, 430);
	for (const x of [384, 576]) c.ellipse(x, 474, 28, 18, '#e98f77', 'opacity="0.6"');
	c.line('M452 482Q480 508 508 482', ink.ink, 7);
};

export const flat = ['xylophone', 'puzzle'];
