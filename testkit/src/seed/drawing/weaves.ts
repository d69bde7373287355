import type { Canvas } from './canvas.ts';
import { darker, ink, lighter } from './color.ts';

/** Tiles for textiles, paper and glaze. */
export type Weave = 'waves' | 'checks' | 'stripes' | 'dots' | 'lattice' | 'cranes' | 'blossoms' | 'leaves' | 'plain' | 'ikat';

export function weave(c: Canvas, kind: Weave, ground: string, figure: string, size = 90, degrees = 0): string {
	const s = size;
	const rect = `<rect width="${s}" height="${s}" fill="${ground}"/>`;
	const light = lighter(ground, 0.3);
	const tile: Record<Weave, string> = {
		plain: rect,
		waves:
			rect +
			[
				[0, s],
				[s, s],
				[s / 2, s / 2],
				[0, 0],
				[s, 0],
			]
				.map(([x, y]) =>
					[0.5, 0.38, 0.26, 0.14]
						.map(
							(r, i) =>
								`<circle cx="${x}" cy="${y}" r="${s * r}" fill="${i % 2 ? ground : i === 0 ? light : figure}" stroke="${figure}" stroke-width="${s * 0.025}"/>`,
						)
						.join(''),
				)
				.join(''),
		checks: `${rect}<rect width="${s / 2}" height="${s}" fill="${figure}" opacity="0.42"/><rect width="${s}" height="${s / 2}" fill="${figure}" opacity="0.42"/><path d="M${s * 0.75} 0V${s}M0 ${s * 0.75}H${s}" stroke="${light}" stroke-width="${s * 0.04}" opacity="0.8"/>`,
		stripes: `${rect}<rect width="${s * 0.34}" height="${s}" fill="${figure}"/><rect x="${s * 0.46}" width="${s * 0.07}" height="${s}" fill="${figure}"/><rect x="${s * 0.8}" width="${s * 0.04}" height="${s}" fill="${light}"/>`,
		dots: `${rect}<circle cx="${s / 4}" cy="${s / 4}" r="${s * 0.12}" fill="${figure}"/><circle cx="${s * 0.75}" cy="${s * 0.75}" r="${s * 0.12}" fill="${figure}"/><circle cx="${s * 0.75}" cy="${s / 4}" r="${s * 0.04}" fill="${light}"/>`,
		lattice: `${rect}<path d="M0 ${s / 2}L${s / 2} 0L${s} ${s / 2}L${s / 2} ${s}ZM${s * 0.25} ${s * 0.25}L${s * 0.75} ${s * 0.75}M${s * 0.75} ${s * 0.25}L${s * 0.25} ${s * 0.75}" fill="none" stroke="${figure}" stroke-width="${s * 0.05}"/><circle cx="${s / 2}" cy="${s / 2}" r="${s * 0.09}" fill="${light}"/>`,
		cranes: `${rect}<path d="M${s * 0.1} ${s * 0.62}C${s * 0.3} ${s * 0.5} ${s * 0.36} ${s * 0.3} ${s * 0.34} ${s * 0.16}C${s * 0.46} ${s * 0.28} ${s * 0.52} ${s * 0.4} ${s * 0.54} ${s * 0.5}C${s * 0.66} ${s * 0.44} ${s * 0.8} ${s * 0.42} ${s * 0.92} ${s * 0.46}C${s * 0.76} ${s * 0.54} ${s * 0.6} ${s * 0.66} ${s * 0.44} ${s * 0.66}C${s * 0.32} ${s * 0.66} ${s * 0.2} ${s * 0.66} ${s * 0.1} ${s * 0.62}Z" fill="${figure}"/><circle cx="${s * 0.1}" cy="${s * 0.62}" r="${s * 0.03}" fill="${ink.vermilion}"/><circle cx="${s * 0.8}" cy="${s * 0.86}" r="${s * 0.05}" fill="${light}"/>`,
		blossoms:
			rect +
			[
				[0.28, 0.3, 0.17],
				[0.76, 0.74, 0.13],
			]
				.map(
					([x, y, r]) =>
						`${[0, 72, 144, 216, 288]
							.map(
								(a) =>
									`<ellipse cx="${s * (x as number)}" cy="${s * ((y as number) - (r as number) * 0.6)}" rx="${s * (r as number) * 0.42}" ry="${s * (r as number) * 0.6}" fill="${figure}" transform="rotate(${a} ${s * (x as number)} ${s * (y as number)})"/>`,
							)
							.join('')}<circle cx="${s * (x as number)}" cy="${s * (y as number)}" r="${s * 0.03}" fill="${ink.amber}"/>`,
				)
				.join('') +
			`<circle cx="${s * 0.74}" cy="${s * 0.22}" r="${s * 0.03}" fill="${light}"/>`,
		leaves: `${rect}<path d="M${s * 0.1} ${s * 0.9}C${s * 0.1} ${s * 0.5} ${s * 0.4} ${s * 0.4} ${s * 0.5} ${s * 0.1}C${s * 0.6} ${s * 0.5} ${s * 0.4} ${s * 0.8} ${s * 0.1} ${s * 0.9}Z" fill="${figure}"/><path d="M${s * 0.62} ${s * 0.96}C${s * 0.6} ${s * 0.7} ${s * 0.8} ${s * 0.66} ${s * 0.92} ${s * 0.44}C${s * 0.96} ${s * 0.72} ${s * 0.84} ${s * 0.9} ${s * 0.62} ${s * 0.96}Z" fill="${light}"/>`,
		ikat: `${rect}<path d="M${s / 2} 0L${s * 0.86} ${s / 2}L${s / 2} ${s}L${s * 0.14} ${s / 2}Z" fill="${figure}"/><path d="M${s / 2} ${s * 0.22}L${s * 0.7} ${s / 2}L${s / 2} ${s * 0.78}L${s * 0.3} ${s / 2}Z" fill="${light}"/><path d="M0 0H${s}M0 ${s / 2}H${s * 0.1}M${s * 0.9} ${s / 2}H${s}" stroke="${light}" stroke-width="${s * 0.04}"/>`,
	};
	return c.pattern(s, s, tile[kind], degrees ? `rotate(${degrees})` : '');
}

/** The grain of cloth as threads both ways. Large tiles: small ones cost a renderer dearly. */
export function threads(c: Canvas, color: string, light = color): string {
	const rows = Array.from({ length: 12 }, (_, i) => `M0 ${i * 6 + 1.5}H72`).join('');
	const columns = Array.from({ length: 12 }, (_, i) => `M${i * 6 + 1.5} 0V72`).join('');
	return c.pattern(
		72,
		72,
		`<path d="${rows}" stroke="${color}" stroke-width="1.1" opacity="0.28"/><path d="${columns}" stroke="${light}" stroke-width="1.1" opacity="0.28"/>`,
	);
}

/** Plaited bamboo or rattan. */
export const basketWeave = (c: Canvas, color: string): string =>
	c.pattern(
		36,
		28,
		`<rect width="36" height="28" fill="${darker(color, 0.3)}"/><rect x="1" y="1" width="17" height="12" rx="4" fill="${color}"/><rect x="19" y="1" width="16" height="12" rx="4" fill="${darker(color, 0.14)}"/><rect x="1" y="15" width="17" height="12" rx="4" fill="${darker(color, 0.14)}"/><rect x="19" y="15" width="16" height="12" rx="4" fill="${lighter(color, 0.14)}"/>`,
	);
