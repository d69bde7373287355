import { blob, type Canvas, n } from '../../canvas.ts';
import { brushWord } from '../../characters.ts';
import { darker, ink, lighter } from '../../color.ts';
import { turn } from '../../forms.ts';
import { leaf, print, seal } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';
import { berry } from './parts.ts';

/** A glass jar of something good, lid under cloth; style 0 honey, 1 chilli, 2 jam, 3 pickles. */
export const jar: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`jar ${seed}`);
	spill(c, style, seed, color);
	turn(c, {
		cx: 460,
		base: 800,
		color,
		gloss: 1,
		profile: [
			[372, 134],
			[350, 142],
			[318, 190],
			[290, 200],
			[30, 200],
			[0, 194],
		],
		decorate: ({ left, right, top, bottom }) => {
			c.rect(
				left,
				top,
				right - left,
				bottom - top + 50,
				c.radial(0.4, 0.5, 0.7, [
					[0, lighter(color, 0.45), 0.9],
					[0.7, color, 0.4],
					[1, darker(color, 0.3), 0.5],
				]),
			);
			if (style % 4 === 1 || style % 4 === 3)
				for (let i = 0; i < 90; i++) {
					const [x, y] = [left + random.next() * 400, top + 110 + random.next() * 320];
					leaf(
						c,
						x,
						y,
						random.between(18, 40),
						random.between(0, 360),
						random.pick([darker(color, 0.3), lighter(color, 0.3), '#e9c46a', darker(color, 0.5)]),
						false,
					);
				}
			if (style % 4 === 2)
				for (let i = 0; i < 40; i++)
					c.ellipse(
						left + random.next() * 400,
						top + 110 + random.next() * 320,
						random.between(16, 34),
						random.between(14, 28),
						random.pick([darker(color, 0.3), lighter(color, 0.2)]),
						'opacity="0.7"',
					);
			c.rect(left, top + 60, right - left, 46, '#fff8e8', 0, 'opacity="0.32"');
			c.rect(left + 96, top + 172, 208, 164, ink.cream, 8);
			c.rect(left + 106, top + 182, 188, 144, 'none', 4, `stroke="${accent}" stroke-width="4"`);
			brushWord(c, left + 122, top + 196, 82, seed);
			print(c, left + 218, top + 212, 62, 4, ink.ink, seed);
			seal(c, left + 238, top + 280, 36, seed);
		},
	});
	const cloth = blob([
		[318, 440],
		[350, 392],
		[460, 374],
		[570, 392],
		[602, 440],
		[624, 500],
		[572, 486],
		[520, 508],
		[460, 492],
		[400, 510],
		[348, 488],
		[296, 502],
	]);
	c.path(cloth, weave(c, style % 2 ? 'checks' : 'dots', lighter(accent, 0.1), ink.cream, 36));
	c.clipped(cloth, () => {
		c.rect(
			290,
			370,
			340,
			150,
			c.linearFrom(
				[290, 0],
				[630, 0],
				[
					[0, '#171a2b', 0.25],
					[0.3, '#fff9ee', 0.3],
					[0.6, '#171a2b', 0],
					[1, '#171a2b', 0.5],
				],
			),
		);
		for (const x of [330, 400, 470, 540, 590]) c.line(`M${x} 450l${(x - 460) / 9} 60`, '#171a2b', 5, `opacity="0.22" ${c.blur(2)}`);
	});
	c.line('M322 448Q460 488 598 448', ink.bamboo, 8);
	c.line('M322 446Q460 486 598 446', lighter(ink.bamboo, 0.5), 2.5);
};

function spill(c: Canvas, style: number, seed: string, color: string): void {
	const random = createRandom(`spill ${seed}`);
	if (style % 4 === 0) {
		c.line('M690 868L860 792', ink.wood, 15);
		c.line('M690 865L860 789', lighter(ink.wood, 0.5), 4);
		c.ellipse(680, 872, 52, 34, darker(ink.wood, 0.1), 'transform="rotate(-24 680 872)"');
		for (let i = -2; i <= 2; i++) c.line(`M${680 + i * 17} 848l16 44`, darker(ink.wood, 0.5), 4);
		c.path('M620 880C600 912 700 922 740 900C760 884 720 880 700 892C660 900 640 884 620 880Z', color, 'opacity="0.85"');
		return;
	}
	for (let i = 0; i < 7; i++) {
		const [x, y] = [random.between(640, 860), random.between(830, 890)];
		if (style % 4 === 1) {
			const degrees = random.between(-24, 44);
			c.group(`opacity="0.25" ${c.blur(4)}`, () => leaf(c, x + 6, y + 9, 90, degrees, '#1d1a2e', false));
			leaf(c, x, y, 90, degrees, random.pick([ink.vermilion, darker(ink.vermilion, 0.14)]));
			c.line(`M${n(x)} ${n(y)}q-10 -4 -18 -14`, ink.moss, 5);
		} else berry(c, x, y, random.between(20, 30), style % 4 === 2 ? darker(color, 0.12) : ink.leaf);
	}
}
