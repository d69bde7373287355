import { getLocale } from './paraglide/runtime.js';

export type Units = 'metric' | 'imperial';

const IMPERIAL = new Set(['US', 'LR', 'MM']);
const GRAMS_PER_OUNCE = 28.349523125;
const MM_PER_INCH = 25.4;

/** The measures of the first country that the browser names; metric when it names none. */
export function unitsOf(acceptLanguage: string | null): Units {
	const [, country = ''] = /\b[a-zA-Z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(acceptLanguage ?? '') ?? [];
	return IMPERIAL.has(country) ? 'imperial' : 'metric';
}

const write = (value: number, unit: string, digits: number) =>
	new Intl.NumberFormat(getLocale() === 'en' ? 'en-GB' : 'zh-CN', { style: 'unit', unit, maximumFractionDigits: digits }).format(value);

/** 420 g, 1.25 kg; 14.8 oz, 2.76 lb */
export function formatWeight(grams: number, units: Units): string {
	if (units === 'metric') return grams < 1000 ? write(grams, 'gram', 0) : write(grams / 1000, 'kilogram', 2);
	const ounces = grams / GRAMS_PER_OUNCE;
	return ounces < 16 ? write(ounces, 'ounce', 1) : write(ounces / 16, 'pound', 2);
}

/** 10 cm × 6.5 cm × 6 cm; 3.9 in × … */
export function formatSize(millimetres: readonly number[], units: Units): string {
	return millimetres.map((mm) => (units === 'metric' ? write(mm / 10, 'centimeter', 1) : write(mm / MM_PER_INCH, 'inch', 1))).join(' × ');
}
