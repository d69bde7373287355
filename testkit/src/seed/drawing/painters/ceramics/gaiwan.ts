import { lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { cup } from '../tea/parts.ts';
import { glaze } from './parts.ts';

/** Lidded bowl on a saucer. */
export const gaiwan: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(470, 800, 236, 60, '#15121f', `opacity="0.4" ${c.blur(12)}`);
	turn(c, {
		cx: 470,
		base: 804,
		color,
		gloss: 0.6,
		floating: true,
		top: 'closed',
		profile: [
			[40, 226],
			[22, 190],
			[0, 96],
		],
		tilt: 0.2,
	});
	turn(c, {
		cx: 470,
		base: 764,
		color,
		gloss: 0.9,
		profile: [
			[206, 186],
			[196, 180],
			[130, 164],
			[50, 108],
			[16, 76],
			[0, 76],
		],
		top: 'open',
		decorate: glaze(c, style, color, accent, seed),
	});
	turn(c, {
		cx: 488,
		base: 552,
		color,
		gloss: 0.9,
		floating: true,
		profile: [
			[70, 40],
			[62, 92],
			[30, 146],
			[0, 166],
		],
		tilt: 0.15,
		decorate: glaze(c, style === 1 ? 5 : style, color, accent, `${seed}l`),
	});
	turn(c, {
		cx: 488,
		base: 488,
		color: lighter(color, 0.1),
		gloss: 0.7,
		floating: true,
		profile: [
			[30, 46],
			[12, 32],
			[0, 34],
		],
		top: 'open',
	});
	cup(c, 790, 850, 80, color, '#c58a34');
};
