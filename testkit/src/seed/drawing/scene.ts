import { type BackdropName, paintBackdrop } from './backdrops.ts';
import { Canvas } from './canvas.ts';
import { tones } from './tones.ts';

/** What distinguishes one product of a family from the next. */
export interface Look {
	/** Main colour of the thing. */
	color: string;
	accent: string;
	/** Picks among a family's variations; any integer from 0. */
	style: number;
	seed: string;
}

/** Draws one kind of product on a canvas of 1000 units, standing at y ≈ 800 or lying in the middle. */
export type Painter = (c: Canvas, look: Look) => void;

export interface Scene {
	painter: Painter;
	look: Look;
	backdrop: BackdropName;
	tone: keyof typeof tones;
	/** Looks closer: magnification and the point it is centred on. */
	closeUp?: { scale: number; x: number; y: number };
}

/** The whole picture as SVG of `size` × `size` pixels. */
export function drawScene(scene: Scene, size: number): string {
	const c = new Canvas();
	const tone = tones[scene.tone];
	if (!tone) throw new RangeError(`no tone ${scene.tone}`);
	paintBackdrop(c, scene.backdrop, tone, scene.look.seed);
	const { scale, x, y } = scene.closeUp ?? { scale: 1.12, x: 500, y: 530 };
	c.group(`transform="translate(500 500) scale(${scale}) translate(${-x} ${-y})"`, () => scene.painter(c, scene.look));
	c.rect(
		0,
		0,
		1000,
		1000,
		c.radial(0.42, 0.36, 0.8, [
			[0, '#fff6e2', 0.14],
			[0.55, '#fff6e2', 0],
			[1, '#1d1a2e', 0.22],
		]),
	);
	return c.toSvg(size);
}
