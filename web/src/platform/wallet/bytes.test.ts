import { expect, test } from 'vitest';
import { base64UrlToBytes, bytesToBase64Url, bytesToHex, hexToBytes, randomHex } from './bytes.ts';

test('base64url there and back, without padding', () => {
	for (const length of [0, 1, 2, 3, 32, 33]) {
		const bytes = Uint8Array.from({ length }, (_, i) => (i * 83 + 251) & 255);
		const text = bytesToBase64Url(bytes);
		expect(text).toMatch(/^[\w-]*$/);
		expect(base64UrlToBytes(text)).toEqual(bytes);
	}
});

test('hex there and back', () => {
	expect(hexToBytes('0x00ff10')).toEqual(Uint8Array.from([0, 255, 16]));
	expect(bytesToHex(hexToBytes('0xdeadbeef'))).toBe('0xdeadbeef');
});

test.each(['0x0', '0xzz'])('error: %s is not hex', (text) => {
	expect(() => hexToBytes(text)).toThrow(RangeError);
});

test('random hex has the asked length', () => {
	expect(randomHex(32)).toMatch(/^0x[0-9a-f]{64}$/);
});
