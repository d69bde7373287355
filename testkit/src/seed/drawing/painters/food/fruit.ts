import { type Canvas, n } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { groundShadow, turn } from '../../forms.ts';
import { leaf } from '../../motifs.ts';
import { createRandom, type Random } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { basketWeave } from '../../weaves.ts';

export type Fruit = 'persimmon' | 'tangerine' | 'plum' | 'pear';

const FRUITS: Fruit[] = ['persimmon', 'tangerine', 'plum', 'pear'];

/** A heap of fruit in a shallow basket. */
export const fruit: Painter = (c, { color, seed, style }) => {
	const random = createRandom(`fruit ${seed}`);
	const kind = FRUITS[style % 4] as Fruit;
	groundShadow(c, 480, 800, 250, 160, 320);
	for (const [x, y] of [
		[350, 560],
		[480, 530],
		[610, 565],
		[290, 630],
		[420, 610],
		[550, 612],
		[670, 632],
		[480, 466],
	] as const)
		piece(c, kind, x, y, 88, color, random);
	turn(c, {
		cx: 480,
		base: 806,
		color: ink.bamboo,
		gloss: 0.1,
		floating: true,
		profile: [
			[150, 308],
			[90, 300],
			[20, 250],
			[0, 220],
		],
		tilt: 0.16,
		decorate: ({ left, right, top, bottom }) => c.rect(left, top, right - left, bottom - top + 50, basketWeave(c, ink.bamboo)),
	});
	for (const [x, y] of [
		[300, 668],
		[430, 676],
		[560, 676],
		[670, 664],
	] as const)
		piece(c, kind, x, y - 30, 80, color, random);
	c.path(
		'M172 656A308 46 0 0 0 788 656L788 672A308 46 0 0 1 172 672Z',
		c.linear(0, [
			[0, darker(ink.bamboo, 0.3)],
			[0.3, lighter(ink.bamboo, 0.4)],
			[1, darker(ink.bamboo, 0.4)],
		]),
	);
	piece(c, kind, 840, 822, 82, color, random);
};

function piece(c: Canvas, kind: Fruit, x: number, y: number, r: number, color: string, random: Random): void {
	const squash = kind === 'persimmon' ? 0.8 : kind === 'pear' ? 1.1 : 0.94;
	c.ellipse(x + 10, y + r * squash * 0.86, r * 0.9, r * 0.26, '#15121f', `opacity="0.35" ${c.blur(8)}`);
	const skin = mix(color, random.pick([ink.amber, darker(color, 0.2), color]), 0.14);
	c.ellipse(
		x,
		y,
		r,
		r * squash,
		c.radial(0.33, 0.28, 0.8, [
			[0, lighter(skin, 0.62)],
			[0.4, skin],
			[0.85, darker(skin, 0.34)],
			[1, darker(skin, 0.22)],
		]),
	);
	c.ellipse(
		x - r * 0.34,
		y - r * 0.38 * squash,
		r * 0.24,
		r * 0.12,
		'#fff',
		`opacity="0.55" transform="rotate(-30 ${n(x - r * 0.34)} ${n(y - r * 0.38)})" ${c.blur(3)}`,
	);
	const top = y - r * squash * 0.72;
	if (kind === 'persimmon') for (const degrees of [-160, -110, -50, 0, 200]) leaf(c, x + r * 0.06, top, r * 0.52, degrees + 20, darker(ink.moss, 0.1));
	else {
		c.line(`M${n(x + 4)} ${n(top + 6)}q4 -20 12 -34`, ink.walnut, 6);
		if (random.chance(0.5)) leaf(c, x + 10, top - 6, r * 0.8, -24, ink.leaf);
	}
}
