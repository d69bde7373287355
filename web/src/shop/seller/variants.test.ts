import { expect, test } from 'vitest';
import { buildMatrix, countCombinations, hasDuplicateValues, type OptionDraft, optionsOfRows, type VariantDraft } from './variants.ts';

const row = (price: string): VariantDraft => ({ values: [], price, stock: '5', sku: '', media: null });
const colour: OptionDraft = { name: { en: 'Colour' }, values: [{ en: 'Red' }, { en: 'Blue' }] };
const size: OptionDraft = { name: { en: 'Size' }, values: [{ en: 'S' }, { en: 'M' }] };

test('default: no options make one row', () => {
	expect(buildMatrix([], [row('10')])).toEqual([row('10')]);
	expect(buildMatrix([], [])).toHaveLength(1);
});

test('default: combinations in the order of the options', () => {
	const rows = buildMatrix([colour, size], [row('10')]);
	expect(rows.map((r) => r.values.map((v) => v.en).join('/'))).toEqual(['Red/S', 'Red/M', 'Blue/S', 'Blue/M']);
	expect(rows.every((r) => r.price === '10')).toBe(true);
});

test('behavior: rows keep what was typed when a value is added or moved', () => {
	const rows = buildMatrix([colour], [row('10')]).map((r, i) => ({ ...r, price: String(i + 1), sku: `k${i}` }));
	const moved = buildMatrix([{ ...colour, values: [{ en: 'Green' }, { en: ' blue ' }, { en: 'Red' }] }], rows);
	expect(moved.map((r) => [r.price, r.sku])).toEqual([
		['1', ''],
		['2', 'k1'],
		['1', 'k0'],
	]);
});

test('behavior: a row keeps its price while its value is retyped', () => {
	const rows = buildMatrix([colour], [row('10')]).map((r, i) => ({ ...r, price: String(i + 1) }));
	const retyped = buildMatrix([{ ...colour, values: [{ en: 'Red' }, { en: 'Blu' }] }], rows);
	expect(retyped.map((r) => [r.values[0]?.en, r.price])).toEqual([
		['Red', '1'],
		['Blu', '2'],
	]);
});

test('behavior: half-typed options are left out', () => {
	expect(buildMatrix([colour, { name: {}, values: [{ en: 'x' }] }], [])).toHaveLength(2);
	expect(buildMatrix([{ name: { en: 'Size' }, values: [{ en: ' ' }] }], [])).toHaveLength(1);
});

test('error: too many combinations change nothing', () => {
	const many: OptionDraft = { name: { en: 'n' }, values: Array.from({ length: 9 }, (_, i) => ({ en: String(i) })) };
	expect(countCombinations([many, { ...many, name: { en: 'm' } }])).toBe(81);
	expect(buildMatrix([many, { ...many, name: { en: 'm' } }], [row('3')])).toEqual([row('3')]);
});

test('behavior: options are read back from rows', () => {
	expect(optionsOfRows([{ en: 'Colour' }, { en: 'Size' }], buildMatrix([colour, size], []))).toEqual([colour, size]);
});

test('error: the same value twice is noticed', () => {
	expect(hasDuplicateValues([{ name: { en: 'Colour' }, values: [{ en: 'Red' }, { en: 'red ' }] }])).toBe(true);
	expect(hasDuplicateValues([colour])).toBe(false);
});
