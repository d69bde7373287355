/** [offset 0–1, colour, opacity 0–1]. */
export type Stop = [offset: number, color: string, opacity?: number];
export type Point = [x: number, y: number];

const round = (value: number) => Math.round(value * 10) / 10;
export const n = (value: number) => String(round(value));

/** Collects SVG on a square of 1000 units; light falls from the upper left. */
export class Canvas {
	#defs: string[] = [];
	#body: string[] = [];
	#known = new Map<string, string>();

	add(svg: string): this {
		this.#body.push(svg);
		return this;
	}

	path(d: string, fill: string, more = ''): this {
		return this.add(`<path d="${d}" fill="${fill}" ${more}/>`);
	}
	ellipse(cx: number, cy: number, rx: number, ry: number, fill: string, more = ''): this {
		return this.add(`<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(Math.abs(rx))}" ry="${n(Math.abs(ry))}" fill="${fill}" ${more}/>`);
	}
	rect(x: number, y: number, width: number, height: number, fill: string, radius = 0, more = ''): this {
		return this.add(
			`<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, width))}" height="${n(Math.max(0, height))}" rx="${n(radius)}" fill="${fill}" ${more}/>`,
		);
	}
	/** A line drawn as by a pen or thread. */
	line(d: string, color: string, width: number, more = ''): this {
		return this.add(`<path d="${d}" fill="none" stroke="${color}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`);
	}

	/** Everything `draw` adds, inside one `<g>`. */
	group(attributes: string, draw: () => void): this {
		this.#body.push(`<g ${attributes}>`);
		draw();
		this.#body.push('</g>');
		return this;
	}
	/** Everything `draw` adds, cut to the outline `d`. */
	clipped(d: string, draw: () => void): this {
		return this.group(`clip-path="${this.#define('clip', `<clipPath id="@"><path d="${d}"/></clipPath>`)}"`, draw);
	}

	/** Linear gradient over the painted shape's box; 0° runs left to right, 90° top to bottom. */
	linear(degrees: number, stops: Stop[]): string {
		const angle = (degrees * Math.PI) / 180;
		const [x, y] = [Math.cos(angle) / 2, Math.sin(angle) / 2];
		return this.#define('g', `<linearGradient id="@" x1="${0.5 - x}" y1="${0.5 - y}" x2="${0.5 + x}" y2="${0.5 + y}">${stopsOf(stops)}</linearGradient>`);
	}
	/** Linear gradient between two points of the canvas. */
	linearFrom([x1, y1]: Point, [x2, y2]: Point, stops: Stop[]): string {
		return this.#define(
			'g',
			`<linearGradient id="@" gradientUnits="userSpaceOnUse" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}">${stopsOf(stops)}</linearGradient>`,
		);
	}
	/** Radial gradient; centre and radius as shares of the painted shape's box. */
	radial(cx: number, cy: number, radius: number, stops: Stop[]): string {
		return this.#define('g', `<radialGradient id="@" cx="${cx}" cy="${cy}" r="${radius}">${stopsOf(stops)}</radialGradient>`);
	}
	/** A repeated tile. */
	pattern(width: number, height: number, content: string, transform = ''): string {
		return this.#define(
			'p',
			`<pattern id="@" patternUnits="userSpaceOnUse" width="${n(width)}" height="${n(height)}" ${transform ? `patternTransform="${transform}"` : ''}>${content}</pattern>`,
		);
	}
	/** Attribute that blurs what it stands on. */
	blur(sigma: number): string {
		return `filter="${this.#define('b', `<filter id="@" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="${sigma}"/></filter>`)}"`;
	}

	toSvg(size: number): string {
		return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 1000 1000"><defs>${this.#defs.join('')}</defs>${this.#body.join('')}</svg>`;
	}

	#define(prefix: string, template: string): string {
		const known = this.#known.get(template);
		if (known) return known;
		const id = `${prefix}${this.#known.size}`;
		this.#defs.push(template.replace('@', id));
		this.#known.set(template, `url(#${id})`);
		return `url(#${id})`;
	}
}

function stopsOf(stops: Stop[]): string {
	return stops
		.map(([offset, color, opacity]) => `<stop offset="${offset}" stop-color="${color}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`)
		.join('');
}

/** Smooth curve through points (Catmull–Rom as Béziers), beginning with `start` (`M` or `L`). */
export function curve(points: Point[], start: 'M' | 'L' = 'M'): string {
	const at = (i: number) => points[Math.min(Math.max(i, 0), points.length - 1)] as Point;
	let d = `${start}${n(at(0)[0])} ${n(at(0)[1])}`;
	for (let i = 0; i < points.length - 1; i++) {
		const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
		d += `C${n(p1[0] + (p2[0] - p0[0]) / 6)} ${n(p1[1] + (p2[1] - p0[1]) / 6)} ${n(p2[0] - (p3[0] - p1[0]) / 6)} ${n(p2[1] - (p3[1] - p1[1]) / 6)} ${n(p2[0])} ${n(p2[1])}`;
	}
	return d;
}

/** Closed smooth outline through points. */
export function blob(points: Point[]): string {
	const count = points.length;
	const at = (i: number) => points[(i + count) % count] as Point;
	let d = `M${n(at(0)[0])} ${n(at(0)[1])}`;
	for (let i = 0; i < count; i++) {
		const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
		d += `C${n(p1[0] + (p2[0] - p0[0]) / 6)} ${n(p1[1] + (p2[1] - p0[1]) / 6)} ${n(p2[0] - (p3[0] - p1[0]) / 6)} ${n(p2[1] - (p3[1] - p1[1]) / 6)} ${n(p2[0])} ${n(p2[1])}`;
	}
	return `${d}Z`;
}

export function polygon(points: Point[]): string {
	return `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`;
}
