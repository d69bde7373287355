import { blob } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { groundShadow } from '../../forms.ts';
import { sprig } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { weaveOf } from './parts.ts';

/** Blankets or towels folded into a stack. */
export const folded: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 480, 812, 300, 280, 320);
	const layers = [
		[color, weaveOf(style)],
		[accent, 'plain'],
		[lighter(color, 0.4), weaveOf(style + 4)],
		[ink.cream, 'checks'],
	] as const;
	[...layers].reverse().forEach(([tint, kind], i) => {
		const y = 716 - i * 104;
		const inset = i * 6;
		const d = `M${190 + inset} ${y + 10}C${170 + inset} ${y + 40} ${170 + inset} ${y + 76} ${196 + inset} ${y + 98}C400 ${y + 116} 600 ${y + 116} ${770 - inset} ${y + 98}C${796 - inset} ${y + 70} ${796 - inset} ${y + 36} ${770 - inset} ${y + 8}C600 ${y - 18} 380 ${y - 18} ${190 + inset} ${y + 10}Z`;
		c.path(d, weave(c, kind, tint, i % 2 ? darker(tint, 0.2) : lighter(tint, 0.34), 66));
		c.clipped(d, () => {
			c.rect(
				150,
				y - 20,
				660,
				150,
				c.linear(90, [
					[0, '#fff9ee', 0.4],
					[0.3, '#fff9ee', 0.05],
					[0.7, '#171a2b', 0.1],
					[1, '#171a2b', 0.5],
				]),
			);
			c.rect(
				150,
				y - 20,
				660,
				150,
				c.linear(0, [
					[0, '#171a2b', 0.2],
					[0.2, '#fff9ee', 0.18],
					[0.7, '#171a2b', 0],
					[1, '#171a2b', 0.36],
				]),
			);
			c.line(`M176 ${y + 54}C400 ${y + 70} 600 ${y + 70} 790 ${y + 50}`, '#171a2b', 5, `opacity="0.3" ${c.blur(2)}`);
		});
	});
	c.path(
		blob([
			[210, 404],
			[480, 380],
			[750, 402],
			[480, 424],
		]),
		'#fff9ee',
		'opacity="0.12"',
	);
	sprig(c, 380, 396, 240, -6, ink.leaf, seed);
};
