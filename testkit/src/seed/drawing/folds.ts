import { blob, type Canvas, type Point } from './canvas.ts';

/** Soft folds across cloth: a shade and a light along each line, widest in the middle and gone at both ends. */
export function folds(c: Canvas, lines: Point[][], strength = 1, width = 30): void {
	for (const line of lines) {
		const points = along(line);
		for (const share of [1.5, 1.1, 0.75, 0.45, 0.2]) c.path(taper(points, width * share, 0), '#171a2b', `opacity="${(0.06 * strength).toFixed(3)}"`);
		for (const share of [1.4, 1, 0.65, 0.35, 0.15])
			c.path(taper(points, width * share, -width * 0.95), '#fffaf0', `opacity="${(0.096 * strength).toFixed(3)}"`);
	}
}

/** More points on the way, so that the width can swell and fade evenly. */
function along(line: Point[]): Point[] {
	return line.flatMap((point, i): Point[] => {
		const next = line[i + 1];
		if (!next) return [point];
		return [0, 0.34, 0.67].map((share): Point => [point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share]);
	});
}

/** Outline of a line that swells to `width` in the middle, moved sideways by `shift`. */
function taper(points: Point[], width: number, shift: number): string {
	const last = points.length - 1;
	const sides = points.map(([x, y], i): [Point, Point] => {
		const [before, after] = [points[Math.max(0, i - 1)] as Point, points[Math.min(last, i + 1)] as Point];
		const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
		// Always towards the left, where the light comes from.
		const side = after[1] >= before[1] ? 1 : -1;
		const [across, up] = [(side * (after[1] - before[1])) / length, (-side * (after[0] - before[0])) / length];
		const half = (width / 2) * Math.sin((Math.PI * i) / last);
		return [
			[x + across * (shift + half), y + up * (shift + half)],
			[x + across * (shift - half), y + up * (shift - half)],
		];
	});
	return blob([...sides.map(([left]) => left), ...sides.map(([, right]) => right).reverse()]);
}
