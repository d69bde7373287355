import { blob } from '../../canvas.ts';
import { darker, ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import type { Painter } from '../../scene.ts';

/** A puzzle with some pieces still to place, from above. */
export const puzzle: Painter = (c, { color, accent, style }) => {
	const frame = 'M130 130H870V870H130Z';
	dropShadow(c, frame, 16, 24, 16, 0.36);
	c.path(
		frame,
		c.linear(45, [
			[0, lighter(ink.wood, 0.45)],
			[1, darker(ink.wood, 0.1)],
		]),
	);
	c.rect(180, 180, 640, 640, darker(ink.wood, 0.34), 10);
	c.clipped('M180 180H820V820H180Z', () => {
		c.rect(180, 180, 640, 640, lighter(color, 0.5));
		c.ellipse(620, 340, 96, 96, ink.vermilion);
		c.path('M180 640C300 440 380 560 470 480C560 400 660 560 820 470V820H180Z', color);
		c.path('M180 740C320 640 460 760 600 660C700 600 760 680 820 650V820H180Z', accent);
		c.path(
			blob([
				[300, 360],
				[340, 320],
				[420, 320],
				[450, 350],
				[420, 372],
				[340, 376],
			]),
			'#fffaf2',
		);
		for (let i = 1; i < 4; i++) {
			const at = 180 + i * 160;
			let rows = `M180 ${at}`;
			let columns = `M${at} 180`;
			for (let k = 0; k < 4; k++) {
				const out = (i + k + style) % 2 ? -26 : 26;
				rows += `h60c-14 ${out * 1.5} 54 ${out * 1.5} 40 0h60`;
				columns += `v60c${out * 1.5} -14 ${out * 1.5} 54 0 40v60`;
			}
			for (const d of [rows, columns]) {
				c.line(d, '#171a2b', 5, 'opacity="0.5"');
				c.line(d, '#fff9ee', 2.5, 'transform="translate(3 3)" opacity="0.5"');
			}
		}
		c.path('M660 660h160v160h-160v-60c-40 14 -40 -54 0 -40Z', darker(ink.wood, 0.5));
	});
	c.group('transform="translate(66 96) rotate(14 740 760)"', () => {
		const piece = 'M660 660h160v160h-160v-60c-40 14 -40 -54 0 -40Z';
		dropShadow(c, piece, 10, 16, 8, 0.45);
		c.path(
			piece,
			c.linear(40, [
				[0, lighter(accent, 0.34)],
				[1, accent],
			]),
		);
	});
};
