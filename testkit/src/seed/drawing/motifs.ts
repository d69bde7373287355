import { type Canvas, curve, n, type Point } from './canvas.ts';
import { darker, ink, lighter } from './color.ts';
import { createRandom, type Random } from './random.ts';

/** A carved seal: strokes on a grid that recall seal script without spelling anything. */
export function seal(c: Canvas, x: number, y: number, size: number, seed: string, color: string = ink.vermilion): void {
	const random = createRandom(`seal ${seed}`);
	c.rect(x, y, size, size, color, size * 0.14);
	const unit = size / 7;
	const lines: string[] = [];
	for (const row of [1.3, 3.5, 5.7]) lines.push(`M${n(x + unit)} ${n(y + unit * row)}h${n(unit * random.pick([2.2, 5]))}`);
	for (const column of [1.2, 3.5, 5.8])
		lines.push(`M${n(x + unit * column)} ${n(y + unit * random.pick([1.3, 3.5]))}v${n(unit * random.pick([2.2, 2.2, 4.4]))}`);
	lines.push(`M${n(x + unit * 4.6)} ${n(y + unit * 1.6)}h${n(unit * 1.3)}v${n(unit * 1.6)}`);
	c.line(lines.join(''), ink.rice, unit * 0.62);
}

/** Lines of small print as bars. */
export function print(c: Canvas, x: number, y: number, width: number, lines: number, color: string, seed = '', step = 14): void {
	const random = createRandom(`print ${seed}${x}${y}`);
	for (let i = 0; i < lines; i++)
		c.rect(x, y + i * step, width * (i === lines - 1 ? 0.6 : random.between(0.84, 1)), step * 0.34, color, step * 0.17, 'opacity="0.6"');
}

/** Simple characters as strokes on a square of ten, so that no font is needed. */
export const CHARACTERS = {
	山: [
		[
			[5, 1],
			[5, 4.5],
			[5, 8.4],
		],
		[
			[1.6, 4.4],
			[1.7, 6.6],
			[1.8, 8.6],
		],
		[
			[1.8, 8.6],
			[5, 8.4],
			[8.3, 8.6],
		],
		[
			[8.4, 4.2],
			[8.35, 6.6],
			[8.3, 8.8],
		],
	],
	木: [
		[
			[1.4, 3.2],
			[5, 2.9],
			[8.7, 3.1],
		],
		[
			[5, 0.7],
			[5, 5],
			[5, 9.6],
		],
		[
			[5, 3.4],
			[3.4, 6],
			[1, 7.9],
		],
		[
			[5, 3.4],
			[6.8, 5.9],
			[9.2, 7.7],
		],
	],
	天: [
		[
			[2.2, 1.8],
			[5, 1.6],
			[7.9, 1.7],
		],
		[
			[1.2, 4.6],
			[5, 4.3],
			[8.9, 4.5],
		],
		[
			[5, 1.7],
			[4.6, 5.6],
			[1.4, 9.2],
		],
		[
			[5, 4.6],
			[6.6, 7],
			[9.2, 9],
		],
	],
	月: [
		[
			[3, 1],
			[2.9, 5.4],
			[1.6, 9.3],
		],
		[
			[3, 1],
			[5.2, 0.9],
			[7.4, 1],
			[7.4, 5],
			[7.3, 9.2],
			[6.2, 8.8],
		],
		[
			[3.1, 3.7],
			[5, 3.6],
			[7.2, 3.7],
		],
		[
			[3, 6.3],
			[5, 6.2],
			[7.2, 6.3],
		],
	],
	火: [
		[
			[2.4, 3],
			[2.7, 4.2],
			[3.2, 5.2],
		],
		[
			[7.9, 2.6],
			[7.3, 4],
			[6.6, 5],
		],
		[
			[5, 0.8],
			[4.8, 5],
			[1.4, 9.4],
		],
		[
			[5, 4.6],
			[6.6, 7.2],
			[9, 9.3],
		],
	],
	米: [
		[
			[2.6, 1.4],
			[3.2, 2.4],
			[3.6, 3.4],
		],
		[
			[7.6, 1.2],
			[7, 2.4],
			[6.4, 3.3],
		],
		[
			[1.2, 4.6],
			[5, 4.4],
			[8.9, 4.5],
		],
		[
			[5, 0.8],
			[5, 5],
			[5, 9.5],
		],
		[
			[4.8, 4.8],
			[3.4, 7],
			[1.2, 8.7],
		],
		[
			[5.2, 4.8],
			[6.8, 7],
			[9, 8.6],
		],
	],
	井: [
		[
			[1.6, 3.2],
			[5, 3],
			[8.6, 3.1],
		],
		[
			[1.2, 6.4],
			[5, 6.2],
			[8.9, 6.3],
		],
		[
			[3.6, 1],
			[3.5, 5.4],
			[2.2, 9.4],
		],
		[
			[6.6, 1],
			[6.6, 5],
			[6.6, 9.4],
		],
	],
	土: [
		[
			[2.4, 3.8],
			[5, 3.6],
			[7.8, 3.7],
		],
		[
			[5, 1],
			[5, 5],
			[5, 8.6],
		],
		[
			[1.2, 8.7],
			[5, 8.5],
			[8.9, 8.7],
		],
	],
	茶: [
		[
			[1.4, 1.8],
			[5, 1.6],
			[8.7, 1.7],
		],
		[
			[3.5, 0.7],
			[3.5, 1.8],
			[3.6, 2.8],
		],
		[
			[6.5, 0.7],
			[6.5, 1.8],
			[6.4, 2.8],
		],
		[
			[5, 2.4],
			[3.6, 4],
			[1.2, 5.4],
		],
		[
			[5, 2.4],
			[6.6, 4],
			[8.9, 5.3],
		],
		[
			[2.6, 6.2],
			[5, 6],
			[7.5, 6.1],
		],
		[
			[5, 4.2],
			[5, 7],
			[5, 9.6],
		],
		[
			[4.4, 6.8],
			[3.4, 8],
			[2.2, 8.7],
		],
		[
			[5.6, 6.8],
			[6.6, 7.9],
			[7.8, 8.5],
		],
	],
	开: [
		[
			[1.9, 2.1],
			[5, 1.9],
			[8.2, 2],
		],
		[
			[1, 4.9],
			[5, 4.7],
			[9, 4.8],
		],
		[
			[3.7, 2.1],
			[3.6, 5.8],
			[1.7, 9.4],
		],
		[
			[6.5, 2],
			[6.5, 5.4],
			[6.5, 9.5],
		],
	],
	文: [
		[
			[4.6, 0.8],
			[5, 1.5],
			[5.5, 2.3],
		],
		[
			[1.2, 3.2],
			[5, 3],
			[8.9, 3.1],
		],
		[
			[6.9, 3.4],
			[4.8, 6.6],
			[1.2, 9.3],
		],
		[
			[3, 3.6],
			[5.4, 6.8],
			[9.1, 9.2],
		],
	],
	水: [
		[
			[5, 0.8],
			[5.05, 5],
			[5, 9.2],
			[4, 8.6],
		],
		[
			[1.2, 3.7],
			[3.9, 3.4],
			[3, 5.8],
			[1, 8],
		],
		[
			[8.5, 2.5],
			[7.2, 4],
			[5.6, 5],
		],
		[
			[5.5, 4.9],
			[7, 7],
			[9.3, 8.7],
		],
	],
	云: [
		[
			[2.6, 2],
			[5, 1.9],
			[7.5, 2],
		],
		[
			[1, 4.5],
			[5, 4.3],
			[9.1, 4.4],
		],
		[
			[4.8, 4.7],
			[3.6, 6.9],
			[2.1, 8.9],
		],
		[
			[2.1, 8.9],
			[5, 8.5],
			[7.7, 8.1],
		],
		[
			[6.5, 6.6],
			[7.4, 8],
			[8.3, 9.5],
		],
	],
	竹: [
		[
			[2.9, 0.9],
			[2.2, 2.7],
			[0.9, 4.5],
		],
		[
			[2.2, 3],
			[3.4, 2.9],
			[4.6, 3],
		],
		[
			[3.1, 3.2],
			[3.1, 6],
			[3.1, 9.1],
		],
		[
			[6.9, 0.9],
			[6.2, 2.7],
			[5.1, 4.5],
		],
		[
			[6.3, 3],
			[7.7, 2.9],
			[9.1, 3],
		],
		[
			[7.4, 3.2],
			[7.4, 6],
			[7.4, 9.2],
			[6.4, 8.7],
		],
	],
} satisfies Record<string, number[][][]>;
export type Character = keyof typeof CHARACTERS;
/** Shop signs have theirs to themselves; labels take any of the others. */
const LABELS: Character[] = ['山', '木', '天', '月', '火', '米', '井', '土', '茶', '开'];

/** A character as by a broad brush. */
export function character(c: Canvas, name: Character, x: number, y: number, size: number, color: string): void {
	for (const stroke of CHARACTERS[name]) {
		const points = stroke.map(([u = 0, v = 0]): Point => [x + (size * u) / 10, y + (size * v) / 10]);
		c.line(curve(points), color, size * 0.085);
		c.line(curve(points.slice(0, 2)), color, size * 0.11);
	}
}

/** Some character or other, always the same for a seed. */
export function brushWord(c: Canvas, x: number, y: number, size: number, seed: string, color: string = ink.ink): void {
	character(c, createRandom(`brush ${seed}`).pick(LABELS), x, y, size, color);
}

/** A twig with leaves, lying or standing. */
export function sprig(c: Canvas, x: number, y: number, length: number, degrees: number, color: string, seed: string, shadow = true): void {
	const draw = (fill: string, vein: boolean) => {
		const random = createRandom(`sprig ${seed}`);
		c.line(`M0 0Q${n(length * 0.5)} ${n(-length * 0.16)} ${n(length)} 0`, vein ? darker(fill, 0.3) : fill, length * 0.018 + 1.4);
		for (let i = 1; i <= 8; i++) {
			const t = i / 8;
			const [px, py] = [length * t, -length * 0.32 * t * (1 - t)];
			leaf(
				c,
				px,
				py,
				length * random.between(0.2, 0.28),
				(i % 2 ? -1 : 1) * random.between(32, 58) - 6,
				vein ? (i % 3 ? fill : lighter(fill, 0.22)) : fill,
				vein,
			);
		}
	};
	if (shadow) c.group(`transform="translate(${n(x + 9)} ${n(y + 13)}) rotate(${degrees})" opacity="0.24" ${c.blur(6)}`, () => draw('#1d1a2e', false));
	c.group(`transform="translate(${n(x)} ${n(y)}) rotate(${degrees})"`, () => draw(color, true));
}

export function leaf(c: Canvas, x: number, y: number, length: number, degrees: number, color: string, vein = true): void {
	const d = `M0 0C${n(length * 0.28)} ${n(-length * 0.3)} ${n(length * 0.74)} ${n(-length * 0.22)} ${n(length)} 0C${n(length * 0.74)} ${n(length * 0.2)} ${n(length * 0.28)} ${n(length * 0.24)} 0 0Z`;
	c.group(`transform="translate(${n(x)} ${n(y)}) rotate(${n(degrees)})"`, () => {
		c.path(
			d,
			vein
				? c.linear(90, [
						[0, lighter(color, 0.24)],
						[0.5, color],
						[1, darker(color, 0.22)],
					])
				: color,
		);
		if (vein) c.line(`M${n(length * 0.06)} 0H${n(length * 0.9)}`, lighter(color, 0.4), 1.6, 'opacity="0.7"');
	});
}

/** A five-petalled blossom. */
export function blossom(c: Canvas, x: number, y: number, r: number, color: string, turn = 0): void {
	for (let i = 0; i < 5; i++) {
		const angle = (i / 5) * 360 + turn;
		c.path(
			`M0 0C${n(-r * 0.62)} ${n(-r * 0.5)} ${n(-r * 0.4)} ${n(-r * 1.1)} 0 ${n(-r)}C${n(r * 0.4)} ${n(-r * 1.1)} ${n(r * 0.62)} ${n(-r * 0.5)} 0 0Z`,
			i % 2 ? color : lighter(color, 0.18),
			`transform="translate(${n(x)} ${n(y)}) rotate(${n(angle)})"`,
		);
	}
	c.ellipse(x, y, r * 0.2, r * 0.2, ink.amber);
}

/** Tiles for textiles, paper and glaze. */
export type Weave = 'waves' | 'checks' | 'stripes' | 'dots' | 'lattice' | 'cranes' | 'blossoms' | 'leaves' | 'plain' | 'ikat';

export function weave(c: Canvas, kind: Weave, ground: string, figure: string, size = 90, degrees = 0): string {
	const s = size;
	const rect = `<rect width="${s}" height="${s}" fill="${ground}"/>`;
	const light = lighter(ground, 0.3);
	const tile: Record<Weave, string> = {
		plain: rect,
		waves:
			rect +
			[
				[0, s],
				[s, s],
				[s / 2, s / 2],
				[0, 0],
				[s, 0],
			]
				.map(([x, y]) =>
					[0.5, 0.38, 0.26, 0.14]
						.map(
							(r, i) =>
								`<circle cx="${x}" cy="${y}" r="${s * r}" fill="${i % 2 ? ground : i === 0 ? light : figure}" stroke="${figure}" stroke-width="${s * 0.025}"/>`,
						)
						.join(''),
				)
				.join(''),
		checks: `${rect}<rect width="${s / 2}" height="${s}" fill="${figure}" opacity="0.42"/><rect width="${s}" height="${s / 2}" fill="${figure}" opacity="0.42"/><path d="M${s * 0.75} 0V${s}M0 ${s * 0.75}H${s}" stroke="${light}" stroke-width="${s * 0.04}" opacity="0.8"/>`,
		stripes: `${rect}<rect width="${s * 0.34}" height="${s}" fill="${figure}"/><rect x="${s * 0.46}" width="${s * 0.07}" height="${s}" fill="${figure}"/><rect x="${s * 0.8}" width="${s * 0.04}" height="${s}" fill="${light}"/>`,
		dots: `${rect}<circle cx="${s / 4}" cy="${s / 4}" r="${s * 0.12}" fill="${figure}"/><circle cx="${s * 0.75}" cy="${s * 0.75}" r="${s * 0.12}" fill="${figure}"/><circle cx="${s * 0.75}" cy="${s / 4}" r="${s * 0.04}" fill="${light}"/>`,
		lattice: `${rect}<path d="M0 ${s / 2}L${s / 2} 0L${s} ${s / 2}L${s / 2} ${s}ZM${s * 0.25} ${s * 0.25}L${s * 0.75} ${s * 0.75}M${s * 0.75} ${s * 0.25}L${s * 0.25} ${s * 0.75}" fill="none" stroke="${figure}" stroke-width="${s * 0.05}"/><circle cx="${s / 2}" cy="${s / 2}" r="${s * 0.09}" fill="${light}"/>`,
		cranes: `${rect}<path d="M${s * 0.1} ${s * 0.62}C${s * 0.3} ${s * 0.5} ${s * 0.36} ${s * 0.3} ${s * 0.34} ${s * 0.16}C${s * 0.46} ${s * 0.28} ${s * 0.52} ${s * 0.4} ${s * 0.54} ${s * 0.5}C${s * 0.66} ${s * 0.44} ${s * 0.8} ${s * 0.42} ${s * 0.92} ${s * 0.46}C${s * 0.76} ${s * 0.54} ${s * 0.6} ${s * 0.66} ${s * 0.44} ${s * 0.66}C${s * 0.32} ${s * 0.66} ${s * 0.2} ${s * 0.66} ${s * 0.1} ${s * 0.62}Z" fill="${figure}"/><circle cx="${s * 0.1}" cy="${s * 0.62}" r="${s * 0.03}" fill="${ink.vermilion}"/><circle cx="${s * 0.8}" cy="${s * 0.86}" r="${s * 0.05}" fill="${light}"/>`,
		blossoms:
			rect +
			[
				[0.28, 0.3, 0.17],
				[0.76, 0.74, 0.13],
			]
				.map(
					([x, y, r]) =>
						`${[0, 72, 144, 216, 288]
							.map(
								(a) =>
									`<ellipse cx="${s * (x as number)}" cy="${s * ((y as number) - (r as number) * 0.6)}" rx="${s * (r as number) * 0.42}" ry="${s * (r as number) * 0.6}" fill="${figure}" transform="rotate(${a} ${s * (x as number)} ${s * (y as number)})"/>`,
							)
							.join('')}<circle cx="${s * (x as number)}" cy="${s * (y as number)}" r="${s * 0.03}" fill="${ink.amber}"/>`,
				)
				.join('') +
			`<circle cx="${s * 0.74}" cy="${s * 0.22}" r="${s * 0.03}" fill="${light}"/>`,
		leaves: `${rect}<path d="M${s * 0.1} ${s * 0.9}C${s * 0.1} ${s * 0.5} ${s * 0.4} ${s * 0.4} ${s * 0.5} ${s * 0.1}C${s * 0.6} ${s * 0.5} ${s * 0.4} ${s * 0.8} ${s * 0.1} ${s * 0.9}Z" fill="${figure}"/><path d="M${s * 0.62} ${s * 0.96}C${s * 0.6} ${s * 0.7} ${s * 0.8} ${s * 0.66} ${s * 0.92} ${s * 0.44}C${s * 0.96} ${s * 0.72} ${s * 0.84} ${s * 0.9} ${s * 0.62} ${s * 0.96}Z" fill="${light}"/>`,
		ikat: `${rect}<path d="M${s / 2} 0L${s * 0.86} ${s / 2}L${s / 2} ${s}L${s * 0.14} ${s / 2}Z" fill="${figure}"/><path d="M${s / 2} ${s * 0.22}L${s * 0.7} ${s / 2}L${s / 2} ${s * 0.78}L${s * 0.3} ${s / 2}Z" fill="${light}"/><path d="M0 0H${s}M0 ${s / 2}H${s * 0.1}M${s * 0.9} ${s / 2}H${s}" stroke="${light}" stroke-width="${s * 0.04}"/>`,
	};
	return c.pattern(s, s, tile[kind], degrees ? `rotate(${degrees})` : '');
}

/** The grain of cloth as threads both ways. Large tiles: small ones cost a renderer dearly. */
export function threads(c: Canvas, color: string, light = color): string {
	const rows = Array.from({ length: 12 }, (_, i) => `M0 ${i * 6 + 1.5}H72`).join('');
	const columns = Array.from({ length: 12 }, (_, i) => `M${i * 6 + 1.5} 0V72`).join('');
	return c.pattern(
		72,
		72,
		`<path d="${rows}" stroke="${color}" stroke-width="1.1" opacity="0.28"/><path d="${columns}" stroke="${light}" stroke-width="1.1" opacity="0.28"/>`,
	);
}

/** Plaited bamboo or rattan. */
export const basketWeave = (c: Canvas, color: string): string =>
	c.pattern(
		36,
		28,
		`<rect width="36" height="28" fill="${darker(color, 0.3)}"/><rect x="1" y="1" width="17" height="12" rx="4" fill="${color}"/><rect x="19" y="1" width="16" height="12" rx="4" fill="${darker(color, 0.14)}"/><rect x="1" y="15" width="17" height="12" rx="4" fill="${darker(color, 0.14)}"/><rect x="19" y="15" width="16" height="12" rx="4" fill="${lighter(color, 0.14)}"/>`,
	);

/** Hair-fine cracks in a glaze. */
export function crackle(c: Canvas, left: number, top: number, width: number, height: number, color: string, random: Random): void {
	for (let i = 0; i < 26; i++) {
		const start: Point = [left + random.next() * width, top + random.next() * height];
		const points: Point[] = [start];
		for (let k = 0; k < 4; k++) {
			const [x, y] = points.at(-1) as Point;
			points.push([x + random.between(-46, 46), y + random.between(-40, 46)]);
		}
		c.line(`M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}`, color, 1.5, 'opacity="0.4"');
	}
}

/** Mountains in blue wash around a vessel. */
export function washLandscape(c: Canvas, left: number, right: number, y: number, color: string, random: Random): void {
	for (const [i, opacity] of [0.3, 0.5, 0.8].entries()) {
		const points: Point[] = [];
		for (let x = left - 20; x <= right + 40; x += (right - left) / 6) points.push([x, y - 60 + i * 34 + random.between(-44, 26)]);
		c.path(
			`${curve(points)}L${n(right + 40)} ${n(y + 60)}L${n(left - 20)} ${n(y + 60)}Z`,
			c.linear(90, [
				[0, color, opacity],
				[0.85, color, 0.04],
			]),
		);
	}
	for (let i = 0; i < 3; i++) {
		const x = left + (right - left) * random.between(0.2, 0.8);
		c.line(`M${n(x)} ${n(y + 20)}q6 -26 2 -44m-1 20l-12 -12m14 2l12 -12`, color, 3, 'opacity="0.8"');
	}
}
