import { darker, lighter } from '../../color.ts';
import { folds } from '../../folds.ts';
import { dropShadow } from '../../forms.ts';
import { blossom, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { threads, weave } from '../../weaves.ts';
import { weaveOf } from './parts.ts';

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
