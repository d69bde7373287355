import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { TaxRegion, TaxSettings, TaxTreatment } from '@kaishi/protocol/shop';
import { cleanText } from './listing-draft.ts';

/** One row of the table while it is being written; rates as typed, in percent. */
export interface RegionDraft {
	/** ISO 3166-1, or `*`. */
	country: string;
	/** The part behind the hyphen of ISO 3166-2; '' for the whole country. */
	part: string;
	/** Separated by commas. */
	aliases: string;
	name: string;
	treatment: TaxTreatment;
	standard: string;
	reduced: string;
	digital: string;
	note: LocalText;
}

export interface TaxDraft {
	legal: { name: string; street: string; city: string; postcode: string; country: string };
	ids: { label: string; value: string }[];
	amounts: 'inclusive' | 'exclusive';
	regions: RegionDraft[];
}

export type TaxProblem = 'legalIncomplete' | 'idIncomplete' | 'textTooLong' | 'regionMissing' | 'partWrong' | 'regionTwice' | 'rateWrong' | 'tooManyRegions';

const LIMITS = { name: 120, street: 200, city: 80, postcode: 16, label: 24, value: 40, tax: 24, alias: 40, note: 200 };
export const MAX_REGIONS = 60;
export const MAX_IDS = 4;

const clean = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '').trim();

/** "7.25" → 725 basis points; null when it is no rate between 0 and 100. A decimal comma will do. */
export function parseRate(text: string): number | null {
	const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
	if (!match) return null;
	const bps = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
	return bps <= 10_000 ? bps : null;
}

/** 725 → "7.25" */
export const writeRate = (bps: number | undefined) => (bps === undefined ? '' : String(bps / 100));

export const emptyRegion = (): RegionDraft => ({
	country: '',
	part: '',
	aliases: '',
	name: '',
	treatment: 'taxed',
	standard: '',
	reduced: '',
	digital: '',
	note: {},
});

export function regionToDraft(row: TaxRegion): RegionDraft {
	const [country = '', part = ''] = row.region.split('-');
	return {
		country,
		part,
		aliases: (row.aliases ?? []).join(', '),
		name: row.name ?? '',
		treatment: row.treatment ?? 'taxed',
		standard: writeRate(row.standard),
		reduced: writeRate(row.reduced),
		digital: writeRate(row.digital),
		note: { ...(row.note ?? {}) },
	};
}

export function taxToDraft(settings: TaxSettings | undefined, country: string): TaxDraft {
	const { ids = [], ...legal } = settings?.seller ?? { name: '', street: '', city: '', country };
	return {
		legal: { ...legal, postcode: legal.postcode ?? '' },
		ids: ids.map((id) => ({ ...id })),
		amounts: settings?.amounts ?? 'inclusive',
		regions: (settings?.regions ?? []).map(regionToDraft),
	};
}

/** A row charges nothing and asks for no rates. */
export const isUntaxed = (row: Pick<RegionDraft, 'treatment'>) => row.treatment === 'export' || row.treatment === 'exempt';

export const regionCode = (row: Pick<RegionDraft, 'country' | 'part'>) =>
	row.part.trim() && row.country !== '*' ? `${row.country}-${row.part.trim().toUpperCase()}` : row.country;

function regionFromDraft(row: RegionDraft): TaxRegion {
	const aliases = row.aliases.split(/[,，]/).map(clean).filter(Boolean);
	const [reduced, digital, note, name] = [
		parseRate(row.reduced),
		parseRate(row.digital),
		cleanText({ en: clean(row.note.en ?? ''), 'zh-CN': clean(row.note['zh-CN'] ?? '') }),
		clean(row.name),
	];
	return {
		region: regionCode(row),
		...(aliases.length > 0 && row.part.trim() && { aliases }),
		...(name && { name }),
		...(row.treatment !== 'taxed' && { treatment: row.treatment }),
		standard: isUntaxed(row) ? 0 : (parseRate(row.standard) ?? 0),
		...(reduced !== null && !isUntaxed(row) && { reduced }),
		...(digital !== null && !isUntaxed(row) && { digital }),
		...(note && { note }),
	};
}

/** What would stand on the chain; undefined when there is nothing to say. The draft must be free of problems. */
export function taxFromDraft(draft: TaxDraft): TaxSettings | undefined {
	const { name, street, city, postcode, country } = draft.legal;
	const ids = draft.ids.map(({ label, value }) => ({ label: clean(label), value: clean(value) })).filter(({ label, value }) => label && value);
	const seller = clean(name)
		? {
				name: clean(name),
				street: clean(street),
				city: clean(city),
				...(clean(postcode) && { postcode: clean(postcode) }),
				country,
				...(ids.length > 0 && { ids }),
			}
		: undefined;
	if (!seller && draft.regions.length === 0) return undefined;
	return { ...(seller && { seller }), ...(draft.amounts === 'exclusive' && { amounts: draft.amounts }), regions: draft.regions.map(regionFromDraft) };
}

/** Everything that keeps the settings from being saved, with the row it concerns. Empty: ready. */
export function taxProblems(draft: TaxDraft): { code: TaxProblem; row?: number }[] {
	const problems: { code: TaxProblem; row?: number }[] = [];
	const { legal, ids, regions } = draft;
	const given = [legal.name, legal.street, legal.city].filter((text) => clean(text)).length;
	if ((given > 0 && (given < 3 || !/^[A-Z]{2}$/.test(legal.country))) || (given === 0 && ids.length > 0)) problems.push({ code: 'legalIncomplete' });
	if (ids.some((id) => !clean(id.label) || !clean(id.value))) problems.push({ code: 'idIncomplete' });
	const long = (['name', 'street', 'city', 'postcode'] as const).some((field) => clean(legal[field]).length > LIMITS[field]);
	if (long || ids.some((id) => clean(id.label).length > LIMITS.label || clean(id.value).length > LIMITS.value)) problems.push({ code: 'textTooLong' });
	if (regions.length > MAX_REGIONS) problems.push({ code: 'tooManyRegions' });
	const codes = regions.map(regionCode);
	for (const [index, row] of regions.entries()) {
		problems.push(...regionProblems(row).map((code) => ({ code, row: index })));
		if (row.country && codes.indexOf(regionCode(row)) < index) problems.push({ code: 'regionTwice', row: index });
	}
	return problems;
}

function regionProblems(row: RegionDraft): TaxProblem[] {
	const problems: TaxProblem[] = [];
	if (row.country === '') problems.push('regionMissing');
	if (row.part.trim() && !/^[A-Za-z0-9]{1,3}$/.test(row.part.trim())) problems.push('partWrong');
	const optional = [row.reduced, row.digital].some((text) => text.trim() !== '' && parseRate(text) === null);
	if (!isUntaxed(row) && (parseRate(row.standard) === null || optional)) problems.push('rateWrong');
	const aliases = row.aliases.split(/[,，]/).map(clean);
	const notes = [row.note.en, row.note['zh-CN']].some((text) => (text ?? '').trim().length > LIMITS.note);
	if (clean(row.name).length > LIMITS.tax || aliases.length > 6 || aliases.some((one) => one.length > LIMITS.alias) || notes) problems.push('textTooLong');
	return problems;
}
