import { darker, ink, lighter } from '../../color.ts';
import type { Painter } from '../../scene.ts';

/** A pendant lamp of rattan. */
export const pendant: Painter = (c, { color, accent, style }) => {
	c.line('M500 -20V220', ink.charcoal, 7);
	c.ellipse(500, 620, 420, 280, '#ffe6a3', `opacity="0.5" ${c.blur(70)}`);
	c.ellipse(500, 560, 60, 66, '#fff6d8');
	const bell =
		style % 2
			? 'M440 220C300 260 210 420 180 580C400 620 600 620 820 580C790 420 700 260 560 220Z'
			: 'M450 220C330 250 230 360 220 460C220 540 300 580 330 600C440 620 560 620 670 600C700 580 780 540 780 460C770 360 670 250 550 220Z';
	c.path(
		bell,
		c.linear(0, [
			[0, darker(color, 0.2)],
			[0.35, lighter(color, 0.4)],
			[1, darker(color, 0.36)],
		]),
		'opacity="0.85"',
	);
	c.clipped(bell, () => {
		for (let i = -12; i <= 12; i++)
			c.path(`M${500 + i * 4} 210C${500 + i * 20} 300 ${500 + i * 30} 440 ${500 + i * 29} 640`, 'none', `stroke="${darker(color, 0.3)}" stroke-width="7"`);
		for (let y = 260; y < 620; y += 34) c.path(`M160 ${y}Q500 ${y + 46} 840 ${y}`, 'none', `stroke="${lighter(color, 0.3)}" stroke-width="8"`);
		c.ellipse(500, 560, 210, 130, '#fff0bd', `opacity="0.55" ${c.blur(30)}`);
	});
	c.rect(452, 196, 96, 38, accent, 12);
	c.ellipse(500, 880, 300, 34, '#ffe6a3', `opacity="0.5" ${c.blur(20)}`);
};
