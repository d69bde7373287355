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
