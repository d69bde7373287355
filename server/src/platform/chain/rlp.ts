/** Where an item of an RLP list stands: its head begins at `at`, its contents at `start`. */
export interface RlpItem {
	at: number;
	start: number;
	end: number;
	isList: boolean;
}

const [STRING, LIST, SHORT] = [0x80, 0xc0, 55];

/** The items of the list whose head begins at `at`, which the bytes must hold to their end. Throws on anything but the one canonical spelling. */
export function readList(bytes: Buffer, at: number): RlpItem[] {
	const list = readItem(bytes, at);
	if (!list.isList || list.end !== bytes.length) throw new RangeError('not one whole list');
	const items: RlpItem[] = [];
	for (let next = list.start; next < list.end; next = items.at(-1)?.end ?? list.end) items.push(readItem(bytes, next));
	if ((items.at(-1)?.end ?? list.end) !== list.end) throw new RangeError('an item reaches beyond its list');
	return items;
}

function readItem(bytes: Buffer, at: number): RlpItem {
	const head = bytes.readUInt8(at);
	if (head < STRING) return { at, start: at, end: at + 1, isList: false };
	const isList = head >= LIST;
	const size = head - (isList ? LIST : STRING);
	const start = at + 1 + Math.max(0, size - SHORT);
	const end = start + (size > SHORT ? readLength(bytes, at + 1, size - SHORT) : size);
	if (end > bytes.length) throw new RangeError('an item reaches beyond the bytes');
	if (!isList && size === 1 && bytes.readUInt8(start) < STRING) throw new RangeError('a byte with a needless head');
	return { at, start, end, isList };
}

function readLength(bytes: Buffer, at: number, size: number): number {
	if (size > 4 || bytes.readUInt8(at) === 0) throw new RangeError('a length that is too long');
	const length = bytes.readUIntBE(at, size);
	if (length <= SHORT) throw new RangeError('a length that is too long');
	return length;
}

/** A number as RLP writes it: no leading zeros. */
export function readNumber(bytes: Buffer, item: RlpItem | undefined): bigint {
	if (!item || item.isList || item.end - item.start > 32) throw new RangeError('not a number');
	if (item.end === item.start) return 0n;
	if (bytes.readUInt8(item.start) === 0) throw new RangeError('a number with leading zeros');
	return BigInt(`0x${bytes.toString('hex', item.start, item.end)}`);
}

export function writeNumber(value: bigint | number): Buffer {
	const digits = value.toString(16);
	return writeBytes(BigInt(value) === 0n ? Buffer.alloc(0) : Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'));
}

export function writeBytes(bytes: Buffer): Buffer {
	return bytes.length === 1 && bytes.readUInt8(0) < STRING ? bytes : Buffer.concat([writeHead(STRING, bytes.length), bytes]);
}

/** The head of a list whose items have `length` bytes. */
export const writeListHead = (length: number): Buffer => writeHead(LIST, length);

function writeHead(kind: number, length: number): Buffer {
	if (length <= SHORT) return Buffer.of(kind + length);
	const digits = length.toString(16);
	const size = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
	return Buffer.concat([Buffer.of(kind + SHORT + size.length), size]);
}
