import { blob, n } from '../canvas.ts';
import { darker, ink, lighter } from '../color.ts';
import { folds } from '../folds.ts';
import { dropShadow, groundShadow, turn } from '../forms.ts';
import { blossom, seal, sprig, threads, type Weave, weave } from '../motifs.ts';
import { createRandom } from '../random.ts';
import type { Painter } from '../scene.ts';

const WEAVES: Weave[] = ['cranes', 'waves', 'blossoms', 'ikat', 'checks', 'stripes', 'lattice', 'leaves', 'dots', 'plain'];
const weaveOf = (style: number): Weave => WEAVES[style % WEAVES.length] as Weave;

/** A square of silk, one corner turned over. */
export const scarf: Painter = (c, { color, accent, seed, style }) => {
	c.group('transform="rotate(-9 500 520)"', () => {
		const cloth =
			'M148 190C300 170 420 204 560 182C680 166 780 184 862 176C872 300 848 420 862 540C870 640 860 700 858 730C790 770 740 830 690 888C560 872 430 900 300 880C240 872 190 884 150 878C140 740 164 600 148 460C138 360 152 280 148 190Z';
		dropShadow(c, cloth, 20, 26, 18, 0.34);
		c.path(cloth, weave(c, weaveOf(style), color, accent, 126, -4));
		c.clipped(cloth, () => {
			c.path('M110 150H900V920H110Z M206 240V826H808V240Z', accent, 'fill-rule="evenodd"');
			c.path('M110 150H900V920H110Z M172 208V860H838V208Z', darker(accent, 0.12), 'fill-rule="evenodd"');
			c.rect(222, 256, 570, 554, 'none', 0, `stroke="${lighter(color, 0.6)}" stroke-width="5"`);
			folds(
				c,
				[
					[
						[130, 420],
						[300, 380],
						[420, 300],
						[520, 160],
					],
					[
						[140, 700],
						[340, 620],
						[560, 470],
						[740, 170],
					],
					[
						[260, 900],
						[460, 760],
						[640, 620],
						[880, 420],
					],
					[
						[480, 900],
						[600, 840],
						[740, 720],
						[880, 620],
					],
				],
				1,
			);
			c.rect(
				100,
				150,
				800,
				760,
				c.linear(50, [
					[0, '#fff9ee', 0.28],
					[0.5, '#fff9ee', 0],
					[1, '#171a2b', 0.26],
				]),
			);
		});
		const turned = 'M858 730C780 738 716 744 640 716C668 780 676 830 690 888C740 830 790 770 858 730Z';
		c.path(turned, '#171a2b', `transform="translate(-14 -8)" opacity="0.36" ${c.blur(10)}`);
		c.path(
			turned,
			c.linear(45, [
				[0, darker(accent, 0.2)],
				[0.5, lighter(accent, 0.4)],
				[1, accent],
			]),
		);
	});
	if (style % 3 === 0) sprig(c, 80, 900, 230, -24, ink.leaf, seed);
};

/** A shirt laid flat: 0 shirt with placket, 1 round neck, 2 jacket with knotted buttons. */
export const shirt: Painter = (c, { color, accent, seed, style }) => {
	const cut = style % 3;
	const outline =
		'M372 150C300 172 226 196 160 236C110 330 70 470 60 610L190 640L240 500C248 640 244 760 236 880C400 912 600 912 764 880C756 760 752 640 760 500L810 640L940 610C930 470 890 330 840 236C774 196 700 172 628 150C580 214 420 214 372 150Z';
	dropShadow(c, outline, 16, 24, 16, 0.32);
	const fabric = cut === 1 && style > 2 ? weave(c, weaveOf(style), color, accent, 80) : weave(c, 'plain', color, color);
	c.path(outline, fabric);
	c.clipped(outline, () => {
		c.rect(0, 100, 1000, 850, threads(c, darker(color, 0.4)));
		if (cut === 0 && style > 2) c.rect(0, 100, 1000, 850, weave(c, 'stripes', color, lighter(color, 0.4), 46), 0, 'opacity="0.7"');
		folds(
			c,
			[
				[
					[250, 470],
					[300, 420],
					[330, 300],
					[350, 190],
				],
				[
					[752, 480],
					[700, 420],
					[670, 300],
					[650, 190],
				],
				[
					[260, 860],
					[330, 700],
					[320, 560],
				],
				[
					[740, 860],
					[680, 720],
					[690, 560],
				],
				[
					[420, 890],
					[450, 740],
					[430, 600],
				],
				[
					[150, 600],
					[180, 450],
					[220, 300],
				],
				[
					[850, 600],
					[820, 450],
					[780, 300],
				],
			],
			0.9,
		);
		c.rect(
			0,
			100,
			1000,
			850,
			c.linear(42, [
				[0, '#fff9ee', 0.32],
				[0.5, '#fff9ee', 0],
				[1, '#171a2b', 0.26],
			]),
		);
		c.line('M66 580L196 612M934 580L804 612M238 850C400 884 600 884 762 850', darker(color, 0.4), 3, 'stroke-dasharray="9 7" opacity="0.6"');
		c.line('M240 500C250 420 268 330 300 236M760 500C750 420 732 330 700 236', darker(color, 0.4), 3.5, 'opacity="0.45"');
	});
	if (cut === 1) {
		c.path('M372 150C420 214 580 214 628 150C600 250 400 250 372 150Z', darker(color, 0.26));
		c.path('M372 150C400 250 600 250 628 150', 'none', `stroke="${accent}" stroke-width="13"`);
		if (style === 1) {
			c.ellipse(500, 470, 116, 116, accent);
			blossom(c, 500, 476, 74, lighter(color, 0.5));
		}
		return;
	}
	c.path('M392 150C440 188 560 188 608 150L590 190C560 214 440 214 410 190Z', darker(color, 0.5));
	c.path(
		'M372 150L500 250L452 320L340 172Z',
		c.linear(40, [
			[0, lighter(color, 0.4)],
			[1, darker(color, 0.06)],
		]),
	);
	c.path(
		'M628 150L500 250L548 320L660 172Z',
		c.linear(40, [
			[0, lighter(color, 0.2)],
			[1, darker(color, 0.2)],
		]),
	);
	c.rect(480, 250, 40, 646, darker(color, 0.08), 0, 'opacity="0.8"');
	c.line('M520 250V894', darker(color, 0.5), 3, 'opacity="0.6"');
	for (let i = 0; i < 5; i++) {
		const y = 330 + i * 122;
		if (cut === 2) {
			c.line(`M430 ${y}H574`, accent, 11);
			c.line(`M430 ${y - 12}a12 12 0 1 0 .1 0M574 ${y - 12}a12 12 0 1 1 -.1 0`, accent, 6);
			c.ellipse(502, y, 15, 15, lighter(accent, 0.2));
		} else {
			c.ellipse(502, y + 3, 14, 14, '#171a2b', 'opacity="0.35"');
			c.ellipse(
				500,
				y,
				14,
				14,
				c.radial(0.35, 0.3, 0.8, [
					[0, '#fff'],
					[1, darker(accent, 0.1)],
				]),
			);
		}
	}
	c.path('M590 430H706V548L648 572L590 548Z', darker(color, 0.1), `stroke="${darker(color, 0.36)}" stroke-width="3" stroke-dasharray="8 6"`);
	seal(c, 632, 446, 32, seed, accent);
};

/** A canvas bag hanging from a peg. */
export const tote: Painter = (c, { color, accent, seed, style }) => {
	c.ellipse(500, 150, 17, 17, ink.walnut);
	c.line('M360 430C330 240 420 150 500 150C580 150 670 240 640 430', '#1d1a2e', 26, `transform="translate(16 20)" opacity="0.24" ${c.blur(8)}`);
	c.line('M360 430C340 250 430 160 500 152C570 160 660 250 640 430', darker(color, 0.2), 28);
	c.line('M360 430C340 250 430 160 500 152C570 160 660 250 640 430', color, 21);
	const bag = 'M260 390C400 410 600 410 740 390C752 540 772 700 776 860C620 884 380 884 224 860C228 700 248 540 260 390Z';
	dropShadow(c, bag, 24, 26, 20, 0.34);
	c.path(
		bag,
		c.linear(30, [
			[0, lighter(color, 0.34)],
			[0.55, color],
			[1, darker(color, 0.26)],
		]),
	);
	c.clipped(bag, () => {
		c.rect(200, 380, 600, 520, threads(c, darker(color, 0.4)));
		if (style % 3 === 0) {
			c.ellipse(500, 640, 140, 140, accent);
			for (const [x, y, r] of [
				[470, 650, 70],
				[550, 600, 52],
				[540, 700, 40],
			] as const)
				blossom(c, x, y, r, lighter(color, 0.5), x);
		} else if (style % 3 === 1) c.rect(200, 560, 600, 210, weave(c, 'waves', accent, lighter(color, 0.4), 84));
		else {
			c.path('M340 730L440 560L520 660L600 540L690 730Z', accent);
			c.ellipse(630, 510, 38, 38, ink.vermilion);
			c.line('M310 756C420 726 560 780 700 746', accent, 9);
		}
		folds(
			c,
			[
				[
					[300, 420],
					[330, 620],
					[290, 850],
				],
				[
					[700, 420],
					[680, 640],
					[712, 850],
				],
				[
					[480, 420],
					[500, 540],
					[470, 640],
				],
			],
			0.8,
		);
		c.line('M262 420C400 440 600 440 738 420', darker(color, 0.4), 3, 'stroke-dasharray="9 7" opacity="0.7"');
	});
	for (const x of [348, 652]) {
		c.rect(x - 22, 388, 44, 60, darker(color, 0.06), 5, `stroke="${darker(color, 0.4)}" stroke-width="3" stroke-dasharray="7 5"`);
	}
	seal(c, 690, 800, 40, seed);
};

/** A pair of patterned socks. */
export const socks: Painter = (c, { color, accent, seed, style }) => {
	const one = (dx: number, degrees: number, ground: string, figure: string) => {
		c.group(`transform="translate(${dx} 40) rotate(${degrees} 400 480)"`, () => {
			const d = 'M300 120H500C500 280 494 400 520 520C560 610 690 660 720 730C740 800 690 850 610 846C490 838 380 770 330 660C296 560 306 300 300 120Z';
			dropShadow(c, d, 16, 22, 14, 0.34);
			c.path(d, weave(c, weaveOf(style + 2), ground, figure, 70));
			c.clipped(d, () => {
				c.rect(280, 110, 240, 88, figure);
				for (let x = 296; x < 510; x += 17) c.rect(x, 110, 7, 88, '#171a2b', 0, 'opacity="0.14"');
				c.ellipse(690, 800, 112, 100, figure);
				c.ellipse(330, 700, 100, 84, figure);
				c.path(
					d,
					c.linear(10, [
						[0, '#171a2b', 0.24],
						[0.25, '#fff9ee', 0.28],
						[0.55, '#fff9ee', 0],
						[1, '#171a2b', 0.34],
					]),
				);
			});
		});
	};
	one(60, 12, accent, color);
	one(-80, -4, color, accent);
	seal(c, 780, 150, 60, seed, ink.vermilion);
};

/** A knitted hat with a folded brim. */
export const hat: Painter = (c, { color, accent, seed, style }) => {
	groundShadow(c, 490, 800, 250, 260, 270);
	const crown = 'M250 690C240 460 330 300 490 300C650 300 740 460 730 690Z';
	const knit = (tint: string) =>
		c.pattern(
			30,
			26,
			`<rect width="30" height="26" fill="${tint}"/><path d="M0 0C4 12 10 18 15 26C20 18 26 12 30 0" fill="none" stroke="${darker(tint, 0.3)}" stroke-width="4"/><path d="M3 0C7 10 12 15 15 20" fill="none" stroke="${lighter(tint, 0.4)}" stroke-width="2.4"/>`,
		);
	c.path(crown, knit(color));
	c.clipped(crown, () => {
		if (style % 2)
			for (const [y, tint] of [
				[430, accent],
				[470, lighter(color, 0.5)],
				[510, accent],
			] as const)
				c.rect(230, y, 520, 26, knit(tint));
		c.ellipse(
			490,
			600,
			270,
			320,
			c.radial(0.36, 0.3, 0.75, [
				[0, '#fff9ee', 0.36],
				[0.5, '#fff9ee', 0],
				[1, '#171a2b', 0.5],
			]),
		);
	});
	turn(c, {
		cx: 490,
		base: 790,
		color,
		gloss: 0,
		floating: true,
		profile: [
			[136, 250],
			[110, 264],
			[24, 264],
			[0, 250],
		],
		tilt: 0.1,
		decorate: ({ left, right, top, bottom }) =>
			c.rect(
				left,
				top - 10,
				right - left,
				bottom - top + 60,
				c.pattern(
					26,
					40,
					`<rect width="26" height="40" fill="${darker(color, 0.08)}"/><rect x="2" width="13" height="40" rx="6" fill="${lighter(color, 0.14)}"/>`,
				),
			),
	});
	const random = createRandom(`bobble ${seed}`);
	for (let i = 0; i < 90; i++) {
		const angle = random.between(0, 6.283);
		c.line(
			`M490 276L${n(490 + Math.cos(angle) * random.between(40, 76))} ${n(266 + Math.sin(angle) * random.between(40, 70))}`,
			random.pick([accent, lighter(accent, 0.3), darker(accent, 0.25)]),
			7,
		);
	}
	c.rect(612, 690, 78, 50, ink.cream, 6);
	seal(c, 636, 698, 32, seed);
};

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

export const flat = ['scarf', 'shirt', 'socks', 'noodles'];
