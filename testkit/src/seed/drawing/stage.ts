import { type Canvas, curve, n, type Point } from './canvas.ts';
import { darker, ink, lighter } from './color.ts';
import type { Random } from './random.ts';
import type { Tone } from './tones.ts';

const HORIZON = 640;

/** The stall's awning: the market's own motif. */
export function awning(c: Canvas, color: string, stripes = 9, drop = 150): void {
	const width = 1000 / stripes;
	c.rect(
		0,
		drop - 30,
		1000,
		190,
		c.linearFrom(
			[0, drop - 30],
			[0, drop + 160],
			[
				[0, '#1d1a2e', 0.4],
				[0.45, '#1d1a2e', 0.16],
				[1, '#1d1a2e', 0],
			],
		),
	);
	for (let i = 0; i < stripes; i++) {
		const tint = i % 2 ? ink.rice : color;
		const x = i * width;
		const d = `M${n(x)} -10H${n(x + width)}V${n(drop)}A${n(width / 2)} ${n(width / 2.4)} 0 0 1 ${n(x)} ${n(drop)}Z`;
		c.path(
			d,
			c.linear(90, [
				[0, darker(tint, 0.2)],
				[0.5, tint],
				[0.8, lighter(tint, 0.2)],
				[1, darker(tint, 0.12)],
			]),
		);
	}
	c.rect(0, drop - 8, 1000, 5, '#171a2b', 0, 'opacity="0.16"');
}

export function wallAndFloor(c: Canvas, tone: Tone): void {
	c.rect(
		0,
		0,
		1000,
		HORIZON + 2,
		c.linear(68, [
			[0, lighter(tone.wall, 0.42)],
			[0.55, tone.wall],
			[1, darker(tone.wall, 0.12)],
		]),
	);
	c.rect(
		0,
		HORIZON,
		1000,
		360,
		c.linear(90, [
			[0, darker(tone.floor, 0.1)],
			[0.14, tone.floor],
			[0.5, lighter(tone.floor, 0.18)],
			[1, darker(tone.floor, 0.06)],
		]),
	);
	c.rect(0, HORIZON - 26, 1000, 30, '#1d1a2e', 0, `opacity="0.12" ${c.blur(14)}`);
}

export function woodGrain(c: Canvas, color: string, random: Random, from = HORIZON): void {
	for (let i = 0; i < 16; i++) {
		const y = from + 6 + (1000 - from) * (i / 16) ** 1.5;
		c.line(
			`M-10 ${n(y)}C300 ${n(y + random.between(-9, 9))} 640 ${n(y + random.between(-9, 9))} 1010 ${n(y + random.between(-5, 5))}`,
			darker(color, 0.4),
			1 + i * 0.16,
			'opacity="0.13"',
		);
	}
}

/** Sun through a lattice, lying across wall and things. */
export function windowLight(c: Canvas, random: Random, opacity: number): void {
	const x = random.between(-120, 120);
	c.group(`transform="translate(${n(x)} 0) skewX(-24)" opacity="${opacity}" ${c.blur(7)}`, () => {
		for (let column = 0; column < 3; column++)
			for (let row = 0; row < 3; row++) c.rect(330 + column * 190, 40 + row * 185, 165, 160, '#fff4dc', 6, 'opacity="0.62"');
	});
}

/** Shadow of a branch outside the frame: drawn twice, the larger copy fainter, which is soft enough for a shadow from afar. */
export function leafShadow(c: Canvas, random: Random): void {
	const flip = random.chance(0.5);
	const leaves: string[] = [];
	for (const [x, y, degrees, reach] of [
		[-40, 40, 22, 560],
		[-30, 330, -12, 380],
	] as const) {
		for (let i = 0; i < 11; i++) {
			const angle = (i % 2 ? 1 : -1) * random.between(24, 52);
			const size = random.between(110, 170) * (1 - i * 0.035);
			const outline = `M0 0C${n(size * 0.3)} ${n(-size * 0.16)} ${n(size * 0.7)} ${n(-size * 0.14)} ${n(size)} 0C${n(size * 0.7)} ${n(size * 0.12)} ${n(size * 0.3)} ${n(size * 0.14)} 0 0Z`;
			leaves.push(
				`<path d="${outline}" transform="translate(${x} ${y}) rotate(${degrees}) translate(${n((reach * i) / 10)} ${n(14 - i)}) rotate(${n(angle)})"/>`,
			);
		}
	}
	const shadow = leaves.join('');
	for (const [width, opacity] of [
		[16, 0.035],
		[0, 0.055],
	] as const) {
		c.add(
			`<g transform="${flip ? 'translate(1000 0) scale(-1 1)' : ''}" fill="#1d1a2e" stroke="#1d1a2e" stroke-width="${width}" stroke-linejoin="round" opacity="${opacity}">${shadow}</g>`,
		);
	}
}

export function ridges(c: Canvas, colors: string[], top: number, step: number, random: Random): void {
	colors.forEach((color, i) => {
		const y = top + i * step;
		const points: Point[] = [];
		for (let x = -60; x <= 1080; x += 120) points.push([x, y + random.between(-46, 40)]);
		c.path(
			`${curve(points)}V1020H-60Z`,
			c.linear(90, [
				[0, color],
				[1, lighter(color, 0.35)],
			]),
		);
	});
}
