import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { stringToHex } from 'viem';
import { describe, expect, test } from 'vitest';
import { fromContentHex, toCanonicalHex } from './canonical-json.ts';
import { CONTENT_ID, contentIdOf, contentIdOfDigest } from './content-id.ts';
import { inLocale, localText } from './local-text.ts';
import { formatAmount, parseAmount } from './money.ts';

describe('canonical JSON', () => {
	test('behavior: equal contents have equal bytes', () => {
		expect(toCanonicalHex({ b: 1, a: ['茶', { d: null, c: 1e21 }] })).toBe(toCanonicalHex({ a: ['茶', { c: 1e21, d: null }], b: 1 }));
	});
	test('behavior: round trip', () => {
		expect(fromContentHex(toCanonicalHex({ title: { 'zh-CN': '龙井' } }))).toEqual({ title: { 'zh-CN': '龙井' } });
	});
	test.each(['0x', '0xff', stringToHex('{'), '0xc3'] as const)('error: %s is not JSON', (hex) => {
		expect(() => fromContentHex(hex)).toThrow(SyntaxError);
	});
});

describe('contentIdOf', () => {
	test('default: CIDv1 raw sha2-256 of "hello", as other implementations write it', () => {
		expect(contentIdOf(new TextEncoder().encode('hello'))).toBe('bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq');
	});
	test('behavior: the same from a digest made elsewhere', () => {
		const bytes = new Uint8Array([1, 2, 3]);
		expect(contentIdOfDigest(createHash('sha256').update(bytes).digest())).toBe(contentIdOf(bytes));
		expect(contentIdOf(bytes)).toMatch(CONTENT_ID);
	});
});

describe('localText', () => {
	const schema = localText(10);
	test('default: one or both languages, trimmed', () => {
		expect(v.parse(schema, { en: ' tea ' })).toEqual({ en: 'tea' });
		expect(inLocale({ 'zh-CN': '茶' }, 'en')).toBe('茶');
		expect(inLocale(undefined, 'en')).toBe('');
	});
	test.each([[{}], [{ en: '' }], [{ en: 'a'.repeat(11) }], [{ fr: 'thé' }], [{ en: 'a\u0000b' }], [{ en: 'evil\u202etxt' }], ['tea'], [null]])(
		'error: %j',
		(input) => {
			expect(v.safeParse(schema, input).success).toBe(false);
		},
	);
});

describe('amounts', () => {
	test.each([
		['12.5', 6, 12_500_000n],
		['0', 18, 0n],
		['0.000001', 6, 1n],
		['123456789012345678', 6, 123_456_789_012_345_678_000_000n],
	] as const)('%s with %i decimals', (text, decimals, units) => {
		expect(parseAmount(text, decimals)).toBe(units);
		expect(parseAmount(formatAmount(units, decimals), decimals)).toBe(units);
	});
	test.each(['-1', '1e3', '', '.', '1.', '0x10', '1,000', '0.0000001', 'NaN'])('error: %s', (text) => {
		expect(() => parseAmount(text, 6)).toThrow(RangeError);
	});
});
