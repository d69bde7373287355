import { expect, test } from 'vitest';
import { choose, firstChoice, isAvailable, offerOfChoice, valuesOfOption } from './variants.ts';

const offers = [
	{ variant: 0, keys: ['red', 'S'], stock: 0 },
	{ variant: 1, keys: ['red', 'M'], stock: 4 },
	{ variant: 2, keys: ['blue', 'S'], stock: null },
];

test('starts with something that can be bought', () => {
	expect(firstChoice(offers)).toEqual(['red', 'M']);
	expect(firstChoice([{ variant: 0, keys: ['a'], stock: 0 }])).toEqual(['a']);
	expect(firstChoice([])).toEqual([]);
});

test('values in order of appearance, each once', () => {
	expect(valuesOfOption(offers, 0)).toEqual(['red', 'blue']);
	expect(valuesOfOption(offers, 1)).toEqual(['S', 'M']);
});

test('sold out and missing combinations are not available', () => {
	expect(isAvailable(offers, ['red', 'M'], 1, 'S')).toBe(false);
	expect(isAvailable(offers, ['blue', 'S'], 1, 'M')).toBe(false);
	expect(isAvailable(offers, ['red', 'S'], 0, 'blue')).toBe(true);
});

test('choosing keeps the rest where that exists', () => {
	expect(choose(offers, ['red', 'M'], 1, 'S')).toEqual(['red', 'S']);
});

test('behavior: choosing moves to the nearest offer where it does not', () => {
	expect(choose(offers, ['red', 'M'], 0, 'blue')).toEqual(['blue', 'S']);
});

test('a listing without options has one offer', () => {
	expect(offerOfChoice([{ variant: 0, keys: [], stock: 1 }], [])).toMatchObject({ variant: 0 });
});
