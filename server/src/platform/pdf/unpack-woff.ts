import { inflateSync } from 'node:zlib';

const WOFF = 0x774f4646;

interface Table {
	/** Tag and checksum as they stand in the directory. */
	tag: Buffer;
	checksum: number;
	data: Buffer;
}

/**
 * A font as OpenType out of WOFF 1.0 (W3C). Reading glyphs from WOFF inflates a whole table for each of them: fifty times slower.
 * Throws `RangeError` on anything else.
 */
export function unpackWoff(woff: Buffer): Buffer {
	if (woff.length < 44 || woff.readUInt32BE(0) !== WOFF) throw new RangeError('not a WOFF font');
	const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, i): Table => {
		const entry = 44 + 20 * i;
		const [offset, packed, size] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)];
		const bytes = woff.subarray(offset, offset + packed);
		return { tag: woff.subarray(entry, entry + 4), checksum: woff.readUInt32BE(entry + 16), data: packed < size ? inflateSync(bytes) : bytes };
	});
	const padded = ({ data }: Table) => (data.length + 3) & ~3;
	const start = 12 + 16 * tables.length;
	const font = Buffer.alloc(start + tables.reduce((sum, table) => sum + padded(table), 0));
	font.writeUInt32BE(woff.readUInt32BE(4), 0);
	font.writeUInt16BE(tables.length, 4);
	let offset = start;
	tables.forEach((table, i) => {
		const entry = 12 + 16 * i;
		table.tag.copy(font, entry);
		font.writeUInt32BE(table.checksum, entry + 4);
		font.writeUInt32BE(offset, entry + 8);
		font.writeUInt32BE(table.data.length, entry + 12);
		table.data.copy(font, offset);
		offset += padded(table);
	});
	return font;
}
