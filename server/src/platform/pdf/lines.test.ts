import { describe, expect, test } from 'vitest';
import { breakLines, printable } from './lines.ts';
import { unpackWoff } from './unpack-woff.ts';

const written = (text: string, width = 20_000, maxLines = 5) =>
	breakLines(text, { width, weight: 400, maxLines }).map((line) => line.runs.map((run) => run.text).join(''));

describe('printable', () => {
	test.each([
		['a line break', 'a\r\n\tb', 'a b'],
		['text that turns around', 'a\u202Eb\u2066c\u200F', 'abc'],
		['invisible characters', 'a\u200B\u00AD\uFEFFb', 'ab'],
		['controls and halves of characters', 'a\u0000\u0007\u009Fb\uD800', 'ab\uFFFD'],
		['composed letters', 'e\u0301', 'é'],
	])('behavior: %s', (_, text, expected) => expect(printable(text)).toBe(expected));
});

describe('breakLines', () => {
	test('default: at spaces, between Chinese characters, never before a full stop', () => {
		expect(written('one two three', 4500)).toEqual(['one two', 'three']);
		expect(written('春风春雨。', 4000)).toEqual(['春风春', '雨。']);
	});

	test('behavior: what does not fit ends in an ellipsis', () => {
		expect(written('W'.repeat(500), 10_000, 2).at(-1)).toMatch(/^W+…$/);
		expect(written('很'.repeat(10_000), 10_000, 1)).toEqual([`${'很'.repeat(9)}…`]);
	});

	test('behavior: a box stands for what no font has, and rare characters have one', () => {
		expect(written('שלום')).toEqual(['□□□□']);
		expect(written('喆 Łódź Ελλάδα Україна ₫')).toEqual(['喆 Łódź Ελλάδα Україна ₫']);
	});

	test('invariant: no line is wider than asked, whatever is written', () => {
		const alphabet = [...'aW .,。很龘𠮷שلอ🧧\u202E\u0301\n-—'];
		let state = 7;
		const draw = (below: number) => {
			state = (state * 48_271) % 2_147_483_647;
			return state % below;
		};
		for (let round = 0; round < 300; round++) {
			const text = Array.from({ length: 120 }, () => alphabet[draw(alphabet.length)]).join('');
			const width = 2000 + draw(20_000);
			const lines = breakLines(text, { width, weight: 700, maxLines: 4 });
			expect(lines.length).toBeLessThanOrEqual(4);
			for (const line of lines) expect(line.width).toBeLessThanOrEqual(width);
		}
	});
});

test.each([
	['nothing', ''],
	['a picture', '\u0089PNG'.padEnd(60, 'x')],
])('error: %s is no font', (_, bytes) => {
	expect(() => unpackWoff(Buffer.from(bytes, 'latin1'))).toThrow(RangeError);
});
