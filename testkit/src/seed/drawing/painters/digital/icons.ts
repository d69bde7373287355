import { darker, ink, lighter } from '../../color.ts';
import { blossom, leaf } from '../../motifs.ts';
import { createRandom } from '../../random.ts';
import type { Painter } from '../../scene.ts';

/** A grid of little pictures on tiles. */
export const icons: Painter = (c, { color, accent, seed, style }) => {
	const random = createRandom(`icons ${seed}`);
	const tints = [color, accent, lighter(color, 0.3), ink.cream, darker(color, 0.2), lighter(accent, 0.34)];
	for (let i = 0; i < 16; i++) {
		const [x, y] = [140 + (i % 4) * 190, 140 + Math.floor(i / 4) * 190];
		const tint = tints[(i * 5 + style) % 6] as string;
		const mark = tint === ink.cream ? darker(color, 0.2) : ink.cream;
		c.rect(x, y, 160, 160, '#15121f', 38, `transform="translate(8 14)" opacity="0.3" ${c.blur(8)}`);
		c.rect(
			x,
			y,
			160,
			160,
			c.linear(60, [
				[0, lighter(tint, 0.2)],
				[1, tint],
			]),
			38,
		);
		const draw = [
			() => c.path(`M${x + 40} ${y + 62}h80v44a30 30 0 0 1 -30 26h-20a30 30 0 0 1 -30 -26Z`, mark),
			() => blossom(c, x + 80, y + 84, 48, mark, i * 9),
			() => leaf(c, x + 36, y + 116, 110, -44, mark),
			() => c.line(`M${x + 40} ${y + 110}L${x + 80} ${y + 50}L${x + 120} ${y + 110}M${x + 60} ${y + 110}h40`, mark, 14),
			() => c.ellipse(x + 80, y + 80, 40, 40, 'none', `stroke="${mark}" stroke-width="15"`),
			() => c.line(`M${x + 44} ${y + 60}h72M${x + 44} ${y + 84}h72M${x + 44} ${y + 108}h44`, mark, 12),
			() => c.path(`M${x + 80} ${y + 42}l12 28l30 3l-23 20l7 30l-26 -16l-26 16l7 -30l-23 -20l30 -3Z`, mark),
			() => c.path(`M${x + 46} ${y + 122}v-52l34 -28l34 28v52h-24v-30h-20v30Z`, mark),
		];
		(draw[(i * 3 + random.integer(0, 7)) % 8] as () => void)();
	}
};
