import { softLayers, softStops } from './soften.ts';

/** [offset 0–1, colour, opacity 0–1]. */
export type Stop = [offset: number, color: string, opacity?: number];
export type Point = [x: number, y: number];

const round = (value: number) => Math.round(value * 10) / 10;
export const n = (value: number) => String(round(value));
const fine = (value: number) => String(Math.round(value * 1000) / 1000);
const BLUR = /\bblur="([\d.]+)"/;
const OPACITY = /(?<![-\w])opacity="([\d.]+)"/;

/** Grows a filled outline by a stroke of its own colour. */
const strokeOf = (fill: string, reach: number) =>
	reach > 0 && fill !== 'none' ? `stroke="${fill}" stroke-width="${n(reach * 2)}" stroke-linejoin="round"` : '';

/** Collects SVG on a square of 1000 units; light falls from the upper left. */
export class Canvas {
	#defs: string[] = [];
	#body: string[] = [];
	#known = new Map<string, string>();
	#groupSigma = 0;

	add(svg: string): this {
		this.#body.push(svg);
		return this;
	}

	path(d: string, fill: string, more = ''): this {
		const soft = this.#softness(more);
		if (!soft) return this.add(`<path d="${d}" fill="${fill}" ${more}/>`);
		for (const { reach, opacity } of softLayers(soft.sigma, soft.opacity, 0))
			this.add(`<path d="${d}" fill="${fill}" ${strokeOf(fill, reach)} opacity="${fine(opacity)}" ${soft.rest}/>`);
		return this;
	}
	ellipse(cx: number, cy: number, rx: number, ry: number, fill: string, more = ''): this {
		const soft = this.#softness(more);
		const draw = (x: number, y: number, paint: string, rest: string) =>
			this.add(`<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(Math.abs(x))}" ry="${n(Math.abs(y))}" fill="${paint}" ${rest}/>`);
		if (!soft) return draw(rx, ry, fill, more);
		if (fill.startsWith('#')) {
			const { grown, stops } = softStops(fill, soft.opacity, Math.sqrt(rx * ry), soft.sigma);
			const growth = grown - Math.sqrt(rx * ry);
			return draw(rx + growth, ry + growth, this.radial(0.5, 0.5, 0.5, stops), soft.rest);
		}
		for (const { reach, opacity } of softLayers(soft.sigma, soft.opacity, Math.min(rx, ry) * 0.6))
			draw(rx + reach, ry + reach, fill, `opacity="${fine(opacity)}" ${soft.rest}`);
		return this;
	}
	rect(x: number, y: number, width: number, height: number, fill: string, radius = 0, more = ''): this {
		const soft = this.#softness(more);
		const draw = (grow: number, round: number, rest: string) =>
			this.add(
				`<rect x="${n(x - grow)}" y="${n(y - grow)}" width="${n(Math.max(0, width + 2 * grow))}" height="${n(Math.max(0, height + 2 * grow))}" rx="${n(round)}" fill="${fill}" ${rest}/>`,
			);
		if (!soft) return draw(0, radius, more);
		for (const { reach, opacity } of softLayers(soft.sigma, soft.opacity, Math.min(width, height) * 0.3))
			draw(reach, Math.max(2, radius + reach), `opacity="${fine(opacity)}" ${soft.rest}`);
		return this;
	}
	/** A line drawn as by a pen or thread. */
	line(d: string, color: string, width: number, more = ''): this {
		const soft = this.#softness(more);
		const draw = (wide: number, rest: string) =>
			this.add(`<path d="${d}" fill="none" stroke="${color}" stroke-width="${n(wide)}" stroke-linecap="round" stroke-linejoin="round" ${rest}/>`);
		if (!soft) return draw(width, more);
		for (const { reach, opacity } of softLayers(soft.sigma, soft.opacity, width * 0.42)) draw(width + 2 * reach, `opacity="${fine(opacity)}" ${soft.rest}`);
		return this;
	}

	/** Everything `draw` adds, inside one `<g>`. */
	group(attributes: string, draw: () => void): this {
		const sigma = BLUR.exec(attributes)?.[1];
		const before = this.#groupSigma;
		if (sigma) this.#groupSigma = Number(sigma);
		this.#body.push(`<g ${attributes.replace(BLUR, '')}>`);
		draw();
		this.#body.push('</g>');
		this.#groupSigma = before;
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
	/** Attribute that softens what it stands on; on a group, everything in it. */
	blur(sigma: number): string {
		return `blur="${sigma}"`;
	}

	#softness(more: string): { sigma: number; opacity: number; rest: string } | null {
		const sigma = Number(BLUR.exec(more)?.[1] ?? this.#groupSigma);
		if (sigma === 0) return null;
		return { sigma, opacity: Number(OPACITY.exec(more)?.[1] ?? 1), rest: more.replace(BLUR, '').replace(OPACITY, '') };
	}

	/** `height` of the drawing in canvas units, from the top. */
	toSvg(width: number, height = 1000): string {
		return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${Math.round((width * height) / 1000)}" viewBox="0 0 1000 ${height}"><defs>${this.#defs.join('')}</defs>${this.#body.join('')}</svg>`;
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
