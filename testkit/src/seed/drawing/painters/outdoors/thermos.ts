import { ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A flask with its cup. */
export const thermos: Painter = (c, { color, accent, seed, style }) => {
	turn(c, {
		cx: 410,
		base: 812,
		color,
		gloss: 0.9,
		straight: true,
		profile: [
			[470, 96],
			[440, 136],
			[0, 136],
		],
		decorate: ({ left, right, bottom }) => {
			c.rect(left, bottom - 60, right - left, 120, ink.steel);
			if (style % 2) c.rect(left, bottom - 330, right - left, 130, weave(c, 'ikat', accent, lighter(accent, 0.5), 64));
			else {
				c.path(
					`M${left} ${bottom - 160}L${left + 80} ${bottom - 280}L${left + 150} ${bottom - 200}L${left + 200} ${bottom - 270}L${right} ${bottom - 160}Z`,
					lighter(color, 0.4),
				);
				c.ellipse(left + 190, bottom - 320, 28, 28, accent);
			}
			seal(c, left + 104, bottom - 420, 52, seed, lighter(color, 0.5));
		},
	});
	turn(c, {
		cx: 410,
		base: 350,
		color: ink.steel,
		gloss: 1,
		straight: true,
		floating: true,
		top: 'closed',
		profile: [
			[150, 88],
			[130, 94],
			[0, 98],
		],
	});
	turn(c, {
		cx: 720,
		base: 850,
		color: accent,
		gloss: 0.9,
		straight: true,
		top: '#6b4426',
		profile: [
			[150, 106],
			[0, 92],
		],
		tilt: 0.28,
	});
	c.line('M720 680C690 630 760 600 730 540', '#fffaf0', 14, `opacity="0.5" ${c.blur(8)}`);
};
