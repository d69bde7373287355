import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { unpackWoff } from './unpack-woff.ts';

export type Weight = 400 | 700;

/** A stretch of text that one font can write. */
export interface Run {
	font: Font;
	text: string;
}

const require = createRequire(import.meta.url);
/** Western scripts first: their Latin letters are better than the Chinese font's. */
const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'].map((script) => `noto-sans/files/noto-sans-${script}`);
const chinese = 'noto-sans-sc/files/noto-sans-sc-chinese-simplified';
/** Stands for what no font has: scripts nobody embedded, pictures, private characters. */
const MISSING = '□';

const opened = new Map<string, Font | null>();

function fontAt(name: string, weight: Weight): Font | null {
	const file = `@fontsource/${name}-${weight}-normal.woff`;
	let font = opened.get(file);
	if (font === undefined) {
		font = usable(create(unpackWoff(readFileSync(require.resolve(file)))) as Font);
		opened.set(file, font);
	}
	return font;
}

/** One slice of the package comes without its table of characters: it can write nothing. */
function usable(font: Font): Font | null {
	try {
		font.hasGlyphForCodePoint(0x20);
		return font;
	} catch {
		return null;
	}
}

/** Which of the Chinese font's hundred slices holds a rare character. */
let slices: { name: string; ranges: [number, number][] }[] | null = null;

function sliceOf(codePoint: number): string | null {
	slices ??= Object.entries(require('@fontsource/noto-sans-sc/unicode.json') as Record<string, string>)
		.filter(([slice]) => /^\[\d+\]$/.test(slice))
		.map(([slice, ranges]) => ({
			name: `noto-sans-sc/files/noto-sans-sc-${slice.slice(1, -1)}`,
			ranges: ranges.split(',').map((range): [number, number] => {
				const [from = 0, to = from] = range
					.replace('U+', '')
					.split('-')
					.map((hex) => Number.parseInt(hex, 16));
				return [from, to];
			}),
		}));
	return slices.find(({ ranges }) => ranges.some(([from, to]) => from <= codePoint && codePoint <= to))?.name ?? null;
}

/** A font that holds the character; null when none does. */
function fontFor(codePoint: number, weight: Weight): Font | null {
	const candidates = codePoint < 0x2000 ? scripts : [scripts[0] as string, chinese];
	for (const name of candidates) {
		const font = fontAt(name, weight);
		if (font?.hasGlyphForCodePoint(codePoint)) return font;
	}
	const slice = sliceOf(codePoint);
	const font = slice === null ? null : fontAt(slice, weight);
	return font?.hasGlyphForCodePoint(codePoint) ? font : null;
}

const known = new Map<number, Font | null>();
const MAX_KNOWN = 20_000;

function knownFontFor(codePoint: number, weight: Weight): Font | null {
	const key = codePoint * 2 + (weight === 700 ? 1 : 0);
	let font = known.get(key);
	if (font === undefined) {
		font = fontFor(codePoint, weight);
		if (known.size >= MAX_KNOWN) known.clear();
		known.set(key, font);
	}
	return font;
}

/** Width of one character in thousandths of the font size, and who writes it; a box stands for what nobody can write. */
export function glyphOf(character: string, weight: Weight): { character: string; font: Font; width: number } {
	const found = knownFontFor(character.codePointAt(0) ?? 0, weight);
	if (!found) {
		if (character === MISSING) throw new Error('the fonts lack the sign for what they lack');
		return glyphOf(MISSING, weight);
	}
	return { character, font: found, width: (found.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth * 1000) / found.unitsPerEm };
}

/** Joins characters of the same font. */
export function runsOf(characters: readonly { character: string; font: Font }[]): Run[] {
	const runs: Run[] = [];
	for (const { character, font } of characters) {
		const last = runs.at(-1);
		if (last?.font === font) last.text += character;
		else runs.push({ font, text: character });
	}
	return runs;
}
