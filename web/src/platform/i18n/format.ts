import { page } from '$app/state';
import { getLocale } from './paraglide/runtime.js';

const styles = {
	/** Tue 24 Nov */
	day: { weekday: 'short', day: 'numeric', month: 'short' },
	/** 24 Nov */
	short: { day: 'numeric', month: 'short' },
	/** 24 Nov 2026 */
	date: { day: 'numeric', month: 'short', year: 'numeric' },
	/** November 2026 */
	month: { month: 'long', year: 'numeric' },
	/** Tue 24 Nov, 14:05 */
	moment: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
	/** 24 Nov 2026, 14:05:09 GMT+1 */
	exact: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** English dates follow British order: unambiguous day and month everywhere. */
const intlLocale = () => (getLocale() === 'en' ? 'en-GB' : 'zh-CN');

/** Unix seconds as a date in the reader's language and zone. */
export function formatDate(seconds: number, style: keyof typeof styles = 'day', timeZone = page.data.timeZone ?? 'UTC'): string {
	const key = `${getLocale()} ${timeZone} ${style}`;
	let format = dateFormats.get(key);
	if (!format) {
		format = new Intl.DateTimeFormat(intlLocale(), { ...styles[style], timeZone });
		dateFormats.set(key, format);
	}
	return format.format(seconds * 1000);
}

/** 12,345 or 1.2万 when `compact`. */
export function formatCount(n: number, compact = false): string {
	return new Intl.NumberFormat(intlLocale(), compact ? { notation: 'compact', maximumFractionDigits: 1 } : {}).format(n);
}

/** 0.931 → 93 % */
export function formatShare(share: number): string {
	return new Intl.NumberFormat(intlLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** 1900 basis points → 19 %, 725 → 7.25 % */
export function formatRate(bps: number): string {
	return new Intl.NumberFormat(intlLocale(), { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);
}

/** 259200 → 3 days: the largest unit that divides well, for promises in the terms. */
export function formatDuration(seconds: number): string {
	const [unit, size] = seconds >= 86_400 ? (['day', 86_400] as const) : seconds >= 3600 ? (['hour', 3600] as const) : (['minute', 60] as const);
	const amount = Math.max(unit === 'minute' && seconds > 0 ? 1 : 0, Math.round(seconds / size));
	return new Intl.NumberFormat(intlLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

/** Country code → name in the reader's language. */
export function formatCountry(code: string): string {
	try {
		return new Intl.DisplayNames([getLocale()], { type: 'region' }).of(code) ?? code;
	} catch {
		return code;
	}
}

/** "2 hours ago"; both in Unix seconds. */
export function formatAgo(seconds: number, now: number): string {
	const past = Math.max(0, now - seconds);
	const format = new Intl.RelativeTimeFormat(intlLocale(), { numeric: 'auto' });
	if (past < 3600) return format.format(-Math.floor(past / 60), 'minute');
	if (past < 86_400) return format.format(-Math.floor(past / 3600), 'hour');
	if (past < 30 * 86_400) return format.format(-Math.floor(past / 86_400), 'day');
	return format.format(-Math.floor(past / (30 * 86_400)), 'month');
}
