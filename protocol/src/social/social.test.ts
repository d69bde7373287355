import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../platform/plain-text.ts';
import { messageHashOf } from './message-hash.ts';
import { MAX_MESSAGE_CHARS, postMessage, quickReplies } from './messages.ts';
import { responseTimeOf } from './response-time.ts';

const id = `0x${'AB'.repeat(32)}` as const;

describe('what people may say', () => {
	test.each([
		['trims and keeps lines', '  hello\r\nthere \n\n\n\nfriend ', 'hello\nthere\n\nfriend'],
		['takes out marks that turn the direction around', 'pay \u202ekcab\u202c \u2066now\u2069\u200f\u061c', 'pay kcab now'],
		['takes out what cannot be seen', 'a\u0000b\u0007c\ufeffd\u2060e\u00adf', 'abcdef'],
		['keeps joined emoji', '👩‍👩‍👧 ❤️', '👩‍👩‍👧 ❤️'],
		['mends halves of characters', 'x\ud800y', 'x\ufffdy'],
		['cuts towers of marks down', `z${'\u0301'.repeat(50)}`, `\u017a${'\u0301'.repeat(4)}`],
		['composes', 'e\u0301', 'é'],
		['leaves Chinese alone', '这款茶什么时候发货？', '这款茶什么时候发货？'],
	])('%s', (_, dirty, clean) => {
		expect(cleanText(dirty)).toBe(clean);
		expect(cleanText(cleanText(dirty))).toBe(clean);
	});

	test('default: text, picture or card, at least one, cleaned', () => {
		expect(v.parse(postMessage, { id, locale: 'en', text: ' hi\u202e ' })).toEqual({
			id: id.toLowerCase(),
			locale: 'en',
			text: 'hi',
			picture: null,
			card: null,
		});
		expect(v.parse(postMessage, { id, locale: 'en', card: { kind: 'listing', id: '7' } }).text).toBe('');
	});

	test.each([
		['nothing', { text: ' \u200e ' }],
		['too long', { text: 'x'.repeat(MAX_MESSAGE_CHARS + 1) }],
		['endless', { text: ' '.repeat(MAX_MESSAGE_CHARS * 4 + 1) }],
		['a foreign card', { card: { kind: 'shop', id: '1' } }],
		['a card with more in it', { card: { kind: 'listing', id: '1', html: '<b>' } }],
		['no CID', { text: 'a', picture: '../../etc/passwd' }],
		['a field too many', { text: 'a', admin: true }],
	])('error: %s', (_, change) => {
		expect(v.safeParse(postMessage, { id, locale: 'en', ...change }).success).toBe(false);
	});

	test('quick replies: one language is enough, none is not', () => {
		expect(v.parse(quickReplies, [{ en: 'Hello\u202e', 'zh-CN': ' ' }])).toEqual([{ en: 'Hello' }]);
		expect(v.safeParse(quickReplies, [{ en: ' ' }]).success).toBe(false);
		expect(v.safeParse(quickReplies, Array(21).fill({ en: 'a' })).success).toBe(false);
	});
});

describe('messageHashOf', () => {
	const message = {
		conversation: '7e57ab1e-0000-4000-8000-000000000001',
		seq: 2,
		id: `0x${'ab'.repeat(32)}`,
		previous: `0x${'cd'.repeat(32)}`,
		side: 'shop',
		author: '0x00000000000000000000000000000000000000Aa',
		at: 1_700_000_000,
		text: '好的',
		picture: `bafkrei${'a'.repeat(52)}`,
		card: { kind: 'listing', id: '12' },
	} as const;

	test('default: what evidence cites never changes', () => {
		expect(messageHashOf(message)).toBe('0xf65eaf225f7077e7052dfed839270aff3c5d01db118e8f78f0c960784414aea5');
		expect(messageHashOf({ ...message, author: '0x00000000000000000000000000000000000000aA' })).toBe(messageHashOf(message));
	});

	test.each(['conversation', 'seq', 'id', 'previous', 'side', 'at', 'text', 'picture', 'card'] as const)('behavior: binds %s', (field) => {
		expect(messageHashOf({ ...message, [field]: null })).not.toBe(messageHashOf(message));
	});
});

describe('responseTimeOf', () => {
	const facts = { questions: 3, askers: 3, medianSeconds: 3601 };
	test('default: rounded up to what people say', () => {
		expect(responseTimeOf(facts)).toEqual({ medianSeconds: 3601, withinSeconds: 7200, questions: 3 });
		expect(responseTimeOf({ ...facts, medianSeconds: 3600 })?.withinSeconds).toBe(3600);
		expect(responseTimeOf({ ...facts, medianSeconds: 8 * 86_400 })?.withinSeconds).toBe(30 * 86_400);
	});

	test.each([
		['no answer yet', { medianSeconds: null }],
		['too few questions', { questions: 2 }],
		['too few people who asked', { askers: 2 }],
	])('behavior: says nothing with %s', (_, change) => {
		expect(responseTimeOf({ ...facts, ...change })).toBeNull();
	});
});
