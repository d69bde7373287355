import { darker, ink } from '../../color.ts';
import { turn } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { glaze, steam } from './parts.ts';

/** A small censer with a thread of smoke. */
export const censer: Painter = (c, { color, accent, seed, style }) => {
	for (const x of [-120, 120])
		c.path(
			`M${470 + x - 26} 700C${470 + x - 20} 760 ${470 + x - 14} 800 ${470 + x} 812C${470 + x + 14} 800 ${470 + x + 20} 760 ${470 + x + 26} 700Z`,
			darker(color, 0.42),
		);
	turn(c, {
		cx: 470,
		base: 776,
		color,
		gloss: 0.7,
		top: '#cfc4b4',
		profile: [
			[210, 176],
			[190, 164],
			[176, 168],
			[110, 220],
			[40, 190],
			[0, 120],
		],
		decorate: glaze(c, style, color, accent, seed),
	});
	for (const side of [-1, 1])
		c.line(`M${470 + side * 172} 592C${470 + side * 240} 520 ${470 + side * 262} 640 ${470 + side * 208} 660`, darker(color, 0.16), 22);
	c.line('M474 568L486 330', ink.walnut, 6);
	c.ellipse(486, 330, 5, 6, ink.vermilion);
	steam(c, 486, 320);
};
