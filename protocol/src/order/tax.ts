import type { LocalText } from '../platform/local-text.ts';
import type { Currency } from '../platform/money.ts';
import type { ListingContent, TaxClass, TaxRegion, TaxSettings } from '../shop/index.ts';

/** Where goods go, as far as tax asks: country, and what the buyer wrote as state or province. */
export interface TaxPlace {
	country: string;
	region: string;
}

/** EN 16931 (UNCL 5305): S standard rate, Z zero rated, E exempt, AE reverse charge, G export, O not subject to tax. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'G' | 'O';

/** Which tax a line bears, and by which row of the shop's table. */
export interface TaxRule {
	/** The row that decided; null when the shop's table names none. */
	region: string | null;
	category: TaxCategory;
	bps: number;
	name: string | null;
	note: LocalText | null;
}

const untaxed: TaxRule = { region: null, category: 'O', bps: 0, name: null, note: null };
const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** The class that a listing's goods have when it names none. */
export const taxClassOf = (listing: Pick<ListingContent, 'kind' | 'taxClass'>): TaxClass =>
	listing.taxClass ?? (listing.kind === 'digital' ? 'digital' : 'standard');

/** The row for a place: the part of the country, else the country, else everywhere else. Without a place (downloads) the seller's own country counts. */
export function taxRegionFor(settings: TaxSettings | undefined, place: TaxPlace | null): TaxRegion | null {
	if (!settings) return null;
	const country = place?.country ?? settings.seller?.country;
	const written = fold(place?.region ?? '');
	const part = settings.regions.find(
		({ region, aliases = [] }) =>
			region.startsWith(`${country}-`) && written !== '' && [region, region.slice(3), ...aliases].some((name) => fold(name) === written),
	);
	return part ?? settings.regions.find(({ region }) => region === country) ?? settings.regions.find(({ region }) => region === '*') ?? null;
}

/** @param buyerIsBusiness whether the buyer gave a tax id: only then does a row's reverse charge hold. */
export function taxRuleFor(settings: TaxSettings | undefined, taxClass: TaxClass, place: TaxPlace | null, buyerIsBusiness: boolean): TaxRule {
	const row = taxRegionFor(settings, place);
	if (!row) return untaxed;
	const rule = (category: TaxCategory, bps = 0): TaxRule => ({ region: row.region, category, bps, name: row.name ?? null, note: row.note ?? null });
	if (row.treatment === 'export') return rule('G');
	if (row.treatment === 'exempt' || taxClass === 'exempt') return rule('E');
	if (row.treatment === 'reverseCharge' && buyerIsBusiness) return rule('AE');
	if (taxClass === 'zero') return rule('Z');
	const bps = (taxClass === 'standard' ? undefined : row[taxClass]) ?? row.standard;
	return rule(bps === 0 ? 'Z' : 'S', bps);
}

/**
 * The step that tax is rounded to, in base units: the cent for tokens that follow a currency, eight decimals for other
 * coins; one base unit when an amount is finer than that, so that no line is ever left with less than nothing.
 */
export function taxStep(currency: Pick<Currency, 'decimals' | 'iso'>, amounts: readonly bigint[]): bigint {
	const step = 10n ** BigInt(Math.max(0, currency.decimals - (currency.iso ? 2 : 8)));
	return amounts.every((amount) => amount % step === 0n) ? step : 1n;
}

/**
 * Tax contained in amounts that share one rate. The tax of their sum is rounded half up to `step`; the lines get their
 * shares rounded down, and what is left goes step by step to the largest remainders, earlier lines first. So lines add up
 * to the sum, and no line is off by a whole step.
 * @param amounts what is paid for each line, tax included, in base units; none negative.
 */
export function containedTax(amounts: readonly bigint[], bps: number, step: bigint): bigint[] {
	const rate = BigInt(bps);
	const divisor = (10_000n + rate) * step;
	const exact = amounts.map((amount) => amount * rate);
	const total = exact.reduce(sum, 0n);
	return roundedShares(exact, divisor, (2n * total + divisor) / (2n * divisor)).map((steps) => steps * step);
}

/** Divides `amount` in proportion to `weights`, in whole `step`s where the amount allows it; adds up exactly. */
export function divideInProportion(amount: bigint, weights: readonly bigint[], step: bigint): bigint[] {
	const total = weights.reduce(sum, 0n);
	if (total === 0n) return weights.map(() => 0n);
	const unit = amount % step === 0n ? step : 1n;
	const exact = weights.map((weight) => (amount / unit) * weight);
	return roundedShares(exact, total, amount / unit).map((units) => units * unit);
}

const sum = (a: bigint, b: bigint) => a + b;

/** `exact / divisor` rounded down each, then one more for the largest remainders (earlier ones first) until all add up to `target`. */
function roundedShares(exact: readonly bigint[], divisor: bigint, target: bigint): bigint[] {
	const shares = exact.map((one) => one / divisor);
	const left = Number(target - shares.reduce(sum, 0n));
	const byRemainder = exact
		.map((one, index) => ({ index, remainder: one % divisor }))
		.sort((a, b) => (a.remainder < b.remainder ? 1 : a.remainder > b.remainder ? -1 : 0));
	for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] as bigint) + 1n;
	return shares;
}
