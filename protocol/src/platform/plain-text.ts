/** Marks that turn the reading direction around, by which a text can be made to look like another one. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Everything invisible that no honest text needs, tab and line feed excepted. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u2060-\u2064\ufeff\ufff9-\ufffb]/g;
/** Letters may carry a few marks, not towers of them that cover the lines around. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * A stranger's text as it may be stored and shown: well-formed, composed (NFC), without controls of direction or
 * invisible ones, at most one empty line in a row, trimmed. Applying it again changes nothing.
 */
export function cleanText(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
		.replace(BIDI_CONTROLS, '')
		.replace(CONTROLS, '')
		.normalize('NFC')
		.replace(PILED_MARKS, '$1')
		.replace(/[ \t]+\n/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
