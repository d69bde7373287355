import { expect, test } from 'vitest';
import { stockStateOf } from './stock.ts';

test.each([
	[null, true, { kind: 'plenty' }],
	[6, true, { kind: 'plenty' }],
	[5, true, { kind: 'low', left: 5 }],
	[1, true, { kind: 'low', left: 1 }],
	[0, true, { kind: 'soldOut' }],
	[9, false, { kind: 'delisted' }],
	[0, false, { kind: 'delisted' }],
])('%s left, listed %s', (stock, listed, state) => {
	expect(stockStateOf(stock, listed)).toEqual(state);
});
