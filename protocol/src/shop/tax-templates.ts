import type { TaxRegion } from './tax-table.ts';

/** Rates to start from. They were true to our knowledge at `asOf`; the seller checks them and answers for them. */
export interface TaxTemplate {
	key: 'none' | 'eu' | 'cn' | 'gb' | 'us';
	/** Year and month in which somebody last looked. */
	asOf: string;
	regions: TaxRegion[];
}

/** Standard rates of the European Union in basis points. Reduced ones differ by kind of goods in each country: sellers add theirs. */
const euStandard: Record<string, number> = {
	AT: 2000,
	BE: 2100,
	BG: 2000,
	HR: 2500,
	CY: 1900,
	CZ: 2100,
	DK: 2500,
	EE: 2400,
	FI: 2550,
	FR: 2000,
	DE: 1900,
	GR: 2400,
	HU: 2700,
	IE: 2300,
	IT: 2200,
	LV: 2100,
	LT: 2100,
	LU: 1700,
	MT: 1800,
	NL: 2100,
	PL: 2300,
	PT: 2300,
	RO: 2100,
	SK: 2300,
	SI: 2200,
	ES: 2100,
	SE: 2500,
};

const abroad = (note: { en: string; 'zh-CN': string }): TaxRegion => ({ region: '*', treatment: 'export', standard: 0, note });

export const taxTemplates: readonly TaxTemplate[] = [
	{ key: 'none', asOf: '2026-01', regions: [] },
	{
		key: 'eu',
		asOf: '2026-01',
		regions: [
			...Object.entries(euStandard).map(([region, standard]) => ({ region, name: 'VAT', standard })),
			abroad({ en: 'Export outside the European Union.', 'zh-CN': '出口至欧盟以外。' }),
		],
	},
	{
		key: 'cn',
		asOf: '2026-01',
		regions: [{ region: 'CN', name: '增值税', standard: 1300, reduced: 900, digital: 600 }, abroad({ en: 'Export from China.', 'zh-CN': '自中国出口。' })],
	},
	{
		key: 'gb',
		asOf: '2026-01',
		regions: [{ region: 'GB', name: 'VAT', standard: 2000, reduced: 500 }, abroad({ en: 'Export from the United Kingdom.', 'zh-CN': '自英国出口。' })],
	},
	// Sales taxes depend on state, county and where the seller has a nexus: no table of ours would be right.
	{ key: 'us', asOf: '2026-01', regions: [] },
];
