import { darker, ink, lighter, mix } from '../../color.ts';
import { turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { cup } from '../tea/parts.ts';
import { glaze } from './parts.ts';

/** A teapot with spout, handle and lid. */
export const teapot: Painter = (c, { color, accent, seed, style }) => {
	const [cx, base] = [480, 800];
	const dark = darker(color, 0.3);
	c.line(`M${cx + 205} 585C${cx + 350} 470 ${cx + 400} 690 ${cx + 190} 720`, dark, 40);
	c.line(`M${cx + 205} 582C${cx + 345} 470 ${cx + 390} 686 ${cx + 190} 716`, color, 30);
	c.line(`M${cx + 214} 572C${cx + 330} 492 ${cx + 366} 640 ${cx + 250} 690`, lighter(color, 0.5), 7, 'opacity="0.8"');
	const spout = `M${cx - 190} 730C${cx - 300} 700 ${cx - 280} 560 ${cx - 372} 500L${cx - 330} 474C${cx - 250} 520 ${cx - 250} 590 ${cx - 170} 600Z`;
	c.path(
		spout,
		c.linear(20, [
			[0, lighter(color, 0.4)],
			[0.5, color],
			[1, darker(color, 0.36)],
		]),
	);
	c.ellipse(cx - 351, 487, 25, 12, darker(color, 0.6), `transform="rotate(-32 ${cx - 351} 487)"`);
	turn(c, {
		cx,
		base,
		color,
		gloss: 0.85,
		profile: [
			[268, 92],
			[262, 112],
			[220, 190],
			[140, 234],
			[62, 200],
			[20, 134],
			[0, 126],
		],
		decorate: glaze(c, style, color, accent, seed),
	});
	turn(c, {
		cx,
		base: 536,
		color,
		gloss: 0.7,
		floating: true,
		profile: [
			[52, 18],
			[44, 52],
			[20, 96],
			[0, 108],
		],
		tilt: 0.16,
	});
	turn(c, {
		cx,
		base: 488,
		color: style % 2 ? accent : color,
		gloss: 0.9,
		floating: true,
		profile: [
			[44, 8],
			[38, 24],
			[22, 30],
			[8, 18],
			[0, 18],
		],
	});
	cup(c, 800, 850, 74, mix(color, ink.rice, 0.3), '#b9812f');
};
