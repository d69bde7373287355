import { darker, ink, lighter } from '../../color.ts';
import { dropShadow } from '../../forms.ts';
import { seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';
import { threads, weave } from '../../weaves.ts';

/** Screwdrivers, tweezers and bits in a roll of cloth, from above. */
export const toolRoll: Painter = (c, { color, accent, seed }) => {
	const cloth = 'M110 200C380 184 640 190 890 204C900 420 896 640 886 812C620 826 360 822 116 806C106 600 104 400 110 200Z';
	dropShadow(c, cloth, 16, 22, 14, 0.36);
	c.path(cloth, weave(c, 'plain', color, color));
	c.clipped(cloth, () => c.rect(90, 180, 820, 660, threads(c, darker(color, 0.5), lighter(color, 0.4))));
	for (let i = 0; i < 6; i++) {
		const x = 190 + i * 112;
		const handle = i % 2 ? accent : ink.wood;
		c.rect(x - 8, 250, 16, 260, '#15121f', 8, `transform="translate(8 10)" opacity="0.35" ${c.blur(5)}`);
		c.rect(
			x - 7,
			230 + (i % 3) * 30,
			14,
			280,
			c.linear(0, [
				[0, darker(ink.steel, 0.3)],
				[0.4, '#ffffff'],
				[1, darker(ink.steel, 0.4)],
			]),
			4,
		);
		c.path(`M${x - 7} ${232 + (i % 3) * 30}L${x} ${206 + (i % 3) * 30}L${x + 7} ${232 + (i % 3) * 30}Z`, ink.steel);
		c.rect(
			x - 26,
			430,
			52,
			300,
			c.linear(0, [
				[0, darker(handle, 0.3)],
				[0.3, lighter(handle, 0.4)],
				[1, darker(handle, 0.4)],
			]),
			22,
		);
		for (let k = 0; k < 3; k++) c.rect(x - 26, 650 + k * 20, 52, 7, darker(handle, 0.4), 3, 'opacity="0.5"');
	}
	c.rect(112, 520, 774, 130, darker(color, 0.16), 0);
	c.rect(
		112,
		520,
		774,
		130,
		c.linear(90, [
			[0, '#fff9ee', 0.2],
			[1, '#171a2b', 0.24],
		]),
	);
	c.line('M116 532H882M116 638H882', lighter(color, 0.5), 3, 'stroke-dasharray="10 8" opacity="0.8"');
	for (let i = 0; i < 7; i++) c.line(`M${134 + i * 112} 522V648`, darker(color, 0.4), 4);
	seal(c, 800, 710, 60, seed, accent);
	c.line('M886 480C980 470 960 380 900 340', ink.walnut, 14);
};
