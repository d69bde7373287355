import { type Canvas, curve, n, type Point } from '../canvas.ts';
import { darker, ink, lighter } from '../color.ts';
import { box, dropShadow, groundShadow, turn } from '../forms.ts';
import { brushWord, leaf, print, seal, sprig, type Weave, weave } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';

/** A tea tin with a paper label. */
export const tin: Painter = (c, { color, accent, seed, style }) => {
	cup(c, 735, 812, 92, ink.rice, '#b5762a');
	const weaves: Weave[] = ['waves', 'lattice', 'leaves', 'blossoms'];
	turn(c, {
		cx: 430,
		base: 800,
		color,
		gloss: 0.45,
		straight: true,
		top: 'closed',
		profile: [
			[430, 165],
			[428, 168],
			[0, 168],
		],
		decorate: ({ left, right, top, bottom }) => {
			c.rect(left, top, right - left, bottom - top + 60, weave(c, weaves[style % 4] as Weave, color, lighter(color, 0.16), 64));
			c.rect(left + 70, top + 150, 200, 250, ink.cream, 4);
			c.rect(left + 80, top + 160, 180, 230, 'none', 2, `stroke="${accent}" stroke-width="3"`);
			brushWord(c, left + 120, top + 186, 100, seed, ink.ink);
			print(c, left + 116, top + 312, 108, 3, ink.ink, seed);
			seal(c, left + 206, top + 346, 36, seed);
		},
	});
	turn(c, {
		cx: 430,
		base: 452,
		color: darker(color, 0.1),
		gloss: 0.6,
		straight: true,
		top: 'closed',
		floating: true,
		profile: [
			[84, 166],
			[78, 172],
			[0, 172],
		],
	});
	c.ellipse(430, 368, 120, 23, 'none', `stroke="${lighter(color, 0.6)}" stroke-width="3" opacity="0.7"`);
	scatterTea(c, 610, 880, 120, seed, darker(ink.moss, 0.35));
};

/** A pressed cake of tea, half out of its wrapper, standing on edge. */
export const teaCake: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`cake ${seed}`);
	groundShadow(c, 470, 796, 190, 420, 260);
	c.path(
		'M470 250a272 272 0 1 0 .1 0Z',
		c.linear(40, [
			[0, lighter(ink.cream, 0.4)],
			[0.6, ink.cream],
			[1, darker(ink.cream, 0.26)],
		]),
		'transform="translate(34 6)"',
	);
	const face = 'M440 246a272 272 0 1 0 .1 0Z';
	c.path(
		face,
		c.radial(0.36, 0.3, 0.85, [
			[0, lighter(color, 0.2)],
			[0.6, color],
			[1, darker(color, 0.42)],
		]),
	);
	c.clipped(face, () => {
		for (let i = 0; i < 330; i++) {
			const [angle, r] = [random.between(0, 6.283), 275 * Math.sqrt(random.next())];
			const tint = random.pick([darker(color, 0.34), lighter(color, 0.26), darker(color, 0.14), lighter(color, 0.5)]);
			leaf(c, 440 + Math.cos(angle) * r, 518 + Math.sin(angle) * r, random.between(26, 58), random.between(0, 360), tint, false);
		}
		c.ellipse(
			440,
			518,
			280,
			280,
			c.radial(0.34, 0.28, 0.8, [
				[0, '#fff4d8', 0.34],
				[0.5, '#fff4d8', 0],
				[1, '#171a2b', 0.5],
			]),
		);
	});
	const wrap = 'M702 590A272 272 0 0 1 178 590C240 548 340 640 440 604C540 568 640 640 702 590Z';
	dropShadow(c, wrap, 0, -8, 8, 0.34);
	c.path(
		wrap,
		c.linear(60, [
			[0, lighter(ink.cream, 0.5)],
			[0.5, ink.cream],
			[1, darker(ink.cream, 0.2)],
		]),
	);
	c.clipped(wrap, () => {
		for (let i = 0; i < 9; i++)
			c.line(`M${n(220 + i * 56)} 600q${n(random.between(-20, 20))} 90 ${n((4 - i) * 16)} 190`, darker(ink.cream, 0.34), 3, 'opacity="0.3"');
		c.ellipse(440, 712, 66, 62, accent);
		brushWord(c, 404, 676, 72, seed, ink.rice);
		print(c, 286, 690, 76, 3, ink.ink, seed);
		print(c, 526, 690, 76, 3, ink.ink, `${seed}b`);
	});
	cup(c, 800, 838, 78, ink.rice, lighter(color, 0.1));
};

/** A folded paper box with a band. */
export const teaBox: Painter = (c, { color, accent, seed, style }) => {
	const view = { at: [430, 560] as Point, turn: 34, pitch: 0.52 };
	const kinds: Weave[] = ['blossoms', 'waves', 'leaves', 'cranes'];
	box(c, view, {
		x: 0,
		y: 0,
		z: 0,
		width: 340,
		depth: 260,
		height: 250,
		color,
		round: 6,
		onTop: () => {
			c.rect(0, 0, 340, 260, weave(c, kinds[style % 4] as Weave, color, lighter(color, 0.34), 76));
			c.rect(110, 0, 120, 260, accent);
			c.ellipse(170, 130, 50, 50, ink.cream);
			brushWord(c, 138, 98, 64, seed);
		},
		onFront: () => {
			c.rect(0, 0, 340, 250, weave(c, kinds[style % 4] as Weave, color, lighter(color, 0.16), 76));
			c.rect(110, 0, 120, 250, darker(accent, 0.12));
			print(c, 128, 120, 84, 4, ink.rice, seed);
			c.rect(0, 62, 340, 3, '#171a2b', 0, 'opacity="0.35"');
		},
		onSide: () => {
			c.rect(0, 62, 260, 3, '#171a2b', 0, 'opacity="0.35"');
			c.rect(40, 96, 180, 120, darker(ink.cream, 0.3), 4);
			print(c, 58, 118, 140, 5, ink.ink, seed, 18);
		},
	});
	sprig(c, 620, 900, 210, -22, ink.leaf, seed);
	scatterTea(c, 300, 900, 120, seed, darker(ink.moss, 0.35));
};

/** A small cup without a handle. */
export function cup(c: Canvas, cx: number, base: number, radius: number, color: string, tea: string): void {
	turn(c, {
		cx,
		base,
		color,
		gloss: 0.8,
		top: tea,
		profile: [
			[radius * 1.05, radius],
			[radius * 0.7, radius * 0.92],
			[radius * 0.25, radius * 0.62],
			[radius * 0.12, radius * 0.46],
			[0, radius * 0.46],
		],
		tilt: 0.26,
	});
	const y = base - radius * 1.05;
	c.path(
		`M${n(cx - radius * 0.6)} ${n(y + 2)}Q${n(cx - radius * 0.1)} ${n(y - radius * 0.14)} ${n(cx + radius * 0.3)} ${n(y - 4)}`,
		'none',
		`stroke="#fff" stroke-width="4" opacity="0.55" stroke-linecap="round"`,
	);
}

export function scatterTea(c: Canvas, cx: number, cy: number, spread: number, seed: string, color: string): void {
	const random = createRandom(`tea ${seed}`);
	for (let i = 0; i < 34; i++) {
		const [x, y] = [cx + random.between(-1, 1) * spread, cy + random.between(-0.34, 0.34) * spread];
		const d = curve([
			[x, y],
			[x + random.between(8, 18), y + random.between(-8, 6)],
			[x + random.between(18, 32), y + random.between(-4, 8)],
		]);
		c.line(d, '#1d1a2e', 6, 'transform="translate(2 4)" opacity="0.2"');
		c.line(d, random.pick([color, lighter(color, 0.2), darker(color, 0.3)]), random.between(3.5, 6));
	}
}
