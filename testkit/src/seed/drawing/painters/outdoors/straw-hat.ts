import { darker, ink, lighter, mix } from '../../color.ts';
import { dropShadow, groundShadow } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { weave } from '../../weaves.ts';

/** A wide hat of plaited straw. */
export const strawHat: Painter = (c, { color, accent, style }) => {
	groundShadow(c, 490, 790, 330, 120, 380);
	const brim = 'M110 740C200 640 780 640 880 740C900 800 700 850 490 850C280 850 90 800 110 740Z';
	const straw = mix(ink.bamboo, color, 0.2);
	const plait = c.pattern(
		26,
		18,
		`<rect width="26" height="18" fill="${straw}"/><path d="M0 9L6 2L13 9L19 2L26 9M0 18L6 11L13 18L19 11L26 18" fill="none" stroke="${darker(straw, 0.34)}" stroke-width="2.6"/><path d="M0 12L6 5L13 12" fill="none" stroke="${lighter(straw, 0.5)}" stroke-width="1.6"/>`,
	);
	c.path(brim, plait);
	c.path(
		brim,
		c.linear(40, [
			[0, '#fff9ee', 0.4],
			[0.5, '#fff9ee', 0],
			[1, '#171a2b', 0.4],
		]),
	);
	const crown = 'M270 730C270 520 330 410 490 410C650 410 710 520 716 730C640 780 350 780 270 730Z';
	c.path(crown, plait);
	c.path(
		crown,
		c.linear(10, [
			[0, '#171a2b', 0.2],
			[0.28, '#fff9ee', 0.45],
			[0.6, '#fff9ee', 0],
			[1, '#171a2b', 0.46],
		]),
	);
	c.path(
		'M268 660C360 712 630 712 718 660L716 736C640 782 350 782 270 736Z',
		style % 2
			? weave(c, 'dots', accent, lighter(accent, 0.6), 34)
			: c.linear(0, [
					[0, darker(accent, 0.3)],
					[0.3, lighter(accent, 0.3)],
					[1, darker(accent, 0.4)],
				]),
	);
	c.path('M690 690C780 700 800 770 790 850C760 830 740 800 720 760Z', darker(accent, 0.14));
	dropShadow(c, 'M640 700L700 690L690 750Z', 2, 4, 4, 0.3);
};
