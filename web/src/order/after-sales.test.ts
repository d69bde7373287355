import type { OrderEventView } from '@kaishi/protocol/order';
import { expect, test } from 'vitest';
import { afterSalesOf } from './after-sales.ts';

const told = (kinds: OrderEventView['kind'][], ...rest: [Parameters<typeof afterSalesOf>[0], Parameters<typeof afterSalesOf>[2]]) => {
	const found = afterSalesOf(
		rest[0],
		kinds.map((kind) => ({ kind })),
		rest[1],
	);
	return found && [...found.events.map(({ kind }) => kind), ...found.ahead.map((kind) => `${kind}?`)];
};

test('default: a return from the wish to the money', () => {
	expect(told(['placed', 'shipped', 'delivered'], 'delivered', undefined)).toBeNull();
	expect(told(['placed', 'shipped', 'delivered', 'remedyTaken', 'returning'], 'returning', 'return')).toEqual([
		'remedyTaken',
		'returning',
		'returned?',
		'refunded?',
	]);
	expect(told(['placed', 'shipped', 'requested', 'refunded'], 'refunded', undefined)).toEqual(['requested', 'refunded']);
});

test('behavior: an exchange ends with another parcel', () => {
	expect(told(['placed', 'shipped', 'remedyTaken', 'returning', 'returned', 'replacing', 'shipped'], 'shipped', 'exchange')).toEqual([
		'remedyTaken',
		'returning',
		'returned',
		'replacing',
		'shipped',
	]);
	expect(told(['placed', 'shipped', 'remedyTaken', 'returning'], 'returning', 'exchange')).toEqual([
		'remedyTaken',
		'returning',
		'returned?',
		'replacing?',
		'shipped?',
	]);
});
