import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { eye } from './parts.ts';

/** A roly-poly figure that always stands up again. */
export const tumbler: Painter = (c, { color, accent, seed, style }) => {
	turn(c, {
		cx: 480,
		base: 800,
		color,
		gloss: 0.9,
		profile: [
			[330, 100],
			[300, 130],
			[200, 236],
			[90, 236],
			[14, 120],
			[0, 90],
		],
		decorate: ({ left, right, top: y, bottom }) => {
			c.rect(left, y + 170, right - left, bottom - y, weave(c, style % 2 ? 'blossoms' : 'waves', color, lighter(color, 0.4), 84));
			c.path(`M${left} ${y + 190}Q480 ${y + 80} ${right} ${y + 190}L${right} ${y + 216}Q480 ${y + 110} ${left} ${y + 216}Z`, accent);
			c.ellipse(480, bottom - 110, 66, 66, ink.cream);
			seal(c, 446, bottom - 144, 68, seed);
		},
	});
	c.ellipse(
		480,
		420,
		168,
		150,
		c.radial(0.36, 0.3, 0.8, [
			[0, '#fff6e6'],
			[0.6, '#f6d9bb'],
			[1, '#cf9c78'],
		]),
	);
	c.path(
		'M312 410C300 250 660 250 648 410C600 330 560 330 480 336C400 330 360 330 312 410Z',
		c.linear(90, [
			[0, lighter(accent, 0.2)],
			[1, darker(accent, 0.3)],
		]),
	);
	c.ellipse(
		480,
		262,
		38,
		38,
		c.radial(0.35, 0.3, 0.8, [
			[0, lighter(ink.vermilion, 0.5)],
			[1, ink.vermilion],
		]),
	);
	for (const x of [420, 540]) eye(c, x, 430);
	for (const x of [384, 576]) c.ellipse(x, 474, 28, 18, '#e98f77', 'opacity="0.6"');
	c.line('M452 482Q480 508 508 482', ink.ink, 7);
};
