import * as v from 'valibot';

export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/** A text in one or both of the market's languages. */
export interface LocalText {
	en?: string;
	'zh-CN'?: string;
}

/** The text in `locale`, else in the other language, else ''. */
export function inLocale(text: LocalText | undefined, locale: Locale): string {
	return text?.[locale] ?? text?.[locale === 'en' ? 'zh-CN' : 'en'] ?? '';
}

/** Trimmed, without control characters, at most `max` characters; at least one language present. */
export function localText(max: number) {
	const one = v.optional(
		v.pipe(
			v.string(),
			v.trim(),
			v.minLength(1),
			v.maxLength(max),
			v.check((s) => !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/.test(s), 'control characters'),
		),
	);
	return v.pipe(
		v.strictObject({ en: one, 'zh-CN': one }),
		v.check((t) => Boolean(t.en ?? t['zh-CN']), 'text in at least one language'),
	);
}
