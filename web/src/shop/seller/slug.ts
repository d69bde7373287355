import { SLUG } from '@kaishi/protocol/shop';

/**
 * An address for a shop called `name`: 3–32 of a–z, 0–9 and inner hyphens, '' when the name offers nothing to go by.
 * `romanise` turns Chinese into Latin words; without it Chinese characters are left out.
 */
export function suggestSlug(name: string, romanise: (text: string) => string = (text) => text): string {
	const words = romanise(name)
		.normalize('NFKD')
		.replace(/[\u0300-\u036f'’]/g, '')
		.toLowerCase()
		.replace(/&/g, ' and ')
		.split(/[^a-z0-9]+/)
		.filter(Boolean);
	let text = words.shift() ?? '';
	for (const word of words) {
		if (text.length + 1 + word.length > 32) break;
		text += `-${word}`;
	}
	const cut = text.slice(0, 32).replace(/-+$/, '');
	if (cut.length === 0) return '';
	return cut.length < 3 ? `${cut}-shop` : cut;
}

/** What a person typed, brought as close to a slug as possible while they are still typing. */
export function tidySlug(typed: string): string {
	return typed
		.toLowerCase()
		.replace(/[\s_.]+/g, '-')
		.replace(/[^a-z0-9-]/g, '')
		.replace(/^-+/, '')
		.slice(0, 32);
}

/** Other addresses to offer when `slug` is taken. */
export function alternativesTo(slug: string): string[] {
	return [`${slug}-shop`, `${slug}-studio`, `${slug}-2`, `my-${slug}`].filter((s) => SLUG.test(s)).slice(0, 3);
}
