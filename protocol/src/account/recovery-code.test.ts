import { createHash, randomBytes } from 'node:crypto';
import { privateKeyToAddress } from 'viem/accounts';
import { expect, test } from 'vitest';
import { RECOVERY_CODE_BYTES, readRecoveryCode, recoveryCodeFrom, recoveryKeyOf } from './recovery-code.ts';

const fresh = () => recoveryCodeFrom(randomBytes(RECOVERY_CODE_BYTES));

test('default: seven groups of four, read back as they were', () => {
	for (let i = 0; i < 200; i++) {
		const code = fresh();
		expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
		expect(readRecoveryCode(code)).toBe(code);
	}
});

test('default: the same code is the same key, for ever', () => {
	const code = recoveryCodeFrom(new Uint8Array(RECOVERY_CODE_BYTES));
	expect(code.slice(0, 31)).toBe('0000-0000-0000-0000-0000-0000-00'.slice(0, 31));
	const digest = createHash('sha256')
		.update(`Kaishi recovery code\n${'0'.repeat(26)}`)
		.digest();
	const bits = (digest.readUInt16BE(0) >> 6).toString(2).padStart(10, '0');
	const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	expect(code.slice(-2)).toBe(`${alphabet[Number.parseInt(bits.slice(0, 5), 2)]}${alphabet[Number.parseInt(bits.slice(5), 2)]}`);
	expect(recoveryKeyOf(code)).toBe(recoveryKeyOf(code.toLowerCase().replaceAll('-', ' ')));
	expect(privateKeyToAddress(recoveryKeyOf(code))).toMatch(/^0x[0-9a-fA-F]{40}$/);
});

test('behavior: every random bit matters', () => {
	const random = randomBytes(RECOVERY_CODE_BYTES);
	const codes = new Set<string>();
	for (let bit = 0; bit < 130; bit++) {
		const other = Uint8Array.from(random);
		other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
		codes.add(recoveryKeyOf(recoveryCodeFrom(other)));
	}
	expect(codes.size).toBe(130);
});

test('behavior: what people type is understood', () => {
	const code = recoveryCodeFrom(Uint8Array.from({ length: RECOVERY_CODE_BYTES }, (_, i) => i * 13));
	const typed = ` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', '  ')}\n`;
	expect(readRecoveryCode(typed)).toBe(code);
	expect(readRecoveryCode(code.replaceAll('-', ''))).toBe(code);
});

test('error: a wrong symbol is seen, but for one in a thousand; two swapped ones are, too', () => {
	let unseen = 0;
	for (let i = 0; i < 2000; i++) {
		const code = fresh().replaceAll('-', '');
		const at = i % 27;
		const wrong = code[at] === 'Z' ? 'Y' : 'Z';
		const swapped = code.slice(0, at) + (code[at + 1] ?? '') + (code[at] ?? '') + code.slice(at + 2);
		if (readRecoveryCode(code.slice(0, at) + wrong + code.slice(at + 1)) !== null) unseen++;
		if (swapped !== code && readRecoveryCode(swapped) !== null) unseen++;
	}
	expect(unseen).toBeLessThan(25);
});

test.each(['', 'K7QF', 'U'.repeat(28), '0'.repeat(28), `${'0'.repeat(27)}!`])('error: %j is no code', (typed) => {
	expect(readRecoveryCode(typed)).toBeNull();
	expect(() => recoveryKeyOf(typed)).toThrow(RangeError);
});

test('error: another amount of randomness', () => {
	expect(() => recoveryCodeFrom(new Uint8Array(16))).toThrow(RangeError);
});
