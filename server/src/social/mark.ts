/**
 * Kaishi's mark: a stall's awning that is the upper stroke of 开, its counter the second, its posts the legs.
 * Drawn on a square of 64 units, without a ground.
 */
export function drawMark(colors: { awning: string; frame: string }): string {
	const stripes = [8, 17.6, 27.2, 36.8, 46.4]
		.map((x, i) => `<path d="M${x} 9h9.6v13a4.8 4.8 0 0 1 -9.6 0Z" fill="${colors.awning}"${i % 2 ? ' opacity="0.34"' : ''}/>`)
		.join('');
	const frame = 'M9 37.5H55M25 29V37.5C25 47 21.5 53 14.5 57.5M41.5 29V58';
	return `${stripes}<path d="M8 9h48" stroke="${colors.awning}" stroke-width="4" stroke-linecap="round"/><path d="${frame}" fill="none" stroke="${colors.frame}" stroke-width="5.4" stroke-linecap="round" stroke-linejoin="round"/>`;
}

export const VERMILION = '#d93a26';
export const INK = '#1b1a17';
export const RICE = '#faf7f2';
