import { describe, expect, test } from 'vitest';
import type { TaxSettings } from '../shop/index.ts';
import { containedTax, divideInProportion, taxRuleFor, taxStep } from './tax.ts';

const table: TaxSettings = {
	seller: { name: 'Teehaus GmbH', street: 'Gasse 1', city: 'Wien', country: 'AT' },
	regions: [
		{ region: 'AT', name: 'USt', standard: 2000, reduced: 1000 },
		{ region: 'DE', name: 'MwSt', standard: 1900, treatment: 'reverseCharge', note: { en: 'Reverse charge, Art. 196.' } },
		{ region: 'CN', name: '增值税', standard: 1300, reduced: 900, digital: 600 },
		{ region: 'US-CA', aliases: ['California', '加州'], standard: 725 },
		{ region: 'FO', treatment: 'exempt', standard: 0 },
		{ region: '*', treatment: 'export', standard: 0 },
	],
};
const at = (country: string, region = '') => ({ country, region });

describe('taxRuleFor', () => {
	test.each([
		['the country', 'standard', at('AT'), false, { region: 'AT', category: 'S', bps: 2000 }],
		['a class with its own rate', 'reduced', at('AT'), false, { category: 'S', bps: 1000 }],
		['a class without one: the standard rate', 'digital', at('AT'), false, { category: 'S', bps: 2000 }],
		['digital in China', 'digital', at('CN', '浙江'), false, { category: 'S', bps: 600 }],
		['zero rated', 'zero', at('AT'), false, { category: 'Z', bps: 0 }],
		['exempt goods', 'exempt', at('AT'), false, { category: 'E', bps: 0 }],
		['an exempt region', 'standard', at('FO'), false, { category: 'E', bps: 0 }],
		['a part by its code', 'standard', at('US', 'ca'), false, { region: 'US-CA', bps: 725 }],
		['a part by the name a buyer writes', 'standard', at('US', ' ＣＡＬＩＦＯＲＮＩＡ '), false, { region: 'US-CA', bps: 725 }],
		['another part: everywhere else', 'standard', at('US', 'Oregon'), false, { region: '*', category: 'G', bps: 0 }],
		['reverse charge for a business', 'standard', at('DE'), true, { category: 'AE', bps: 0 }],
		['its rates for a person', 'standard', at('DE'), false, { category: 'S', bps: 1900 }],
		['no address: the seller’s country', 'digital', null, false, { region: 'AT', bps: 2000 }],
	] as const)('default: %s', (_, taxClass, place, business, expected) => {
		expect(taxRuleFor(table, taxClass, place, business)).toMatchObject(expected);
	});

	test('behavior: a shop without a table, or without a row for the place, charges none', () => {
		expect(taxRuleFor(undefined, 'standard', at('DE'), false)).toMatchObject({ category: 'O', region: null, bps: 0 });
		expect(taxRuleFor({ regions: [{ region: 'DE', standard: 1900 }] }, 'standard', at('FR'), false)).toMatchObject({ category: 'O' });
		expect(taxRuleFor({ regions: [{ region: 'DE', standard: 1900 }] }, 'standard', null, false)).toMatchObject({ category: 'O' });
	});
});

test('default: tax in what is paid, to the cent', () => {
	expect(containedTax([25_000_000n, 3_000_000n], 1900, 10_000n)).toEqual([3_990_000n, 480_000n]);
	expect(containedTax([11_900n], 1900, 100n)).toEqual([1900n]);
	expect(containedTax([100n], 0, 1n)).toEqual([0n]);
});

test('behavior: half a step is rounded up', () => {
	// 3 of 100 % contain 1.5
	expect(containedTax([3n], 10_000, 1n)).toEqual([2n]);
});

/** A small generator with a seed, so that a failure can be repeated. */
function randomFrom(seed: number) {
	let state = BigInt(seed);
	return (bits: number) => {
		state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
		const wide = state * 0x9e3779b97f4a7c15n * (state | 1n);
		return (wide >> 40n) & ((1n << BigInt(bits)) - 1n);
	};
}
const total = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);

describe.each([
	[0, null],
	[6, 'USD'],
	[8, null],
	[18, 'CNY'],
	[18, null],
] as const)('money of %i decimals that follows %s', (decimals, iso) => {
	test('invariant: lines add up to the rounded sum, none is off by a step, none is negative, none exceeds what is paid', () => {
		const random = randomFrom(decimals + (iso ? 1 : 2));
		for (let round = 0; round < 2000; round++) {
			const cents = 10n ** BigInt(Math.max(0, decimals - (iso ? 2 : 8)));
			const amounts = Array.from({ length: 1 + Number(random(2)) }, () => random(1 + Number(random(6))) * (random(1) ? cents : 1n));
			const bps = Number(random(13)) % 10_001;
			const step = taxStep({ decimals, iso }, amounts);
			const taxes = containedTax(amounts, bps, step);
			const divisor = 10_000n + BigInt(bps);
			const exactSum = total(amounts) * BigInt(bps);
			const error = 2n * (total(taxes) * divisor - exactSum);
			expect(error > -step * divisor && error <= step * divisor, `sum of ${amounts} at ${bps}`).toBe(true);
			taxes.forEach((tax, i) => {
				const amount = amounts[i] as bigint;
				const off = tax * divisor - amount * BigInt(bps);
				expect(tax % step === 0n && tax >= 0n && tax <= amount, `${tax} of ${amount} at ${bps}`).toBe(true);
				expect(off < step * divisor && off > -step * divisor, `line ${amount} at ${bps}`).toBe(true);
			});
		}
	});

	test('invariant: what is credited is divided exactly, in proportion, and never beyond a line', () => {
		const random = randomFrom(7 * decimals + 3);
		for (let round = 0; round < 2000; round++) {
			const weights = Array.from({ length: 1 + Number(random(2)) }, () => random(70));
			const whole = total(weights);
			if (whole === 0n) continue;
			const amount = random(72) % (whole + 1n);
			const step = taxStep({ decimals, iso }, weights);
			const parts = divideInProportion(amount, weights, step);
			expect(total(parts)).toBe(amount);
			parts.forEach((part, i) => {
				const off = part * whole - amount * (weights[i] as bigint);
				expect(part >= 0n && part <= (weights[i] as bigint) && off < step * whole && off > -step * whole).toBe(true);
			});
			expect(divideInProportion(whole, weights, step)).toEqual(weights);
		}
	});
});
