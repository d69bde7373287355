import { inLocale, type Locale, type LocalText } from '@kaishi/protocol/platform/local-text';
import { getLocale, overwriteGetLocale, setLocale } from './paraglide/runtime.js';

// The page's own language, so that what the server wrote and what the browser writes never differ.
if (typeof document !== 'undefined') overwriteGetLocale(() => (document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en'));

export { m } from './paraglide/messages.js';
export type { Locale, LocalText };
export { getLocale, setLocale };

/** A seller's text in the reader's language, else in the other one, else ''. */
export function localized(text: LocalText | null | undefined): string {
	return inLocale(text ?? undefined, getLocale());
}

/** `lang` attribute for a text shown by `localized`, so that screen readers pronounce it right. */
export function langOf(text: LocalText | null | undefined): Locale | undefined {
	const own = getLocale();
	if (!text || text[own] !== undefined) return undefined;
	return own === 'en' ? 'zh-CN' : 'en';
}
