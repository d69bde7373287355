import { n } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { dropShadow, groundShadow } from '../../forms.ts';
import { leaf, print } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { cup } from './parts.ts';

/** A pressed cake of tea, half out of its wrapper, standing on edge. */
export const teaCake: Painter = (c, { color, accent, seed }) => {
	const random = createRandom(`cake ${seed}`);
	groundShadow(c, 470, 796, 190, 420, 260);
	c.path(
		'M470 250a272 272 0 1 0 .1 0Z',
		c.linear(40, [
			[0, lighter(ink.cream, 0.4)],
			[0.6, ink.cream],
			[1, darker(ink.cream, 0.26)],
		]),
		'transform="translate(34 6)"',
	);
	const face = 'M440 246a272 272 0 1 0 .1 0Z';
	c.path(
		face,
		c.radial(0.36, 0.3, 0.85, [
			[0, lighter(color, 0.2)],
			[0.6, color],
			[1, darker(color, 0.42)],
		]),
	);
	c.clipped(face, () => {
		for (let i = 0; i < 330; i++) {
			const [angle, r] = [random.between(0, 6.283), 275 * Math.sqrt(random.next())];
			const tint = random.pick([darker(color, 0.34), lighter(color, 0.26), darker(color, 0.14), lighter(color, 0.5)]);
			leaf(c, 440 + Math.cos(angle) * r, 518 + Math.sin(angle) * r, random.between(26, 58), random.between(0, 360), tint, false);
		}
		c.ellipse(
			440,
			518,
			280,
			280,
			c.radial(0.34, 0.28, 0.8, [
				[0, '#fff4d8', 0.34],
				[0.5, '#fff4d8', 0],
				[1, '#171a2b', 0.5],
			]),
		);
	});
	const wrap = 'M702 590A272 272 0 0 1 178 590C240 548 340 640 440 604C540 568 640 640 702 590Z';
	dropShadow(c, wrap, 0, -8, 8, 0.34);
	c.path(
		wrap,
		c.linear(60, [
			[0, lighter(ink.cream, 0.5)],
			[0.5, ink.cream],
			[1, darker(ink.cream, 0.2)],
		]),
	);
	c.clipped(wrap, () => {
		for (let i = 0; i < 9; i++)
			c.line(`M${n(220 + i * 56)} 600q${n(random.between(-20, 20))} 90 ${n((4 - i) * 16)} 190`, darker(ink.cream, 0.34), 3, 'opacity="0.3"');
		c.ellipse(440, 712, 66, 62, accent);
		brushWord(c, 404, 676, 72, seed, ink.rice);
		print(c, 286, 690, 76, 3, ink.ink, seed);
		print(c, 526, 690, 76, 3, ink.ink, `${seed}b`);
	});
	cup(c, 800, 838, 78, ink.rice, lighter(color, 0.1));
};
