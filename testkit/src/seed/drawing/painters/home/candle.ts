import { brushWord } from '../../characters.ts';
import { ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** Candles in glazed cups, the front one alight. */
export const candle: Painter = (c, { color, accent, seed, style }) => {
	const one = (cx: number, base: number, scale: number, tint: string, lit: boolean) => {
		const h = 260 * scale;
		turn(c, {
			cx,
			base,
			color: tint,
			gloss: 0.8,
			straight: true,
			profile: [
				[h, 130 * scale],
				[0, 122 * scale],
			],
			top: lighter(tint, 0.6),
			tilt: 0.24,
			decorate: ({ left, top, bottom }) => {
				if (style % 2) c.rect(left, top + 40, 300, 70, weave(c, 'lattice', tint, lighter(tint, 0.4), 40));
				c.rect(cx - 66 * scale, bottom - h * 0.55, 132 * scale, 100 * scale, ink.cream, 6);
				brushWord(c, cx - 30 * scale, bottom - h * 0.52, 60 * scale, `${seed}${cx}`);
			},
		});
		const y = base - h;
		c.line(`M${cx} ${y}q4 -18 -2 -34`, ink.ink, 6);
		if (!lit) return;
		c.ellipse(cx, y - 84, 150, 170, '#ffd98a', `opacity="0.5" ${c.blur(36)}`);
		c.path(
			`M${cx - 2} ${y - 28}C${cx - 44} ${y - 60} ${cx - 20} ${y - 110} ${cx + 2} ${y - 156}C${cx + 20} ${y - 110} ${cx + 40} ${y - 64} ${cx - 2} ${y - 28}Z`,
			c.linear(90, [
				[0, '#ffb347'],
				[0.5, '#ffe08a'],
				[1, '#fffbe8'],
			]),
		);
	};
	one(690, 740, 0.86, accent, false);
	one(410, 820, 1.16, color, true);
	sprig(c, 620, 880, 220, -16, ink.leaf, seed);
};
