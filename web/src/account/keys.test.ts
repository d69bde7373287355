import { expect, test } from 'vitest';
import { checkNumber, keyForLink, kindOfSigner, readAccountQuery, signerFromLink } from './keys.ts';

const verifier = '0x00000000000000000000000000000000000000Aa';
const signer = `${verifier.toLowerCase()}${'ab'.repeat(32)}${'cd'.repeat(32)}` as const;

test('default: a key travels in a link and comes out as it was, under the market’s own verifier', () => {
	const key = keyForLink(signer as `0x${string}`);
	expect(key).toMatch(/^[\w-]{86}$/);
	expect(signerFromLink(key, verifier)).toBe(signer);
	expect(signerFromLink(key, '0x00000000000000000000000000000000000000Bb')).not.toBe(signer);
});

test.each([null, '', 'abc', `${'A'.repeat(85)}!`, 'A'.repeat(87)])('error: %j is no key', (key) => {
	expect(signerFromLink(key, verifier)).toBeNull();
});

test('default: both sides see the same six digits, others see others', async () => {
	const [a, b] = [await checkNumber(signer as `0x${string}`), await checkNumber(`${signer.slice(0, -2)}ee` as `0x${string}`)];
	expect(a).toMatch(/^\d{3} \d{3}$/);
	expect(a).not.toBe(b);
	expect(await checkNumber(signer.toUpperCase().replace('0X', '0x') as `0x${string}`)).toBe(a);
});

test('default: kinds of keys', () => {
	expect(kindOfSigner(signer as `0x${string}`, verifier)).toBe('passkey');
	expect(kindOfSigner(verifier, verifier)).toBe('wallet');
	expect(kindOfSigner(`0x${'11'.repeat(84)}`, verifier)).toBe('other');
});

const address = `0x${'1'.repeat(40)}`;
const order = `0x${'2'.repeat(64)}`;
test.each([
	[address, { kind: 'account', address }],
	[`https://shop.example/explorer?q=${address}`, { kind: 'account', address }],
	[order, { kind: 'order', id: order }],
	[`  http://localhost:4000/orders/${order} `, { kind: 'order', id: order }],
	['lane-tea', { kind: 'shop', slug: 'lane-tea' }],
	['https://shop.example/s/Lane-Tea?from=x', { kind: 'shop', slug: 'lane-tea' }],
	['', { kind: 'nothing' }],
	['巷口茶舍', { kind: 'nothing' }],
	['0x12', { kind: 'shop', slug: '0x12' }],
])('default: %j', (text, meaning) => {
	expect(readAccountQuery(text)).toEqual(meaning);
});
