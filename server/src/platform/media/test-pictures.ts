import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A colourful picture with structure, so that truncation and re-encoding show. */
export function drawTestPicture(width: number, height: number): Sharp {
	const stripes = Array.from(
		{ length: 12 },
		(_, i) => `<rect x="${(i * width) / 12}" width="${width / 24}" height="100%" fill="hsl(${i * 30} 70% 50%)"/>`,
	).join('');
	return sharp(
		Buffer.from(
			`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#FAF7F2"/>${stripes}</svg>`,
		),
	);
}

/** A valid PNG header and an almost empty body that claims `width` × `height` pixels: a decompression bomb. */
export function pngBomb(width: number, height: number): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 0, 0, 0, 0], 8);
	const rows = deflateSync(Buffer.alloc(Math.min((width + 1) * height, 50_000_000)));
	return Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	framed.set(body, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

function crc32(bytes: Buffer): number {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
	}
	return ~crc >>> 0;
}
