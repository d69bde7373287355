import { darker, ink, lighter, mix } from '../../color.ts';
import { turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { type Weave, weave } from '../../weaves.ts';
import { paperOf } from './parts.ts';

/** Rolls of patterned tape, standing and lying. */
export const tapes: Painter = (c, { color, accent, style }) => {
	const roll = (cx: number, base: number, r: number, h: number, ground: string, figure: string, kind: Weave) => {
		turn(c, {
			cx,
			base,
			color: ground,
			gloss: 0.3,
			straight: true,
			profile: [
				[h, r],
				[0, r],
			],
			tilt: 0.34,
			decorate: ({ left, right, top, bottom }) => c.rect(left, top - 40, right - left, bottom - top + 120, weave(c, kind, ground, figure, 52)),
		});
		c.ellipse(
			cx,
			base - h,
			r,
			r * 0.34,
			c.linear(20, [
				[0, '#fffaf0'],
				[1, darker(ink.cream, 0.1)],
			]),
		);
		for (const share of [0.94, 0.86, 0.78]) c.ellipse(cx, base - h, r * share, r * 0.34 * share, 'none', `stroke="${ground}" stroke-width="3" opacity="0.6"`);
		c.ellipse(cx, base - h, r * 0.66, r * 0.22, '#c9a877');
		c.ellipse(
			cx,
			base - h + 2,
			r * 0.6,
			r * 0.19,
			c.linear(0, [
				[0, darker(ink.walnut, 0.5)],
				[1, ink.walnut],
			]),
		);
	};
	roll(600, 700, 170, 130, lighter(accent, 0.2), ink.cream, paperOf(style + 1));
	roll(300, 760, 150, 100, color, lighter(color, 0.5), paperOf(style));
	roll(560, 870, 190, 120, mix(color, accent, 0.5), lighter(accent, 0.6), paperOf(style + 3));
	roll(588, 588, 120, 90, ink.wheat, ink.vermilion, paperOf(style + 5));
	c.path('M300 860C240 890 170 870 120 910L140 950C200 920 260 936 340 900Z', weave(c, paperOf(style), color, lighter(color, 0.5), 52));
};
