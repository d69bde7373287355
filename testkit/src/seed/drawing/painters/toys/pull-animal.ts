import type { Canvas } from '../../canvas.ts';
import { darker, ink, lighter, mix } from '../../color.ts';
import { groundShadow } from '../../forms.ts';
import type { Painter } from '../../scene.ts';
import { eye, grain, wheel } from './parts.ts';

/** A fox, bear, hare or hen on wheels, with a string to pull. */
export const pullAnimal: Painter = (c, { color, accent, style }) => {
	groundShadow(c, 480, 812, 260, 200, 300);
	c.line('M742 742C830 720 840 860 940 842', ink.bamboo, 8);
	c.ellipse(944, 840, 18, 18, accent);
	const fur = grain(c, color);
	const kinds = [fox, bear, hare, hen] as const;
	(kinds[style % 4] as typeof fox)(c, fur, color);
	c.rect(
		214,
		700,
		540,
		54,
		c.linear(90, [
			[0, lighter(ink.wood, 0.5)],
			[0.4, ink.wood],
			[1, darker(ink.wood, 0.3)],
		]),
		22,
	);
	for (const x of [300, 660]) wheel(c, x, 762, 62, accent);
};

function body(c: Canvas, d: string, fur: string): void {
	c.path(d, fur);
	c.path(
		d,
		c.linear(65, [
			[0, '#fff9ee', 0.42],
			[0.45, '#fff9ee', 0],
			[1, '#171a2b', 0.36],
		]),
	);
	c.path(d, 'none', 'stroke="#fff9ee" stroke-width="5" opacity="0.3" transform="translate(3 4)"');
}

function fox(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M240 700C190 600 120 580 130 470C190 480 250 520 290 600C330 540 420 520 500 530L520 380L570 300L610 370C660 350 700 352 730 364L778 296L800 400C812 440 790 500 740 530C720 590 712 640 712 700H620C610 660 590 640 560 640H400C370 640 350 664 346 700Z',
		fur,
	);
	c.path('M130 470C160 474 190 488 216 508C200 530 180 548 166 566C136 540 128 510 130 470Z', ink.cream);
	c.path('M600 470C640 520 720 530 796 430C800 470 780 510 740 530C690 548 620 530 600 470Z', ink.cream);
	c.ellipse(796, 436, 17, 14, ink.ink);
	eye(c, 690, 430);
	c.path('M570 316L590 372L552 384Z', darker(color, 0.5), 'opacity="0.6"');
}

function bear(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M230 700C200 560 270 450 420 440C470 430 520 440 550 460C546 420 560 396 590 380C570 340 610 306 644 334C680 318 720 320 748 334C780 304 822 342 802 380C840 430 826 510 770 540C730 560 716 640 712 700H610C606 660 590 636 560 636H390C360 636 340 660 336 700Z',
		fur,
	);
	c.ellipse(706, 474, 70, 52, lighter(color, 0.5));
	c.ellipse(706, 452, 24, 17, ink.ink);
	eye(c, 650, 414);
	eye(c, 756, 414);
}

function hare(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M250 700C210 600 250 480 370 470C460 462 540 490 570 470C600 450 600 420 606 400C570 310 540 200 580 180C620 170 650 280 660 360C690 260 730 180 764 200C790 230 730 330 710 378C770 400 790 470 750 520C730 560 716 640 712 700H616C610 660 590 640 560 640H400C370 640 350 660 346 700Z',
		fur,
	);
	c.ellipse(240, 570, 46, 44, ink.cream);
	c.path('M590 210C604 240 630 310 640 356C610 320 588 250 590 210Z', mix(color, ink.blush, 0.7));
	c.ellipse(752, 466, 14, 11, ink.vermilion);
	eye(c, 690, 436);
}

function hen(c: Canvas, fur: string, color: string): void {
	body(
		c,
		'M150 440C220 450 280 500 330 520C420 540 480 500 520 420C540 360 600 320 660 336C720 350 740 410 730 470C726 600 660 700 560 704H380C250 690 160 580 150 440Z',
		fur,
	);
	c.path('M590 336C580 280 620 270 634 306C640 262 690 264 684 312C716 290 736 324 712 356Z', ink.vermilion);
	c.path('M732 420L800 446L728 466Z', ink.amber);
	c.ellipse(722, 500, 20, 32, ink.vermilion);
	c.path('M310 560C380 530 470 560 500 620C440 660 350 650 310 560Z', darker(color, 0.2));
	eye(c, 668, 406);
}
