/**
 * Digits and money signs as strokes on boxes of 60 × 100: share pictures carry a price on every machine, also on one without
 * any font installed, and nothing that a stranger wrote is ever put into SVG.
 */
const STROKES: Record<string, string> = {
	'0': 'M30 5C50 5 55 28 55 50C55 72 50 95 30 95C10 95 5 72 5 50C5 28 10 5 30 5Z',
	'1': 'M14 22L34 5V95',
	'2': 'M8 28C8 12 18 5 30 5C44 5 53 14 53 28C53 46 34 60 8 95H54',
	'3': 'M8 12C30 -2 54 8 52 28C51 42 38 47 24 47C42 47 55 56 55 72C55 94 26 102 6 86',
	'4': 'M42 95V5L5 68H57',
	'5': 'M50 5H14L10 44C24 36 55 38 55 66C55 94 26 102 6 86',
	'6': 'M46 8C20 8 6 34 6 64C6 84 16 95 30 95C45 95 54 84 54 68C54 52 44 42 31 42C18 42 9 50 6 62',
	'7': 'M6 5H54L22 95',
	'8': 'M30 48C16 48 9 38 9 27C9 14 18 5 30 5C42 5 51 14 51 27C51 38 44 48 30 48C14 48 5 58 5 71C5 85 15 95 30 95C45 95 55 85 55 71C55 58 46 48 30 48Z',
	'9': 'M14 92C40 92 54 66 54 36C54 16 44 5 30 5C15 5 6 16 6 32C6 48 16 58 29 58C42 58 51 50 54 38',
	'.': 'M10 94h.1',
	$: 'M52 22C48 10 14 6 10 27C7 50 54 44 52 72C50 96 12 94 6 76M30 -6V106',
	'¥': 'M6 5L30 46L54 5M30 46V95M10 56H50M10 74H50',
	'◎': 'M30 22A28 28 0 1 0 30.1 22ZM30 38A12 12 0 1 0 30.1 38Z',
};
const GAP = 18;
const widthOf = (sign: string) => (sign === '.' ? 20 : 60);

/** A price as strokes, at most `maxWidth` wide and `height` high; characters that are no part of a price are left out. */
export function drawPrice(price: string, at: { x: number; y: number; height: number; maxWidth: number; color: string }): string {
	const signs = [...price].filter((sign) => sign in STROKES);
	const wide = signs.reduce((sum, sign) => sum + widthOf(sign) + GAP, -GAP);
	const scale = Math.min(at.height / 100, at.maxWidth / Math.max(wide, 1));
	let x = 0;
	const drawn = signs.map((sign) => {
		const path = `<path d="${STROKES[sign]}" transform="translate(${x} 0)"/>`;
		x += widthOf(sign) + GAP;
		return path;
	});
	return `<g transform="translate(${at.x} ${at.y}) scale(${scale.toFixed(3)})" fill="none" stroke="${at.color}" stroke-width="12" stroke-linecap="round" stroke-linejoin="round">${drawn.join('')}</g>`;
}
