import { glyphOf, type Run, runsOf, type Weight } from './fonts.ts';

export interface Line {
	runs: Run[];
	/** Thousandths of the font size. */
	width: number;
}

type Glyph = ReturnType<typeof glyphOf>;

/** Longer texts are cut before anything is measured. */
const MAX_CHARACTERS = 2000;

/**
 * Text as it can be printed: one line of text stays one line. Characters that turn, hide or break a page (controls,
 * bidirectional marks, invisible ones) are gone, spaces are plain.
 */
export function printable(text: string): string {
	return text
		.slice(0, MAX_CHARACTERS * 2)
		.toWellFormed()
		.normalize('NFC')
		.replace(/[\p{Zs}\t\n\r\u2028\u2029]+/gu, ' ')
		.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
		.trim();
}

const EAST_ASIAN = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[\u{20000}-\u{3ffff}]/u;
/** What must not begin a line. */
const CLOSING = /[,.;:!?%)\]}、。，．；：！？）】》」』”’…·]/u;

/**
 * Breaks printable text into lines of at most `width` (thousandths of the font size): at spaces, between Chinese characters,
 * and in the middle of a word that is longer than a line. What goes beyond `maxLines` is cut with an ellipsis.
 */
export function breakLines(text: string, options: { width: number; weight: Weight; maxLines: number }): Line[] {
	const { width, weight, maxLines } = options;
	const glyphs = [...printable(text)].slice(0, MAX_CHARACTERS).map((character) => glyphOf(character, weight));
	const lines: Glyph[][] = [];
	let rest = glyphs;
	while (rest.length > 0 && lines.length < maxLines) {
		const end = lineEnd(rest, width);
		lines.push(trimEnd(rest.slice(0, end)));
		rest = trimStart(rest.slice(end));
	}
	const last = lines.at(-1);
	if (rest.length > 0 && last) lines[lines.length - 1] = withEllipsis(last, width, weight);
	return lines.map((line) => ({ runs: runsOf(line), width: widthOf(line) }));
}

const widthOf = (glyphs: readonly Glyph[]) => glyphs.reduce((sum, glyph) => sum + glyph.width, 0);

/** How many glyphs go on the first line; at least one. */
function lineEnd(glyphs: readonly Glyph[], width: number): number {
	let used = 0;
	let breakAt = 0;
	for (const [i, glyph] of glyphs.entries()) {
		if (i > 0 && mayBreak(glyphs[i - 1] as Glyph, glyph)) breakAt = i;
		used += glyph.width;
		if (used > width && glyph.character !== ' ') return Math.max(1, breakAt || i);
	}
	return glyphs.length;
}

function mayBreak(before: Glyph, after: Glyph): boolean {
	if (before.character === ' ') return true;
	return (EAST_ASIAN.test(before.character) || EAST_ASIAN.test(after.character)) && !CLOSING.test(after.character);
}

function withEllipsis(line: Glyph[], width: number, weight: Weight): Glyph[] {
	const dots = glyphOf('…', weight);
	const kept = [...line];
	while (kept.length > 0 && widthOf(kept) + dots.width > width) kept.pop();
	return [...trimEnd(kept), dots];
}

function trimEnd(glyphs: Glyph[]): Glyph[] {
	let end = glyphs.length;
	while (end > 0 && glyphs[end - 1]?.character === ' ') end--;
	return glyphs.slice(0, end);
}

function trimStart(glyphs: Glyph[]): Glyph[] {
	let start = 0;
	while (glyphs[start]?.character === ' ') start++;
	return glyphs.slice(start);
}
