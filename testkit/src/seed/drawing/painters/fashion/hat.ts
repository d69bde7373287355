import { n } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { groundShadow, turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** A knitted hat with a folded brim. */
export const hat: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 490, 800, 250, 260, 270);
	const crown = 'M250 690C240 460 330 300 490 300C650 300 740 460 730 690Z';
	const knit = (tint: string) =>
		c.pattern(
			30,
			26,
			`<rect width="30" height="26" fill="${tint}"/><path d="M0 0C4 12 10 18 15 26C20 18 26 12 30 0" fill="none" stroke="${darker(tint, 0.3)}" stroke-width="4"/><path d="M3 0C7 10 12 15 15 20" fill="none" stroke="${lighter(tint, 0.4)}" stroke-width="2.4"/>`,
		);
	c.path(crown, knit(color));
	c.clipped(crown, () => {
		if (style % 2)
			for (const [y, tint] of [
				[430, accent],
				[470, lighter(color, 0.5)],
				[510, accent],
			] as const)
				c.rect(230, y, 520, 26, knit(tint));
		c.ellipse(
			490,
			600,
			270,
			320,
			c.radial(0.36, 0.3, 0.75, [
				[0, '#fff9ee', 0.36],
				[0.5, '#fff9ee', 0],
				[1, '#171a2b', 0.5],
			]),
		);
	});
	turn(c, {
		cx: 490,
		base: 790,
		color,
		gloss: 0,
		floating: true,
		profile: [
			[136, 250],
			[110, 264],
			[24, 264],
			[0, 250],
		],
		tilt: 0.1,
		decorate: ({ left, right, top, bottom }) =>
			c.rect(
				left,
				top - 10,
				right - left,
				bottom - top + 60,
				c.pattern(
					26,
					40,
					`<rect width="26" height="40" fill="${darker(color, 0.08)}"/><rect x="2" width="13" height="40" rx="6" fill="${lighter(color, 0.14)}"/>`,
				),
			),
	});
	const random = createRandom(`bobble ${seed}`);
	for (let i = 0; i < 90; i++) {
		const angle = random.between(0, 6.283);
		c.line(
			`M490 276L${n(490 + Math.cos(angle) * random.between(40, 76))} ${n(266 + Math.sin(angle) * random.between(40, 70))}`,
			random.pick([accent, lighter(accent, 0.3), darker(accent, 0.25)]),
			7,
		);
	}
	c.rect(612, 690, 78, 50, ink.cream, 6);
	seal(c, 636, 698, 32, seed);
};
