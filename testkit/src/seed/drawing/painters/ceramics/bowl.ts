import { n } from '../../canvas.ts';
import { ink, mix } from '../../color.ts';
import { type Profile, turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { glaze } from './parts.ts';

/** A footed bowl, and a second one behind it. */
export const bowl: Painter = (c, { color, accent, seed, style }) => {
	const profile: Profile =
		style % 2
			? [
					[200, 232],
					[150, 218],
					[80, 164],
					[30, 96],
					[22, 84],
					[0, 88],
				]
			: [
					[216, 216],
					[196, 222],
					[120, 206],
					[50, 132],
					[24, 92],
					[0, 92],
				];
	turn(c, {
		cx: 690,
		base: 724,
		color: mix(color, ink.rice, 0.45),
		gloss: 0.6,
		top: 'open',
		profile: profile.map(([h, r]) => [h * 0.74, r * 0.74]),
		tilt: 0.24,
	});
	turn(c, { cx: 430, base: 812, color, gloss: 0.9, top: 'open', profile, tilt: 0.26, decorate: glaze(c, style, color, accent, seed) });
	const y = 812 - (profile[0] as [number, number])[0];
	c.path(`M250 ${n(y + 26)}A190 46 0 0 0 500 ${n(y + 40)}`, 'none', 'stroke="#fff" stroke-width="7" opacity="0.35" stroke-linecap="round"');
};
