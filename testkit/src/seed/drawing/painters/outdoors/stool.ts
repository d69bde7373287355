import { darker, ink, lighter } from '../../color.ts';
import { groundShadow } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A folding stool with a canvas seat. */
export const stool: Painter = (c, { color, accent, style }) => {
	groundShadow(c, 490, 826, 260, 260, 300);
	const leg = (d: string, tint: string) => {
		c.line(d, darker(tint, 0.4), 36);
		c.line(d, tint, 26);
		c.line(d, lighter(tint, 0.5), 6, 'transform="translate(-6 -2)"');
	};
	leg('M670 470L330 780', darker(ink.wood, 0.3));
	leg('M310 470L650 780', darker(ink.wood, 0.3));
	leg('M740 520L250 836', ink.wood);
	leg('M240 520L760 836', ink.wood);
	const seat = 'M210 500L310 430C460 500 560 500 690 430L780 500C640 620 360 620 210 500Z';
	c.path(seat, weave(c, style % 2 ? 'stripes' : 'checks', color, accent, 74));
	c.path(
		seat,
		c.linear(90, [
			[0, '#171a2b', 0.3],
			[0.4, '#fff9ee', 0.18],
			[1, '#171a2b', 0.4],
		]),
	);
	c.line('M210 500C360 620 640 620 780 500', darker(color, 0.4), 9);
	for (const d of ['M200 506L316 428', 'M684 428L792 506']) {
		c.line(d, darker(ink.wood, 0.4), 32);
		c.line(d, lighter(ink.wood, 0.2), 22);
	}
	c.ellipse(
		495,
		676,
		20,
		20,
		c.radial(0.35, 0.3, 0.8, [
			[0, '#fff3cf'],
			[1, darker(ink.brass, 0.3)],
		]),
	);
};
