import { type Canvas, curve, n, type Point } from './canvas.ts';
import { darker, ink, lighter, mix } from './color.ts';
import { folds } from './folds.ts';
import { createRandom, type Random } from './random.ts';
import { awning, leafShadow, ridges, wallAndFloor, windowLight, woodGrain } from './stage.ts';
import type { Tone } from './tones.ts';
import { threads } from './weaves.ts';

export type BackdropName = 'table' | 'sweep' | 'moon' | 'arch' | 'shelf' | 'window' | 'night' | 'linen' | 'paper' | 'boards' | 'hills' | 'awning';

/** Paints what stands behind and under a product. Things stand at y ≈ 790 on upright scenes. */
export function paintBackdrop(c: Canvas, name: BackdropName, tone: Tone, seed: string): void {
	const random = createRandom(`backdrop ${seed}`);
	painters[name](c, tone, random);
}

const painters: Record<BackdropName, (c: Canvas, tone: Tone, random: Random) => void> = {
	table(c, tone, random) {
		wallAndFloor(c, tone);
		woodGrain(c, tone.floor, random);
		windowLight(c, random, 0.5);
	},
	sweep(c, tone, random) {
		c.rect(
			0,
			0,
			1000,
			1000,
			c.linear(90, [
				[0, tone.wall],
				[0.55, lighter(tone.wall, 0.32)],
				[0.72, lighter(mix(tone.wall, tone.floor, 0.4), 0.15)],
				[1, tone.floor],
			]),
		);
		c.ellipse(430, 700, 620, 330, '#fff8ea', `opacity="0.5" ${c.blur(70)}`);
		if (random.chance(0.6)) leafShadow(c, random);
	},
	moon(c, tone, random) {
		painters.sweep(c, tone, random);
		const x = random.pick([420, 500, 600]);
		c.ellipse(
			x,
			440,
			315,
			315,
			c.linear(65, [
				[0, lighter(tone.accent, 0.42)],
				[1, lighter(tone.accent, 0.08)],
			]),
			'opacity="0.88"',
		);
		c.rect(
			0,
			700,
			1000,
			300,
			c.linear(90, [
				[0, mix(tone.wall, tone.floor, 0.55)],
				[0.12, lighter(tone.floor, 0.2)],
				[1, tone.floor],
			]),
		);
	},
	arch(c, tone) {
		wallAndFloor(c, tone);
		const arch = 'M255 720V420A245 245 0 0 1 745 420V720Z';
		c.path(
			arch,
			c.linear(60, [
				[0, darker(tone.wall, 0.3)],
				[0.5, darker(tone.wall, 0.14)],
				[1, darker(tone.wall, 0.06)],
			]),
		);
		c.clipped(arch, () => {
			c.path('M215 740V420A245 245 0 0 1 705 420V740Z', lighter(tone.wall, 0.1), `transform="translate(96 22)" ${c.blur(12)}`);
			c.rect(240, 690, 520, 40, darker(tone.floor, 0.1), 0, 'opacity="0.5"');
		});
		c.line('M255 720V420A245 245 0 0 1 745 420V720', lighter(tone.wall, 0.55), 5, 'opacity="0.7"');
		c.rect(
			0,
			716,
			1000,
			284,
			c.linear(90, [
				[0, lighter(tone.floor, 0.3)],
				[0.2, lighter(tone.floor, 0.12)],
				[1, darker(tone.floor, 0.04)],
			]),
		);
		c.rect(0, 714, 1000, 5, lighter(tone.floor, 0.5), 0, 'opacity="0.6"');
	},
	shelf(c, tone, random) {
		c.rect(
			0,
			0,
			1000,
			1000,
			c.linear(75, [
				[0, lighter(tone.wall, 0.26)],
				[0.6, tone.wall],
				[1, darker(tone.wall, 0.12)],
			]),
		);
		for (let x = 0; x < 1000; x += 125) c.rect(x, 0, 3, 1000, darker(tone.wall, 0.2), 0, 'opacity="0.16"');
		windowLight(c, random, 0.4);
		c.rect(0, 950, 1000, 60, '#1d1a2e', 0, `opacity="0.3" ${c.blur(14)}`);
		c.rect(
			-20,
			690,
			1040,
			230,
			c.linear(90, [
				[0, lighter(ink.wood, 0.26)],
				[0.4, lighter(ink.wood, 0.5)],
				[1, lighter(ink.wood, 0.3)],
			]),
		);
		c.rect(
			-20,
			918,
			1040,
			44,
			c.linear(90, [
				[0, ink.wood],
				[1, darker(ink.wood, 0.3)],
			]),
		);
		c.rect(-20, 672, 1040, 22, '#1d1a2e', 0, `opacity="0.16" ${c.blur(10)}`);
		for (let i = 0; i < 9; i++)
			c.line(
				`M-20 ${n(704 + i * 24)}Q${n(random.between(200, 800))} ${n(704 + i * 24 + random.between(-12, 12))} 1020 ${n(706 + i * 24)}`,
				darker(ink.wood, 0.3),
				1.6,
				'opacity="0.2"',
			);
	},
	window(c, tone, random) {
		wallAndFloor(c, tone);
		c.ellipse(500, 400, 296, 296, darker(tone.wall, 0.32));
		const pane = 'M226 400a274 274 0 1 0 548 0a274 274 0 1 0 -548 0Z';
		c.clipped(pane, () => {
			c.rect(
				200,
				100,
				600,
				600,
				c.linear(90, [
					[0, '#f3d5b5'],
					[0.5, '#f8ead2'],
					[1, '#cfdcd2'],
				]),
			);
			c.ellipse(600, 300, 52, 52, lighter(ink.vermilion, 0.34), 'opacity="0.9"');
			ridges(c, ['#b9cbc9', '#93b0ad', '#6c9189'], 470, 52, random);
		});
		c.ellipse(500, 400, 274, 274, 'none', `stroke="${darker(tone.wall, 0.44)}" stroke-width="10" opacity="0.5"`);
		c.ellipse(500, 400, 292, 292, 'none', `stroke="${ink.wood}" stroke-width="22"`);
		c.ellipse(497, 397, 296, 296, 'none', `stroke="${lighter(ink.wood, 0.5)}" stroke-width="5" opacity="0.8"`);
		c.rect(
			0,
			690,
			1000,
			310,
			c.linear(90, [
				[0, lighter(tone.floor, 0.3)],
				[1, darker(tone.floor, 0.06)],
			]),
		);
		woodGrain(c, tone.floor, random, 690);
	},
	night(c, tone, random) {
		c.rect(
			0,
			0,
			1000,
			1000,
			c.linear(90, [
				[0, darker(tone.wall, 0.45)],
				[0.64, darker(tone.wall, 0.24)],
				[0.65, darker(tone.floor, 0.36)],
				[1, darker(tone.floor, 0.6)],
			]),
		);
		c.ellipse(470, 440, 520, 470, lighter(tone.accent, 0.2), `opacity="0.26" ${c.blur(90)}`);
		c.ellipse(480, 790, 480, 110, lighter(tone.accent, 0.3), `opacity="0.3" ${c.blur(50)}`);
		for (let i = 0; i < 10; i++) {
			const r = random.between(10, 40);
			c.ellipse(
				random.between(0, 1000),
				random.between(40, 480),
				r,
				r,
				lighter(random.pick([ink.amber, ink.vermilion, ink.wheat]), 0.3),
				`opacity="${n(random.between(0.1, 0.26))}" ${c.blur(3)}`,
			);
		}
	},
	linen(c, tone, random) {
		const base = lighter(tone.wall, 0.2);
		c.rect(
			0,
			0,
			1000,
			1000,
			c.linear(50, [
				[0, lighter(base, 0.3)],
				[0.6, base],
				[1, darker(base, 0.12)],
			]),
		);
		c.rect(0, 0, 1000, 1000, threads(c, darker(base, 0.3), '#fffaf0'));
		const lines = Array.from({ length: 5 }, (_, i): Point[] => {
			const x = i * 230 - 180 + random.between(-60, 60);
			return [
				[x, -140],
				[x + random.between(-60, 140), 300],
				[x + random.between(0, 200), 640],
				[x + random.between(100, 320), 1140],
			];
		});
		folds(c, lines, 0.7, 64);
	},
	paper(c, tone, random) {
		c.rect(
			0,
			0,
			1000,
			1000,
			c.linear(45, [
				[0, lighter(tone.wall, 0.4)],
				[1, tone.wall],
			]),
		);
		const slant = random.pick([-14, 11, 18]);
		const sheet = `M${-80 + slant * 8} ${n(620 - slant * 6)}L1080 ${n(430 + slant * 8)}V1080H-80Z`;
		c.path(sheet, '#1d1a2e', `transform="translate(-4 -10)" opacity="0.2" ${c.blur(9)}`);
		c.path(
			sheet,
			c.linear(60, [
				[0, lighter(tone.floor, 0.25)],
				[1, tone.floor],
			]),
		);
		const disc = random.pick<Point>([
			[210, 240],
			[800, 230],
			[790, 800],
		]);
		c.ellipse(disc[0], disc[1], 150, 150, '#1d1a2e', `transform="translate(7 10)" opacity="0.2" ${c.blur(8)}`);
		c.ellipse(
			disc[0],
			disc[1],
			150,
			150,
			c.linear(50, [
				[0, lighter(tone.accent, 0.3)],
				[1, tone.accent],
			]),
		);
		leafShadow(c, random);
	},
	boards(c, tone, random) {
		const wood = mix(tone.floor, ink.wood, 0.35);
		for (let i = 0; i < 5; i++) {
			const shade = mix(wood, random.pick([lighter(wood, 0.3), darker(wood, 0.16)]), 0.5);
			c.rect(
				i * 204 - 10,
				0,
				201,
				1000,
				c.linear(0, [
					[0, lighter(shade, 0.16)],
					[0.9, shade],
					[1, darker(shade, 0.2)],
				]),
			);
			for (let k = 0; k < 6; k++) {
				const x = i * 204 + random.between(8, 180);
				c.line(
					curve([
						[x, -10],
						[x + random.between(-14, 14), 330],
						[x + random.between(-14, 14), 660],
						[x + random.between(-8, 8), 1010],
					]),
					darker(shade, 0.35),
					random.between(1, 3),
					'opacity="0.2"',
				);
			}
			c.rect(i * 204 + 191, 0, 4, 1000, darker(wood, 0.5), 0, 'opacity="0.5"');
		}
		windowLight(c, random, 0.34);
	},
	hills(c, tone, random) {
		c.rect(
			0,
			0,
			1000,
			1000,
			c.linear(90, [
				[0, mix(tone.wall, '#a9c6d8', 0.6)],
				[0.45, lighter(tone.wall, 0.4)],
				[0.62, lighter(ink.blush, 0.2)],
				[1, tone.floor],
			]),
		);
		c.ellipse(700, 330, 92, 92, '#fff3dc', `opacity="0.95"`);
		c.ellipse(700, 330, 210, 210, '#fff3dc', `opacity="0.4" ${c.blur(40)}`);
		for (let i = 0; i < 3; i++)
			c.ellipse(random.between(80, 900), random.between(120, 330), random.between(90, 170), random.between(14, 24), '#fffaf0', `opacity="0.6" ${c.blur(12)}`);
		ridges(c, [mix('#9bb7b4', tone.wall, 0.4), mix('#7ea08f', tone.floor, 0.3), mix('#5d8468', tone.floor, 0.2)], 560, 70, random);
		c.path(
			`${curve([
				[-20, 760],
				[200, 716],
				[520, 742],
				[800, 712],
				[1020, 748],
			])}V1020H-20Z`,
			c.linear(90, [
				[0, '#93a765'],
				[1, '#5f7d4c'],
			]),
		);
		for (let i = 0; i < 70; i++) {
			const [x, y] = [random.between(0, 1000), random.between(770, 1000)];
			c.line(
				`M${n(x)} ${n(y)}q${n(random.between(-5, 5))} -12 ${n(random.between(-9, 9))} -22`,
				random.pick(['#b8c77f', '#4d6b40', '#dfe0a4']),
				2.4,
				'opacity="0.6"',
			);
		}
	},
	awning(c, tone, random) {
		wallAndFloor(c, tone);
		woodGrain(c, tone.floor, random);
		awning(c, tone.accent);
	},
};
