import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../web/messages');
export type Locale = 'en' | 'zh-CN';

function read(locale: Locale): Record<string, string> {
	const files = readdirSync(join(folder, locale)).filter((file) => file.endsWith('.json'));
	return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(join(folder, locale, file), 'utf8')))) as Record<string, string>;
}

const words: Record<Locale, Record<string, string>> = { en: read('en'), 'zh-CN': read('zh-CN') };

/**
 * The words of a message as the page shows them, for finding things by what people read. Placeholders match anything.
 * Throws when no such message exists, so that a renamed message breaks its journey at once.
 */
export function say(key: string, locale: Locale = 'en'): RegExp {
	const text = words[locale][key];
	if (typeof text !== 'string') throw new Error(`no message "${key}" in ${locale}`);
	const pattern = text
		.split(/\{[^}]*\}/)
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	return new RegExp(`^\\s*${pattern}\\s*$`);
}

/** Every key present in one language and missing in the other. */
export function untranslated(): string[] {
	const keys = (locale: Locale) => Object.keys(words[locale]);
	return [...keys('en').filter((key) => !words['zh-CN'][key]), ...keys('zh-CN').filter((key) => !words.en[key])].filter((key) => key !== '$schema');
}
