import { generateKeyPairSync, sign } from 'node:crypto';
import { bytesToHex, concat, type Hex, size, toHex } from 'viem';
import { expect, test } from 'vitest';
import { webAuthnSignatureFromAssertion } from './webauthn.ts';

const clientDataJSON = '{"type":"webauthn.get","challenge":"AAAA","origin":"https://shop.example"}';
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
const withLength = (tag: Hex, bytes: Hex) => concat([tag, toHex(size(bytes), { size: 1 }), bytes]);
const der = (r: Hex, s: Hex) => withLength('0x30', concat([withLength('0x02', r), withLength('0x02', s)]));
const from = (signature: Hex, client = clientDataJSON) => webAuthnSignatureFromAssertion({ authenticatorData: '0x', clientDataJSON: client, signature });

test('default: r and s of real signatures, s always in the low half', () => {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	for (let i = 0; i < 50; i++) {
		const signature = sign('sha256', Buffer.from([i]), { key: privateKey, dsaEncoding: 'der' });
		const { r, s } = from(bytesToHex(signature));
		expect(r).toHaveLength(66);
		expect(s).toHaveLength(66);
		expect(BigInt(s)).toBeLessThanOrEqual(HALF_ORDER);
	}
});

test('behavior: a high s is turned into its low twin, a low one stays', () => {
	expect(from(der('0x01', '0x02'))).toMatchObject({ r: `0x${'1'.padStart(64, '0')}`, s: `0x${'2'.padStart(64, '0')}` });
	const order = 2n * HALF_ORDER + 1n;
	expect(BigInt(from(der('0x01', `0x00${(order - 5n).toString(16)}`)).s)).toBe(5n);
});

test('behavior: places in the client data are counted in bytes', () => {
	expect(from(der('0x01', '0x02'))).toMatchObject({ typeIndex: 1n, challengeIndex: 23n });
	expect(from(der('0x01', '0x02'), '{"名":1,"type":"x","challenge":"y"}')).toMatchObject({ typeIndex: 9n, challengeIndex: 20n });
});

test.each<[string, Hex]>([
	['empty', '0x'],
	['no sequence', '0x02010102'],
	['wrong length', '0x300702010102010200'],
	['trailing bytes', '0x3006020101020102ff'],
	['zero', der('0x00', '0x01')],
	['beyond the group', der('0x01', `0x00${'ff'.repeat(32)}`)],
	['endless integer', '0x3006020101027f02'],
	['integer too long', der(`0x${'01'.repeat(34)}`, '0x01')],
])('error: %s', (_, signature) => {
	expect(() => from(signature)).toThrow(RangeError);
});
