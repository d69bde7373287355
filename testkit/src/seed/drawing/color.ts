/** Colours are `#rrggbb`; mixing happens in OKLab, where steps look even. Source: Björn Ottosson, "A perceptual color space for image processing". */
type Lab = [number, number, number];

function toLab(hex: string): Lab {
	const linear = [1, 3, 5].map((at) => {
		const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	}) as Lab;
	const [r, g, b] = linear;
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
	];
}

function toHex([lightness, a, b]: Lab): string {
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const linear = [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
	];
	return `#${linear
		.map((value) => {
			const clamped = Math.min(1, Math.max(0, value));
			const encoded = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
			return Math.round(encoded * 255)
				.toString(16)
				.padStart(2, '0');
		})
		.join('')}`;
}

/** `share` 0 is `from`, 1 is `to`. */
export function mix(from: string, to: string, share: number): string {
	const a = toLab(from);
	const b = toLab(to);
	return toHex([0, 1, 2].map((i) => (a[i] as number) + ((b[i] as number) - (a[i] as number)) * share) as Lab);
}

/** Towards warm light. */
export const lighter = (color: string, share: number) => mix(color, '#fff9ee', share);
/** Towards cool shadow: shadows of a sunlit scene are bluish, not grey. */
export const darker = (color: string, share: number) => mix(color, '#171a2b', share);

/** The market's palette and its quieter relatives. */
export const ink = {
	rice: '#faf7f2',
	ink: '#1b1a17',
	vermilion: '#d93a26',
	jade: '#1f7a5c',
	amber: '#e2a033',
	indigo: '#2f4a7d',
	plum: '#7a3b5e',
	celadon: '#b5cfc0',
	clay: '#c27a55',
	sand: '#e6d8bf',
	blush: '#efcdbd',
	moss: '#7f8b58',
	sky: '#c6dae4',
	dusk: '#8b93b8',
	wheat: '#ecc877',
	wood: '#b98455',
	walnut: '#6d4a35',
	bamboo: '#cdb06a',
	steel: '#9aa3ab',
	leaf: '#4f8a55',
	charcoal: '#3a3a3f',
	cream: '#f3e9d8',
	brass: '#c9a24b',
} as const;
