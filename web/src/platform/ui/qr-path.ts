import { encode } from 'uqr';

/** A QR code as one SVG path of unit squares with a quiet zone of two. */
export function qrPath(text: string): { size: number; path: string } {
	const { data, size } = encode(text, { border: 2 });
	let path = '';
	for (const [y, row] of data.entries()) for (const [x, dark] of row.entries()) if (dark) path += `M${x} ${y}h1v1h-1z`;
	return { size, path };
}
