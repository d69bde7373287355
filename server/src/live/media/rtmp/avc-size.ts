const WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);

/** Width and height of the pictures that an AVCDecoderConfigurationRecord describes (ITU-T H.264 §7.3.2.1); null when it says nothing sound. */
export function sizeOfAvc(avcC: Buffer): { width: number; height: number } | null {
	try {
		const size = readSps(avcC.subarray(8, 8 + avcC.readUInt16BE(6)));
		return size.width >= 16 && size.height >= 16 && size.width <= 4096 && size.height <= 4096 ? size : null;
	} catch {
		return null;
	}
}

class Bits {
	readonly #bytes: number[];
	#at = 0;

	/** Without the bytes that only keep start codes apart. */
	constructor(unit: Buffer) {
		this.#bytes = [...unit].filter((byte, i) => !(i > 1 && byte === 3 && unit[i - 1] === 0 && unit[i - 2] === 0));
	}

	bit(): number {
		const byte = this.#bytes[this.#at >> 3];
		if (byte === undefined) throw new Error('cut short');
		return (byte >> (7 - (this.#at++ & 7))) & 1;
	}

	bits(count: number): number {
		let value = 0;
		for (let i = 0; i < count; i++) value = value * 2 + this.bit();
		return value;
	}

	/** Exponential Golomb. */
	number(): number {
		let zeros = 0;
		while (this.bit() === 0 && zeros < 32) zeros++;
		return 2 ** zeros - 1 + this.bits(zeros);
	}

	signed(): number {
		const coded = this.number();
		return coded & 1 ? (coded + 1) / 2 : -coded / 2;
	}
}

function readSps(unit: Buffer): { width: number; height: number } {
	const bits = new Bits(unit);
	bits.bits(8);
	const profile = bits.bits(8);
	bits.bits(16);
	bits.number();
	const chroma = WITH_CHROMA.has(profile) ? readChroma(bits) : 1;
	bits.number();
	skipOrder(bits);
	bits.number();
	bits.bit();
	const [columns, rows] = [bits.number() + 1, bits.number() + 1];
	const isFrames = bits.bit();
	if (!isFrames) bits.bit();
	bits.bit();
	const crop = bits.bit() ? [bits.number(), bits.number(), bits.number(), bits.number()] : [0, 0, 0, 0];
	const [left = 0, right = 0, top = 0, bottom = 0] = crop;
	const across = chroma === 1 || chroma === 2 ? 2 : 1;
	const down = (chroma === 1 ? 2 : 1) * (2 - isFrames);
	return { width: columns * 16 - across * (left + right), height: (2 - isFrames) * rows * 16 - down * (top + bottom) };
}

function readChroma(bits: Bits): number {
	const chroma = bits.number();
	if (chroma === 3) bits.bit();
	bits.number();
	bits.number();
	bits.bit();
	if (bits.bit()) skipMatrices(bits, chroma === 3 ? 12 : 8);
	return chroma;
}

function skipMatrices(bits: Bits, count: number): void {
	for (let i = 0; i < count; i++) if (bits.bit()) skipScaling(bits, i < 6 ? 16 : 64);
}

function skipScaling(bits: Bits, size: number): void {
	let [last, next] = [8, 8];
	for (let i = 0; i < size; i++) {
		if (next !== 0) next = (last + bits.signed() + 256) % 256;
		last = next === 0 ? last : next;
	}
}

function skipOrder(bits: Bits): void {
	const kind = bits.number();
	if (kind === 0) bits.number();
	if (kind !== 1) return;
	bits.bit();
	bits.signed();
	bits.signed();
	for (let left = bits.number(); left > 0; left--) bits.signed();
}
