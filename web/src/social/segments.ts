import { cleanText } from '@kaishi/protocol/platform/plain-text';

export interface Segment {
	text: string;
	/** Path within this market; absent for words, and for addresses elsewhere. */
	href?: string;
}

/** Up to the first character that no address of ours has: Chinese goes on without a space. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\\\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+/gi;
/** What ends a sentence is not part of the address before it. */
const TRAILING = /[.,;:!?)\]}。，；：！？）】」]+$/;
/** Doors for programs, not pages. */
const NOT_PAGES = /^\/(api|rpc|media|og)(\/|$)/;

/** A stranger's text cut into words and addresses. Only addresses of pages of this very market become links; all others stay words that nobody can tap. */
export function segmentsOf(text: string, origin: string): Segment[] {
	const clean = cleanText(text);
	const segments: Segment[] = [];
	let at = 0;
	for (const match of clean.matchAll(ADDRESS)) {
		const address = match[0].replace(TRAILING, '');
		const href = pathWithin(address, origin);
		if (href === null) continue;
		if (match.index > at) segments.push({ text: clean.slice(at, match.index) });
		segments.push({ text: address, href });
		at = match.index + address.length;
	}
	if (at < clean.length) segments.push({ text: clean.slice(at) });
	return segments;
}

function pathWithin(address: string, origin: string): string | null {
	const url = URL.parse(address);
	if (!url || url.origin !== origin || url.username !== '' || url.password !== '' || NOT_PAGES.test(url.pathname)) return null;
	// A path that begins with two slashes would be another host.
	return url.pathname.startsWith('//') ? null : url.pathname + url.search + url.hash;
}
