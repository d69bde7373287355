import { expect, test } from 'vitest';
import { dotsOf } from './dots.ts';

const kinds = (...args: Parameters<typeof dotsOf>) => dotsOf(...args).map((dot) => `${dot.kind}${dot.at === null ? '?' : ''}`);

test('what happened, then what is expected', () => {
	expect(kinds('placed', [{ kind: 'placed', at: 1 }])).toEqual(['placed', 'shipped?', 'completed?']);
	expect(
		kinds('shipped', [
			{ kind: 'placed', at: 1 },
			{ kind: 'shipped', at: 2 },
		]),
	).toEqual(['placed', 'shipped', 'completed?']);
	expect(
		kinds('disputed', [
			{ kind: 'placed', at: 1 },
			{ kind: 'shipped', at: 2 },
			{ kind: 'disputed', at: 3 },
		]),
	).toEqual(['placed', 'shipped', 'disputed', 'ruled?']);
});

test('an ended order expects nothing', () => {
	expect(
		kinds('refunded', [
			{ kind: 'placed', at: 1 },
			{ kind: 'refunded', at: 2 },
		]),
	).toEqual(['placed', 'refunded']);
	expect(
		kinds('completed', [
			{ kind: 'placed', at: 1 },
			{ kind: 'completed', at: 2 },
		]),
	).toEqual(['placed', 'completed']);
});
