import { type Profile, turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { glaze, steam } from './parts.ts';

/** Two tall cups side by side. */
export const cups: Painter = (c, { color, accent, seed, style }) => {
	const profile: Profile =
		style % 2
			? [
					[270, 124],
					[262, 128],
					[120, 120],
					[30, 104],
					[0, 92],
				]
			: [
					[250, 140],
					[240, 142],
					[120, 128],
					[20, 90],
					[0, 88],
				];
	turn(c, { cx: 660, base: 752, color: accent, gloss: 0.8, top: '#6b4426', profile, tilt: 0.24, decorate: glaze(c, style + 3, accent, color, `${seed}b`) });
	turn(c, {
		cx: 390,
		base: 818,
		color,
		gloss: 0.8,
		top: '#6b4426',
		profile: profile.map(([h, r]) => [h * 1.1, r * 1.1]),
		tilt: 0.24,
		decorate: glaze(c, style, color, accent, seed),
	});
	steam(c, 390, 490);
};
