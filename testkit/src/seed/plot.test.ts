import { expect, test } from 'vitest';
import { PAST_DAYS, plotOrders } from './plot.ts';

test('default: more than eighty orders, in every state, told the same way each time', () => {
	const plots = plotOrders();
	expect(plots.length).toBeGreaterThanOrEqual(80);
	expect(new Set(plots.map((plot) => plot.course))).toEqual(
		new Set(['completed', 'released', 'shipped', 'placed', 'disputed', 'ruled', 'late', 'cancelled', 'refunded']),
	);
	expect(plotOrders()).toEqual(plots);
});

test('behavior: nothing happens before it can, nor after the present', () => {
	for (const { placedOn, shippedOn, confirmedOn, reviewedOn, repliedOn, praisedOn, disputedOn, ruledOn } of plotOrders()) {
		const days = [placedOn, shippedOn, disputedOn ?? confirmedOn, ruledOn ?? reviewedOn, repliedOn].filter((day) => day !== undefined);
		expect(days).toEqual(days.toSorted((a, b) => a - b));
		for (const day of [...days, praisedOn ?? 0]) expect(day).toBeLessThan(PAST_DAYS);
	}
});
