import { getAddress } from 'viem';
import { expect, test } from 'vitest';
import { type Change, decodeChange, encodeChange } from './timelock.ts';

const parameters = getAddress('0x00000000000000000000000000000000000000aa');
const token = getAddress('0x00000000000000000000000000000000000000bb');
const changes: Change[] = [
	{ kind: 'currency', address: token, allowed: true },
	{ kind: 'currency', address: token, allowed: false },
	{ kind: 'arbitrator', address: token, allowed: true },
	{ kind: 'fee', feeBps: 150, recipient: token },
];

test.each(changes)('what a call would change can be read off it: %o', (change) => {
	expect(decodeChange({ target: parameters, data: encodeChange(change) }, parameters)).toEqual(change);
});

test('error: calls elsewhere, or of other functions, change nothing here', () => {
	expect(decodeChange({ target: token, data: encodeChange(changes[0] as Change) }, parameters)).toBeNull();
	expect(decodeChange({ target: parameters, data: '0xf2fde38b' }, parameters)).toBeNull();
	expect(decodeChange({ target: parameters, data: '0x' }, parameters)).toBeNull();
});
