/** Boxes of ISO/IEC 14496-12, written for readers: used where bytes are few. Fragments are written in place, see `fragment.ts`. */
export function box(type: string, ...parts: readonly Buffer[]): Buffer {
	const length = parts.reduce((sum, part) => sum + part.length, 8);
	const head = Buffer.alloc(8);
	head.writeUInt32BE(length, 0);
	head.write(type, 4, 'latin1');
	return Buffer.concat([head, ...parts], length);
}

export function fullBox(type: string, version: number, flags: number, ...parts: readonly Buffer[]): Buffer {
	return box(type, u32(version * 0x1000000 + flags), ...parts);
}

export const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
export const zeros = (length: number): Buffer => Buffer.alloc(length);

export function u16(value: number): Buffer {
	const buffer = Buffer.alloc(2);
	buffer.writeUInt16BE(value);
	return buffer;
}

export function u32(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32BE(value);
	return buffer;
}
