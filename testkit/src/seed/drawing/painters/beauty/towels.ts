import { darker, ink, lighter } from '../../color.ts';
import { box, groundShadow } from '../../forms.ts';
import { leaf, seal } from '../../motifs.ts';
import type { Painter } from '../../scene.ts';

/** Rolled towels in a tray. */
export const towels: Painter = (c, { color, accent, seed }) => {
	groundShadow(c, 480, 806, 300, 120, 310);
	const roll = (x: number, y: number, tint: string) => {
		c.ellipse(
			x,
			y,
			116,
			112,
			c.radial(0.35, 0.3, 0.85, [
				[0, lighter(tint, 0.6)],
				[0.6, tint],
				[1, darker(tint, 0.4)],
			]),
		);
		for (let r = 96; r > 12; r -= 19) c.ellipse(x + 3, y + 2, r, r * 0.97, 'none', `stroke="${darker(tint, 0.32)}" stroke-width="4.5" opacity="0.55"`);
		c.ellipse(x, y, 116, 112, 'none', `stroke="${lighter(tint, 0.5)}" stroke-width="6" opacity="0.6" stroke-dasharray="5 4"`);
	};
	roll(310, 690, color);
	roll(530, 684, lighter(color, 0.5));
	roll(420, 500, accent);
	roll(690, 706, ink.cream);
	box(
		c,
		{ at: [190, 770], turn: 4, pitch: 0.2 },
		{ x: 0, y: 0, z: 0, width: 620, depth: 160, height: 70, color: ink.wood, round: 10, shadow: false, onFront: () => seal(c, 280, 12, 44, seed) },
	);
	leaf(c, 500, 560, 120, -40, ink.leaf);
	leaf(c, 480, 560, 110, -96, ink.jade);
};
