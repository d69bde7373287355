import type { Stop } from './canvas.ts';

/**
 * Soft edges without filters. A Gaussian blur costs an SVG renderer more than everything else in these pictures together,
 * so softness is painted: a few copies that grow outwards, each nearly transparent, or a gradient where the form allows it.
 */
export interface Layer {
	/** How far the copy reaches beyond the outline; negative stays inside. */
	reach: number;
	opacity: number;
}

/** Copies whose sum is `opacity` inside and fades over about 1.4 sigma on either side of the outline. */
export function softLayers(sigma: number, opacity: number, inwards: number): Layer[] {
	const count = sigma >= 10 ? 6 : sigma >= 6 ? 4 : 3;
	const outer = sigma * 1.4;
	const inner = -Math.min(sigma * 1.4, inwards);
	const each = 1 - (1 - Math.min(opacity, 0.985)) ** (1 / count);
	return Array.from({ length: count }, (_, i) => ({ reach: outer + ((inner - outer) * i) / (count - 1), opacity: each }));
}

/** Stops of a radial gradient that fades as a blurred disc does. `radius` and `sigma` in the same units. */
export function softStops(color: string, opacity: number, radius: number, sigma: number): { grown: number; stops: Stop[] } {
	const grown = radius + sigma * 1.7;
	const start = Math.max(0, radius - sigma * 1.7) / grown;
	const peak = opacity * Math.min(1, radius / (sigma * 1.4));
	const stops = [0, 0.25, 0.5, 0.75, 1].map((share): Stop => {
		const fade = 1 - share * share * (3 - 2 * share);
		return [Math.round((start + (1 - start) * share) * 1000) / 1000, color, Math.round(peak * fade * 1000) / 1000];
	});
	return { grown, stops: [[0, color, Math.round(peak * 1000) / 1000], ...stops] };
}
