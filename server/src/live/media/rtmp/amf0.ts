/** Values of Action Message Format 0, as far as encoders use it. */
export type Amf = number | boolean | string | null | undefined | Amf[] | { [key: string]: Amf };

const MAX_DEPTH = 8;
const END = 9;

/** All values of a message. Throws on what is malformed. */
export function readAmf(bytes: Buffer): Amf[] {
	const reader = new AmfReader(bytes);
	const values: Amf[] = [];
	while (!reader.isAtEnd) values.push(reader.value(0));
	return values;
}

class AmfReader {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	get isAtEnd(): boolean {
		return this.#at >= this.#bytes.length;
	}

	value(depth: number): Amf {
		if (depth > MAX_DEPTH) throw new Error('nested too deeply');
		const marker = this.#bytes.readUInt8(this.#at++);
		if (marker === 0) return this.#take(8).readDoubleBE(0);
		if (marker === 1) return this.#take(1)[0] !== 0;
		if (marker === 2) return this.#text(this.#take(2).readUInt16BE(0));
		if (marker === 3) return this.#object(depth);
		if (marker === 5) return null;
		if (marker === 6) return undefined;
		if (marker === 8) {
			this.#take(4);
			return this.#object(depth);
		}
		if (marker === 10) return Array.from({ length: Math.min(1000, this.#take(4).readUInt32BE(0)) }, () => this.value(depth + 1));
		if (marker === 11) return this.#take(10).readDoubleBE(0);
		if (marker === 12) return this.#text(this.#take(4).readUInt32BE(0));
		throw new Error(`marker ${marker}`);
	}

	#object(depth: number): Amf {
		const fields = new Map<string, Amf>();
		for (;;) {
			const name = this.#text(this.#take(2).readUInt16BE(0));
			if (name === '' && this.#bytes[this.#at] === END) break;
			fields.set(name, this.value(depth + 1));
		}
		this.#at++;
		return Object.fromEntries(fields);
	}

	#text(length: number): string {
		return this.#take(length).toString('utf8');
	}

	#take(length: number): Buffer {
		if (this.#at + length > this.#bytes.length) throw new Error('cut short');
		const taken = this.#bytes.subarray(this.#at, this.#at + length);
		this.#at += length;
		return taken;
	}
}

/** Values one after the other, as commands have them. */
export function writeAmf(...values: readonly Amf[]): Buffer {
	return Buffer.concat(values.map(write));
}

function write(value: Amf): Buffer {
	if (typeof value === 'number') {
		const bytes = Buffer.alloc(9);
		bytes.writeDoubleBE(value, 1);
		return bytes;
	}
	if (typeof value === 'boolean') return Buffer.from([1, value ? 1 : 0]);
	if (typeof value === 'string') return Buffer.concat([Buffer.from([2]), named(value)]);
	if (value === undefined) return Buffer.from([6]);
	if (value === null || Array.isArray(value)) return Buffer.from([5]);
	const fields = Object.entries(value).flatMap(([name, field]) => [named(name), write(field)]);
	return Buffer.concat([Buffer.from([3]), ...fields, Buffer.from([0, 0, END])]);
}

function named(text: string): Buffer {
	const bytes = Buffer.from(text, 'utf8');
	const length = Buffer.alloc(2);
	length.writeUInt16BE(bytes.length);
	return Buffer.concat([length, bytes]);
}
