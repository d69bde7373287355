import { p256 } from '@noble/curves/nist.js';
import { expect, test } from 'vitest';
import { bytesToHex } from './bytes.ts';
import { signatureFromDer } from './der.ts';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const secret = new Uint8Array(32).fill(7);

test('reads what an authenticator wrote, s always in the lower half', () => {
	for (let i = 0; i < 40; i++) {
		const message = new Uint8Array(32).fill(i);
		const signature = p256.Signature.fromBytes(p256.sign(message, secret, { lowS: false, prehash: false }));
		const { r, s } = signatureFromDer(signature.toBytes('der'));
		expect(BigInt(r)).toBe(signature.r);
		expect(BigInt(s) <= ORDER / 2n).toBe(true);
		expect([signature.s, ORDER - signature.s]).toContain(BigInt(s));
		expect(r).toHaveLength(66);
		expect(s).toHaveLength(66);
	}
});

test.each([
	['empty', []],
	['another tag', [0x31, 2, 2, 0]],
	['cut off', [0x30, 0x06, 0x02, 0x20, 1, 1, 1, 1]],
	['an integer too long', [0x30, 0x26, 0x02, 0x24, ...new Array(36).fill(1)]],
])('error: %s', (_, bytes) => {
	expect(() => signatureFromDer(Uint8Array.from(bytes))).toThrow(RangeError);
});

test('bytes as hex', () => {
	expect(bytesToHex(Uint8Array.from([0, 255, 16]))).toBe('0x00ff10');
});
