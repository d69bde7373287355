import type { LocalText } from '@kaishi/protocol/platform/local-text';
import { MAX_VARIANTS } from '@kaishi/protocol/shop';

/** One row of the matrix, as typed: prices and stock stay text until they are checked. */
export interface VariantDraft {
	values: LocalText[];
	price: string;
	/** '' means unlimited. */
	stock: string;
	sku: string;
	/** Index of the picture that shows this variant. */
	media: number | null;
}

export interface OptionDraft {
	name: LocalText;
	values: LocalText[];
}

/** A value without its letters' case and surrounding space, so that retyping finds the same row. */
function keyOf(text: LocalText): string {
	return [text.en, text['zh-CN']].map((part) => part?.trim().toLowerCase() ?? '').join('\u0000');
}

const isFilled = (text: LocalText) => Boolean(text.en?.trim() || text['zh-CN']?.trim());

/** Options that have a name and a value; half-typed ones do not count yet. */
export function usableOptions(options: OptionDraft[]): OptionDraft[] {
	return options
		.map((option) => ({ name: option.name, values: option.values.filter(isFilled) }))
		.filter((option) => isFilled(option.name) && option.values.length > 0);
}

/** How many rows the options make; may exceed `MAX_VARIANTS`. */
export function countCombinations(options: OptionDraft[]): number {
	return usableOptions(options).reduce((product, option) => product * option.values.length, 1);
}

/**
 * One row per combination, in the options' order. Rows that existed keep price, stock and sku; new ones copy the price
 * of the first row. More than `MAX_VARIANTS` combinations leave the rows as they were.
 */
export function buildMatrix(options: OptionDraft[], rows: VariantDraft[]): VariantDraft[] {
	const usable = usableOptions(options);
	if (countCombinations(options) > MAX_VARIANTS) return rows;
	const combinations = usable.reduce<LocalText[][]>((all, option) => all.flatMap((head) => option.values.map((value) => [...head, value])), [[]]);
	const known = new Map(rows.map((row) => [row.values.map(keyOf).join('\u0001'), row]));
	const first = rows[0];
	// As many as before: a value is being retyped letter by letter, so its row stays where it is.
	const renamed = combinations.length === rows.length ? rows : [];
	return combinations.map((values, index) => {
		const old = known.get(values.map(keyOf).join('\u0001')) ?? renamed[index];
		return old ? { ...old, values } : { values, price: first?.price ?? '', stock: first?.stock ?? '', sku: '', media: null };
	});
}

/** The options that published rows came from, values in order of first appearance. */
export function optionsOfRows(names: LocalText[], rows: { values: LocalText[] }[]): OptionDraft[] {
	return names.map((name, column) => {
		const values = new Map<string, LocalText>();
		for (const row of rows) {
			const value = row.values[column];
			if (value) values.set(keyOf(value), value);
		}
		return { name, values: [...values.values()] };
	});
}

/** Whether two values of one option would be the same choice to a buyer. */
export function hasDuplicateValues(options: OptionDraft[]): boolean {
	return usableOptions(options).some((option) => new Set(option.values.map(keyOf)).size < option.values.length);
}
