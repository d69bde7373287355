import { createKeccak, type IHasher } from 'hash-wasm';
import type { Hex } from 'viem';

const hasher: IHasher = await createKeccak(256);

/** Keccak-256, some eight times faster than in JavaScript: for whoever hashes thousands a second. */
export function keccak(bytes: Uint8Array): Uint8Array {
	return hasher.init().update(bytes).digest('binary');
}

/** As viem's `keccak256` of bytes in hex. */
export function keccakHex(bytes: Hex): Hex {
	return `0x${hasher
		.init()
		.update(Buffer.from(bytes.slice(2), 'hex'))
		.digest('hex')}`;
}
