import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../web/messages');
export type Locale = 'en' | 'zh-CN';

/** A message: plain words, or variants (plural forms) as the compiler reads them. */
type Message = string | { match: Record<string, string> }[];

function read(locale: Locale): Record<string, Message> {
	const files = readdirSync(join(folder, locale)).filter((file) => file.endsWith('.json'));
	return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(join(folder, locale, file), 'utf8')))) as Record<string, Message>;
}

const words: Record<Locale, Record<string, Message>> = { en: read('en'), 'zh-CN': read('zh-CN') };

/**
 * The words of a message as the page shows them, for finding things by what people read. Placeholders match anything.
 * Throws when no such message exists, so that a renamed message breaks its journey at once.
 */
export function say(key: string, locale: Locale = 'en'): RegExp {
	const message = words[locale][key];
	if (!message) throw new Error(`no message "${key}" in ${locale}`);
	const variants = typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
	return new RegExp(`^\\s*(?:${variants.map(pattern).join('|')})\\s*$`);
}

function pattern(text: string): string {
	const escaped = text.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return escaped.join('.*');
}

/** Every key present in one language and missing in the other. */
export function untranslated(): string[] {
	const keys = (locale: Locale) => Object.keys(words[locale]);
	return [...keys('en').filter((key) => !words['zh-CN'][key]), ...keys('zh-CN').filter((key) => !words.en[key])].filter((key) => key !== '$schema');
}
