import { darker, ink } from '../../color.ts';
import { turn } from '../../forms.ts';
import { leaf, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** An enamel mug, steaming. */
export const enamelMug: Painter = (c, { color, accent, seed, style }) => {
	c.line('M610 500C760 470 770 720 600 720', darker(accent, 0.2), 40);
	c.line('M610 497C752 470 762 716 600 716', color, 28);
	turn(c, {
		cx: 430,
		base: 812,
		color,
		gloss: 0.9,
		straight: true,
		top: '#5b3a22',
		profile: [
			[400, 190],
			[30, 184],
			[0, 174],
		],
		tilt: 0.24,
		decorate: ({ left, right, bottom }) => {
			if (style % 3 === 0) {
				c.path(
					`M${left} ${bottom - 90}L${left + 90} ${bottom - 240}L${left + 160} ${bottom - 150}L${left + 240} ${bottom - 280}L${right} ${bottom - 90}Z`,
					accent,
				);
				c.path(`M${left + 240} ${bottom - 280}l-30 54l26 -8l22 14l16 -12Z`, ink.rice);
				c.ellipse(left + 130, bottom - 290, 32, 32, ink.amber);
			} else if (style % 3 === 1) {
				for (let i = 0; i < 5; i++) leaf(c, left + 130, bottom - 90 - i * 40, 110, i % 2 ? -30 : -150, accent);
			} else {
				c.rect(left, bottom - 200, right - left, 40, accent);
				c.rect(left, bottom - 146, right - left, 14, accent);
				seal(c, left + 110, bottom - 310, 70, seed, accent);
			}
		},
	});
	c.path('M240 412A190 46 0 0 0 620 412', 'none', `stroke="${accent}" stroke-width="13"`);
	c.path('M240 412A190 46 0 0 1 620 412', 'none', `stroke="${accent}" stroke-width="13"`);
	c.line('M400 350C360 290 450 250 410 180M470 340C440 290 510 250 480 190', '#fffaf0', 14, `opacity="0.5" ${c.blur(8)}`);
};
