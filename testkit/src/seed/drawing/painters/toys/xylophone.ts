import { darker, ink, lighter, mix } from '../../color.ts';
import type { Painter } from '../../scene.ts';

/** A xylophone with its mallets, from above. */
export const xylophone: Painter = (c, { color, accent }) => {
	c.group('transform="rotate(-12 500 520)"', () => {
		for (const y of [360, 660]) {
			c.rect(120, y, 770, 40, '#15121f', 14, `transform="translate(14 24)" opacity="0.35" ${c.blur(10)}`);
			c.rect(
				120,
				y,
				770,
				40,
				c.linear(90, [
					[0, lighter(ink.wood, 0.4)],
					[1, darker(ink.wood, 0.2)],
				]),
				14,
			);
		}
		const tones = [ink.vermilion, mix(ink.vermilion, ink.amber, 0.5), ink.amber, mix(ink.amber, ink.jade, 0.5), ink.jade, ink.indigo, ink.plum, color];
		tones.forEach((tint, i) => {
			const [x, half] = [140 + i * 94, 330 - i * 22];
			c.rect(x, 530 - half, 80, half * 2, '#15121f', 14, `transform="translate(8 14)" opacity="0.3" ${c.blur(6)}`);
			c.rect(
				x,
				530 - half,
				80,
				half * 2,
				c.linear(0, [
					[0, lighter(tint, 0.3)],
					[0.3, lighter(tint, 0.16)],
					[1, darker(tint, 0.16)],
				]),
				14,
			);
			c.rect(x + 10, 530 - half + 10, 10, half * 2 - 20, '#fff', 5, 'opacity="0.35"');
			for (const y of [380, 680]) c.ellipse(x + 40, y, 9, 9, '#fff3cf');
		});
	});
	for (const [x, y, degrees] of [
		[180, 900, -32],
		[330, 930, -16],
	] as const) {
		c.group(`transform="translate(${x} ${y}) rotate(${degrees})"`, () => {
			c.rect(10, 12, 480, 16, '#15121f', 8, `opacity="0.4" ${c.blur(6)}`);
			c.rect(
				0,
				-9,
				480,
				18,
				c.linear(90, [
					[0, lighter(ink.wood, 0.5)],
					[1, darker(ink.wood, 0.2)],
				]),
				9,
			);
			c.ellipse(
				486,
				0,
				36,
				36,
				c.radial(0.35, 0.3, 0.8, [
					[0, lighter(accent, 0.6)],
					[0.5, accent],
					[1, darker(accent, 0.4)],
				]),
			);
		});
	}
};
