import { type Canvas, curve, n, type Point } from '../canvas.ts';
import { darker, ink, lighter, mix } from '../color.ts';
import { groundShadow, type Profile, turn } from '../forms.ts';
import { blossom, crackle, leaf, sprig, washLandscape } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';
import { cup } from './tea.ts';

/** Glaze decorations, chosen by style: crackle, blue wash, drips, speckle, blossom branch, plain. */
function glaze(c: Canvas, style: number, color: string, accent: string, seed: string) {
	return ({ left, right, top, bottom }: { left: number; right: number; top: number; bottom: number }) => {
		const random = createRandom(`glaze ${seed}`);
		const [width, height] = [right - left, bottom - top];
		switch (style % 6) {
			case 0:
				return crackle(c, left, top, width, height, darker(color, 0.5), random);
			case 1:
				return washLandscape(c, left, right, top + height * 0.62, '#2b4d96', random);
			case 2: {
				const drip: Point[] = [[left - 10, top + height * 0.4]];
				for (let i = 0; i <= 9; i++) drip.push([left + (width * i) / 9, top + height * (i % 2 ? random.between(0.44, 0.66) : random.between(0.3, 0.4))]);
				return void c.path(
					`${curve(drip)}V${n(top - 60)}H${n(left - 20)}Z`,
					c.linear(90, [
						[0, accent],
						[0.8, mix(accent, color, 0.3)],
						[1, lighter(accent, 0.3)],
					]),
				);
			}
			case 3:
				for (let i = 0; i < 160; i++)
					c.ellipse(
						left + random.next() * width,
						top - 20 + random.next() * (height + 40),
						random.between(1.2, 4.2),
						random.between(1.2, 3.4),
						darker(color, 0.62),
						'opacity="0.55"',
					);
				return;
			case 4:
				c.line(
					curve([
						[left + width * 0.1, bottom],
						[left + width * 0.3, top + height * 0.6],
						[left + width * 0.55, top + height * 0.45],
						[left + width * 0.74, top + height * 0.1],
					]),
					darker(ink.walnut, 0.2),
					7,
				);
				for (const [u, v, r] of [
					[0.34, 0.5, 30],
					[0.52, 0.36, 36],
					[0.66, 0.24, 26],
					[0.2, 0.72, 24],
					[0.46, 0.62, 20],
				] as const)
					blossom(c, left + width * u, top + height * v, r, lighter(accent, 0.3), random.between(0, 72));
				return;
			default:
				return;
		}
	};
}

/** A teapot with spout, handle and lid. */
export const teapot: Painter = (c, { color, accent, seed, style }) => {
	const [cx, base] = [480, 800];
	const dark = darker(color, 0.3);
	c.line(`M${cx + 205} 585C${cx + 350} 470 ${cx + 400} 690 ${cx + 190} 720`, dark, 40);
	c.line(`M${cx + 205} 582C${cx + 345} 470 ${cx + 390} 686 ${cx + 190} 716`, color, 30);
	c.line(`M${cx + 214} 572C${cx + 330} 492 ${cx + 366} 640 ${cx + 250} 690`, lighter(color, 0.5), 7, 'opacity="0.8"');
	const spout = `M${cx - 190} 730C${cx - 300} 700 ${cx - 280} 560 ${cx - 372} 500L${cx - 330} 474C${cx - 250} 520 ${cx - 250} 590 ${cx - 170} 600Z`;
	c.path(
		spout,
		c.linear(20, [
			[0, lighter(color, 0.4)],
			[0.5, color],
			[1, darker(color, 0.36)],
		]),
	);
	c.ellipse(cx - 351, 487, 25, 12, darker(color, 0.6), `transform="rotate(-32 ${cx - 351} 487)"`);
	turn(c, {
		cx,
		base,
		color,
		gloss: 0.85,
		profile: [
			[268, 92],
			[262, 112],
			[220, 190],
			[140, 234],
			[62, 200],
			[20, 134],
			[0, 126],
		],
		decorate: glaze(c, style, color, accent, seed),
	});
	turn(c, {
		cx,
		base: 536,
		color,
		gloss: 0.7,
		floating: true,
		profile: [
			[52, 18],
			[44, 52],
			[20, 96],
			[0, 108],
		],
		tilt: 0.16,
	});
	turn(c, {
		cx,
		base: 488,
		color: style % 2 ? accent : color,
		gloss: 0.9,
		floating: true,
		profile: [
			[44, 8],
			[38, 24],
			[22, 30],
			[8, 18],
			[0, 18],
		],
	});
	cup(c, 800, 850, 74, mix(color, ink.rice, 0.3), '#b9812f');
};

/** A vase with a branch in it. */
export const vase: Painter = (c, { color, accent, seed, style }) => {
	const shapes: Profile[] = [
		[
			[500, 62],
			[478, 52],
			[420, 50],
			[360, 96],
			[250, 172],
			[130, 160],
			[30, 100],
			[0, 96],
		],
		[
			[430, 104],
			[410, 92],
			[372, 96],
			[300, 196],
			[190, 214],
			[70, 150],
			[0, 106],
		],
		[
			[540, 48],
			[500, 40],
			[380, 44],
			[260, 62],
			[170, 146],
			[80, 158],
			[20, 110],
			[0, 104],
		],
	];
	const profile = shapes[style % 3] as Profile;
	const rim = 800 - (profile[0] as [number, number])[0];
	const random = createRandom(`branch ${seed}`);
	for (const [dx, dy] of [
		[-120, -190],
		[60, -236],
		[190, -130],
	] as const) {
		const tip: Point = [470 + dx, rim + dy];
		c.line(curve([[470, rim + 20], [470 + dx * 0.3, rim + dy * 0.4], tip]), ink.walnut, 6);
		for (let i = 0; i < 6; i++) {
			const t = 0.35 + i * 0.12;
			const [x, y] = [470 + dx * t, rim + dy * t];
			if (style % 2) leaf(c, x, y, random.between(58, 84), random.between(-150, 20), i % 3 ? ink.leaf : lighter(ink.leaf, 0.2));
			else blossom(c, x + random.between(-16, 16), y + random.between(-14, 14), random.between(17, 30), lighter(accent, 0.4), random.between(0, 70));
		}
	}
	turn(c, { cx: 470, base: 800, color, gloss: 0.9, top: 'open', profile, decorate: glaze(c, style, color, accent, seed) });
};

/** A footed bowl, and a second one behind it. */
export const bowl: Painter = (c, { color, accent, seed, style }) => {
	const profile: Profile =
		style % 2
			? [
					[200, 232],
					[150, 218],
					[80, 164],
					[30, 96],
					[22, 84],
					[0, 88],
				]
			: [
					[216, 216],
					[196, 222],
					[120, 206],
					[50, 132],
					[24, 92],
					[0, 92],
				];
	turn(c, {
		cx: 690,
		base: 724,
		color: mix(color, ink.rice, 0.45),
		gloss: 0.6,
		top: 'open',
		profile: profile.map(([h, r]) => [h * 0.74, r * 0.74]),
		tilt: 0.24,
	});
	turn(c, { cx: 430, base: 812, color, gloss: 0.9, top: 'open', profile, tilt: 0.26, decorate: glaze(c, style, color, accent, seed) });
	const y = 812 - (profile[0] as [number, number])[0];
	c.path(`M250 ${n(y + 26)}A190 46 0 0 0 500 ${n(y + 40)}`, 'none', 'stroke="#fff" stroke-width="7" opacity="0.35" stroke-linecap="round"');
};

/** Three plates: one leaning, two lying. */
export const plates: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 520, 770, 200, 300, 260);
	const disc = (cx: number, cy: number, rx: number, ry: number) => {
		c.ellipse(cx + 8, cy + 10, rx, ry, darker(color, 0.5));
		c.ellipse(
			cx,
			cy,
			rx,
			ry,
			c.linear(50, [
				[0, lighter(color, 0.55)],
				[0.6, color],
				[1, darker(color, 0.24)],
			]),
		);
		const rim = `M${n(cx - rx * 0.95)} ${n(cy)}a${n(rx * 0.95)} ${n(ry * 0.95)} 0 1 0 ${n(rx * 1.9)} 0a${n(rx * 0.95)} ${n(ry * 0.95)} 0 1 0 ${n(-rx * 1.9)} 0Z`;
		c.clipped(rim, () => glaze(c, style, color, accent, seed)({ left: cx - rx, right: cx + rx, top: cy - ry, bottom: cy + ry }));
		c.ellipse(cx, cy, rx * 0.72, ry * 0.72, 'none', `stroke="${darker(color, 0.34)}" stroke-width="5" opacity="0.5"`);
		c.ellipse(cx - 3, cy - 3, rx * 0.72, ry * 0.72, 'none', `stroke="#fff" stroke-width="4" opacity="0.55"`);
		c.ellipse(cx, cy, rx * 0.95, ry * 0.95, 'none', `stroke="${accent}" stroke-width="6" opacity="0.8"`);
		c.ellipse(
			cx - rx * 0.3,
			cy - ry * 0.42,
			rx * 0.4,
			ry * 0.2,
			'#fff',
			`opacity="0.4" transform="rotate(-28 ${n(cx - rx * 0.3)} ${n(cy - ry * 0.42)})" ${c.blur(9)}`,
		);
	};
	disc(520, 500, 262, 270);
	c.ellipse(330, 838, 214, 56, '#15121f', `opacity="0.4" ${c.blur(10)}`);
	disc(320, 822, 205, 52);
	disc(324, 800, 196, 49);
	sprig(c, 620, 874, 220, -16, ink.leaf, seed);
};

/** Lidded bowl on a saucer. */
export const gaiwan: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(470, 800, 236, 60, '#15121f', `opacity="0.4" ${c.blur(12)}`);
	turn(c, {
		cx: 470,
		base: 804,
		color,
		gloss: 0.6,
		floating: true,
		top: 'closed',
		profile: [
			[40, 226],
			[22, 190],
			[0, 96],
		],
		tilt: 0.2,
	});
	turn(c, {
		cx: 470,
		base: 764,
		color,
		gloss: 0.9,
		profile: [
			[206, 186],
			[196, 180],
			[130, 164],
			[50, 108],
			[16, 76],
			[0, 76],
		],
		top: 'open',
		decorate: glaze(c, style, color, accent, seed),
	});
	turn(c, {
		cx: 488,
		base: 552,
		color,
		gloss: 0.9,
		floating: true,
		profile: [
			[70, 40],
			[62, 92],
			[30, 146],
			[0, 166],
		],
		tilt: 0.15,
		decorate: glaze(c, style === 1 ? 5 : style, color, accent, `${seed}l`),
	});
	turn(c, {
		cx: 488,
		base: 488,
		color: lighter(color, 0.1),
		gloss: 0.7,
		floating: true,
		profile: [
			[30, 46],
			[12, 32],
			[0, 34],
		],
		top: 'open',
	});
	cup(c, 790, 850, 80, color, '#c58a34');
};

/** Two tall cups side by side. */
export const cups: Painter = (c, { color, accent, seed, style }) => {
	const profile: Profile =
		style % 2
			? [
					[270, 124],
					[262, 128],
					[120, 120],
					[30, 104],
					[0, 92],
				]
			: [
					[250, 140],
					[240, 142],
					[120, 128],
					[20, 90],
					[0, 88],
				];
	turn(c, { cx: 660, base: 752, color: accent, gloss: 0.8, top: '#6b4426', profile, tilt: 0.24, decorate: glaze(c, style + 3, accent, color, `${seed}b`) });
	turn(c, {
		cx: 390,
		base: 818,
		color,
		gloss: 0.8,
		top: '#6b4426',
		profile: profile.map(([h, r]) => [h * 1.1, r * 1.1]),
		tilt: 0.24,
		decorate: glaze(c, style, color, accent, seed),
	});
	steam(c, 390, 490);
};

/** A small censer with a thread of smoke. */
export const censer: Painter = (c, { color, accent, seed, style }) => {
	for (const x of [-120, 120])
		c.path(
			`M${470 + x - 26} 700C${470 + x - 20} 760 ${470 + x - 14} 800 ${470 + x} 812C${470 + x + 14} 800 ${470 + x + 20} 760 ${470 + x + 26} 700Z`,
			darker(color, 0.42),
		);
	turn(c, {
		cx: 470,
		base: 776,
		color,
		gloss: 0.7,
		top: '#cfc4b4',
		profile: [
			[210, 176],
			[190, 164],
			[176, 168],
			[110, 220],
			[40, 190],
			[0, 120],
		],
		decorate: glaze(c, style, color, accent, seed),
	});
	for (const side of [-1, 1])
		c.line(`M${470 + side * 172} 592C${470 + side * 240} 520 ${470 + side * 262} 640 ${470 + side * 208} 660`, darker(color, 0.16), 22);
	c.line('M474 568L486 330', ink.walnut, 6);
	c.ellipse(486, 330, 5, 6, ink.vermilion);
	steam(c, 486, 320);
};

export function steam(c: Canvas, x: number, y: number): void {
	for (const [dx, opacity] of [
		[0, 0.5],
		[34, 0.3],
		[-30, 0.3],
	] as const) {
		c.line(
			`M${x + dx} ${y}C${x + dx - 50} ${y - 70} ${x + dx + 60} ${y - 120} ${x + dx} ${y - 200}C${x + dx - 30} ${y - 240} ${x + dx + 20} ${y - 270} ${x + dx + 16} ${y - 300}`,
			'#fffaf0',
			13,
			`opacity="${opacity}" ${c.blur(9)}`,
		);
	}
}
