import { type Canvas, curve, n, type Point, polygon } from './canvas.ts';
import { darker, lighter, mix } from './color.ts';

/** How much a circle seen from slightly above is flattened. */
export const TILT = 0.2;

/** Half outline of a turned form: [height above the base, radius], from top to bottom. */
export type Profile = [height: number, radius: number][];

export interface Turned {
	cx: number;
	/** Where it stands. */
	base: number;
	profile: Profile;
	color: string;
	/** 0 matt … 1 glazed. */
	gloss?: number;
	/** Straight segments instead of a smooth curve. */
	straight?: boolean;
	tilt?: number;
	/** Cover of the opening: a colour for what is inside, 'open' for a hollow, 'closed' for the same material. */
	top?: 'open' | 'closed' | string;
	/** Drawn on the body, cut to its outline, before light falls on it. */
	decorate?: (outline: { left: number; right: number; top: number; bottom: number }) => void;
	/** No shadow on the ground. */
	floating?: boolean;
}

/** A surface of revolution (pot, cup, tin, bottle, lantern …) with shading, reflected light, rim and shadow. Answers its outline. */
export function turn(c: Canvas, form: Turned): string {
	const { cx, base, profile, color, gloss = 0.5, tilt = TILT } = form;
	const d = outlineOf(form);
	const widest = Math.max(...profile.map(([, r]) => r));
	const [topHeight, topRadius] = profile[0] as [number, number];
	const bottomRadius = (profile.at(-1) as [number, number])[1];
	if (!form.floating) groundShadow(c, cx, base, bottomRadius, Math.max(...profile.map(([h]) => h)), widest);
	const edge = [cx - widest, cx + widest] as const;
	c.path(d, c.linearFrom([edge[0], 0], [edge[1], 0], bodyStops(color)));
	c.clipped(d, () => {
		form.decorate?.({ left: edge[0], right: edge[1], top: base - topHeight, bottom: base });
		shadeBody(c, form, widest);
		if (gloss > 0) shine(c, form, gloss);
	});
	if (form.top) lid(c, cx, base - topHeight, topRadius, topRadius * tilt, color, form.top);
	return d;
}

function outlineOf({ cx, base, profile, straight, tilt = TILT }: Turned): string {
	const right: Point[] = profile.map(([h, r]) => [cx + r, base - h]);
	const left: Point[] = profile.map(([h, r]) => [cx - r, base - h] as Point).reverse();
	const [topRadius, bottomRadius] = [(profile[0] as [number, number])[1], (profile.at(-1) as [number, number])[1]];
	const side = (points: Point[], start: 'M' | 'L') => (straight ? `${start}${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}` : curve(points, start));
	const [bx, by] = right.at(-1) as Point;
	return `${side(right, 'M')}A${n(bottomRadius)} ${n(bottomRadius * tilt)} 0 0 1 ${n(bx - 2 * bottomRadius)} ${n(by)}${side(left, 'L')}A${n(topRadius)} ${n(topRadius * tilt)} 0 0 1 ${n(cx + topRadius)} ${n(base - (profile[0] as [number, number])[0])}Z`;
}

const bodyStops = (color: string): [number, string][] => [
	[0, darker(color, 0.22)],
	[0.12, mix(color, lighter(color, 0.2), 0.5)],
	[0.3, lighter(color, 0.3)],
	[0.52, color],
	[0.84, darker(color, 0.34)],
	[0.95, darker(color, 0.42)],
	[1, darker(color, 0.26)],
];

/** Light on decorated bodies too: the same shading again as a veil, and darkness towards the ground. */
function shadeBody(c: Canvas, form: Turned, widest: number): void {
	const { cx, base, profile } = form;
	const height = Math.max(...profile.map(([h]) => h));
	const top = base - height - 40;
	if (form.decorate) {
		c.rect(
			cx - widest,
			top,
			widest * 2,
			height + 90,
			c.linearFrom(
				[cx - widest, 0],
				[cx + widest, 0],
				[
					[0, '#171a2b', 0.28],
					[0.16, '#171a2b', 0.02],
					[0.3, '#fff9ee', 0.22],
					[0.5, '#171a2b', 0],
					[0.86, '#171a2b', 0.4],
					[1, '#171a2b', 0.3],
				],
			),
		);
	}
	c.rect(
		cx - widest,
		top,
		widest * 2,
		height + 90,
		c.linearFrom(
			[0, base - height],
			[0, base + 20],
			[
				[0, '#fff9ee', 0.12],
				[0.35, '#fff9ee', 0],
				[0.7, '#171a2b', 0],
				[1, '#171a2b', 0.34],
			],
		),
	);
}

/** The window's reflection, following the outline. */
function shine(c: Canvas, { cx, base, profile }: Turned, gloss: number): void {
	const inner = profile.slice(profile.length > 3 ? 1 : 0);
	const band = (from: number, to: number) =>
		`${curve(inner.map(([h, r]) => [cx - r * from, base - h] as Point))}${curve(inner.map(([h, r]) => [cx - r * to, base - h] as Point).reverse(), 'L')}Z`;
	c.path(band(0.74, 0.42), '#fffdf6', `opacity="${n(gloss * 0.4)}" ${c.blur(12)}`);
	c.path(band(0.66, 0.54), '#ffffff', `opacity="${n(gloss * 0.75)}" ${c.blur(4)}`);
	c.path(band(-0.9, -0.82), '#ffffff', `opacity="${n(gloss * 0.25)}" ${c.blur(5)}`);
}

function lid(c: Canvas, cx: number, y: number, rx: number, ry: number, color: string, top: string): void {
	if (top === 'closed') {
		c.ellipse(
			cx,
			y,
			rx,
			ry,
			c.linear(20, [
				[0, lighter(color, 0.45)],
				[0.6, lighter(color, 0.14)],
				[1, color],
			]),
		);
		return;
	}
	c.ellipse(cx, y, rx, ry, lighter(color, 0.35));
	const inside = top === 'open' ? darker(color, 0.55) : top;
	const thickness = Math.max(4, rx * 0.05);
	c.ellipse(
		cx,
		y + 1,
		rx - thickness,
		ry - thickness * 0.55,
		c.linear(
			0,
			top === 'open'
				? [
						[0, darker(color, 0.62)],
						[0.7, darker(color, 0.36)],
						[1, darker(color, 0.2)],
					]
				: [
						[0, darker(inside, 0.35)],
						[0.4, inside],
						[1, lighter(inside, 0.18)],
					],
		),
	);
}

/** Where a thing touches the ground, and what it takes of the light behind it. */
export function groundShadow(c: Canvas, cx: number, base: number, radius: number, height: number, widest = radius): void {
	const reach = Math.min(height * 0.75, 360);
	c.ellipse(cx + reach / 2, base + widest * 0.02, radius + reach / 2, widest * 0.2 + 6, '#1d1a2e', `opacity="0.34" ${c.blur(30)}`);
	c.ellipse(cx + radius * 0.1, base + 4, radius * 1.06, radius * TILT + 8, '#15121f', `opacity="0.5" ${c.blur(9)}`);
}

/** A blurred copy of an outline lying under a flat thing. */
export function dropShadow(c: Canvas, d: string, dx = 14, dy = 20, sigma = 14, opacity = 0.3): void {
	c.path(d, '#1d1a2e', `transform="translate(${dx} ${dy})" opacity="${opacity}" ${c.blur(sigma)}`);
}

/** Looks down on a table: x to the right-back, y to the left-back, z up. */
export interface View {
	at: Point;
	/** Degrees the thing is turned on the table. */
	turn: number;
	/** Flattening of the ground, 0 edge-on … 1 from above. */
	pitch: number;
	scale?: number;
}

export function project(view: View, x: number, y: number, z: number): Point {
	const angle = (view.turn * Math.PI) / 180;
	const scale = view.scale ?? 1;
	const [across, deep] = [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
	return [view.at[0] + across * scale, view.at[1] + (deep * view.pitch - z * Math.sqrt(1 - view.pitch ** 2)) * scale];
}

export interface Box {
	x: number;
	y: number;
	z: number;
	width: number;
	depth: number;
	height: number;
	color: string;
	/** Softens corners, in units. */
	round?: number;
	/** Draws on the top face in coordinates 0…width × 0…depth. */
	onTop?: () => void;
	/** Draws on the near face in coordinates 0…width × 0…height, y down. */
	onFront?: () => void;
	/** Draws on the side face in coordinates 0…depth × 0…height, y down. */
	onSide?: () => void;
	shadow?: boolean;
}

/** A box on the table, its top, front and right side lit; faces can carry drawings. `turn` must lie between 0° and 80°. */
export function box(c: Canvas, view: View, b: Box): void {
	const p = (x: number, y: number, z: number) => project(view, b.x + x, b.y + y, b.z + z);
	const [w, d, h] = [b.width, b.depth, b.height];
	const joint = (fill: string) => (b.round ? `stroke="${fill}" stroke-width="${b.round}" stroke-linejoin="round"` : `stroke="${fill}" stroke-width="0.6"`);
	if (b.shadow !== false) {
		const foot = [p(0, 0, 0), p(w, 0, 0), p(w, d, 0), p(0, d, 0)];
		c.path(polygon(foot), '#1d1a2e', `transform="translate(${n(18 + h * 0.24)} ${n(10 + h * 0.1)})" opacity="0.26" ${c.blur(14)}`);
		c.path(polygon(foot), '#15121f', `transform="translate(4 7)" opacity="0.4" ${c.blur(6)}`);
	}
	const front = [p(0, d, h), p(w, d, h), p(w, d, 0), p(0, d, 0)] as [Point, Point, Point, Point];
	const side = [p(w, d, h), p(w, 0, h), p(w, 0, 0), p(w, d, 0)] as [Point, Point, Point, Point];
	const top = [p(0, 0, h), p(w, 0, h), p(w, d, h), p(0, d, h)] as [Point, Point, Point, Point];
	const paint = (corners: [Point, Point, Point, Point], size: Point, fill: string, base: string, draw?: () => void) => {
		c.path(polygon(corners), fill, joint(base));
		if (draw) onFace(c, corners, size, draw);
	};
	paint(
		side,
		[d, h],
		c.linear(80, [
			[0, darker(b.color, 0.3)],
			[1, darker(b.color, 0.46)],
		]),
		darker(b.color, 0.38),
		b.onSide,
	);
	paint(
		front,
		[w, h],
		c.linear(80, [
			[0, darker(b.color, 0.06)],
			[1, darker(b.color, 0.22)],
		]),
		darker(b.color, 0.14),
		b.onFront,
	);
	paint(
		top,
		[w, d],
		c.linear(25, [
			[0, lighter(b.color, 0.34)],
			[1, lighter(b.color, 0.06)],
		]),
		lighter(b.color, 0.2),
		b.onTop,
	);
}

/** Draws in a face's own flat coordinates. Corners: top left, top right, bottom right, bottom left. */
export function onFace(c: Canvas, [a, b, , d]: [Point, Point, Point, Point], [width, height]: Point, draw: () => void): void {
	const m = [(b[0] - a[0]) / width, (b[1] - a[1]) / width, (d[0] - a[0]) / height, (d[1] - a[1]) / height, a[0], a[1]];
	c.group(`transform="matrix(${m.map((value) => Math.round(value * 10_000) / 10_000).join(' ')})"`, draw);
}
