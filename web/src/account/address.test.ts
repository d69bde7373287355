import { expect, test } from 'vitest';
import { addressProblem, sameAddress } from './address.ts';

test('default: lower case and right capitals pass', async () => {
	expect(await addressProblem('0xd8da6bf26964af9d7eed9e03e53415d37aa96045')).toBeNull();
	expect(await addressProblem(' 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045 ')).toBeNull();
});

test('error: one changed letter breaks the checksum', async () => {
	expect(await addressProblem('0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96046')).toBe('checksum');
	expect(await addressProblem('0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045')).toBe('checksum');
});

test('error: no address', async () => {
	for (const text of ['', 'vitalik.eth', '0x12', `0x${'0'.repeat(40)}`, 'd8da6bf26964af9d7eed9e03e53415d37aa96045'])
		expect(await addressProblem(text)).toBe('malformed');
});

test('default: capitals do not tell addresses apart', () => {
	expect(sameAddress('0xAA', ' 0xaa')).toBe(true);
});
