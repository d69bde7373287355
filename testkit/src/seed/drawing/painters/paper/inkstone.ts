import { curve } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** Ink stone and ink stick from above, a drawn branch beside them. */
export const inkstone: Painter = (c, { color, accent, seed }) => {
	c.path('M90 130L640 96L676 640L110 690Z', '#1d1a2e', `transform="translate(12 16)" opacity="0.22" ${c.blur(10)}`);
	c.path(
		'M90 130L640 96L676 640L110 690Z',
		c.linear(40, [
			[0, '#fffdf6'],
			[1, '#efe4cf'],
		]),
	);
	c.group('opacity="0.9"', () => {
		c.line(
			curve([
				[150, 620],
				[260, 480],
				[300, 320],
				[430, 190],
			]),
			ink.ink,
			12,
		);
		c.line(
			curve([
				[280, 420],
				[400, 400],
				[520, 310],
			]),
			ink.ink,
			7,
		);
		for (const [x, y, r] of [
			[430, 190, 34],
			[390, 250, 26],
			[520, 310, 32],
			[470, 350, 22],
			[240, 500, 24],
			[310, 300, 26],
		] as const)
			blossom(c, x, y, r, lighter(ink.vermilion, 0.3), x);
		seal(c, 560, 540, 60, seed);
	});
	c.group('transform="rotate(11 640 640)"', () => {
		const stone = 'M440 470H850A34 34 0 0 1 884 504V850A34 34 0 0 1 850 884H440A34 34 0 0 1 406 850V504A34 34 0 0 1 440 470Z';
		dropShadow(c, stone, 18, 24, 14, 0.44);
		c.path(
			stone,
			c.linear(40, [
				[0, lighter(ink.charcoal, 0.3)],
				[1, darker(ink.charcoal, 0.5)],
			]),
		);
		c.ellipse(
			640,
			690,
			190,
			150,
			c.linear(50, [
				[0, darker(ink.charcoal, 0.6)],
				[1, lighter(ink.charcoal, 0.14)],
			]),
		);
		c.path('M500 560C560 520 720 520 780 560C790 600 740 620 640 620C540 620 490 600 500 560Z', '#0b0b0f');
		c.line('M530 562C590 540 690 540 740 558', '#fff', 6, `opacity="0.5" ${c.blur(2)}`);
		c.line('M420 500Q420 484 440 484H840', lighter(ink.charcoal, 0.6), 4, 'opacity="0.6"');
	});
	c.group('transform="rotate(-34 300 840)"', () => {
		c.rect(150, 812, 330, 74, '#15121f', 10, `transform="translate(12 18)" opacity="0.4" ${c.blur(8)}`);
		c.rect(
			150,
			800,
			330,
			74,
			c.linear(90, [
				[0, lighter(color, 0.3)],
				[0.3, darker(color, 0.3)],
				[1, darker(color, 0.6)],
			]),
			10,
		);
		for (let i = 0; i < 3; i++) brushWord(c, 200 + i * 78, 810, 54, `${seed}${i}`, accent);
	});
};
