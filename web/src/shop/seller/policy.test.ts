import { expect, test } from 'vitest';
import {
	type AfterSalesTemplate,
	afterSalesTemplateOf,
	afterSalesTemplates,
	DAY,
	digitalOf,
	digitalPolicy,
	type Policy,
	type PolicyBounds,
	policyOfTerms,
	policyProblems,
	termsOfPolicy,
	timeTemplateOf,
	timeTemplates,
	usualPolicy,
	withAfterSales,
} from './policy.ts';

const cause = '0x00000000000000000000000000000000000000aa';
const bounds: PolicyBounds = { decimals: 6, lowestPrice: 25_000_000n, now: Date.parse('2026-11-22T00:00:00Z') / 1000 };
const problemsOf = (change: Partial<Policy>) => policyProblems({ ...usualPolicy, ...change }, bounds);

test('default: every template survives the way to terms and back', () => {
	for (const [name, times] of Object.entries(timeTemplates)) {
		for (const after of Object.keys(afterSalesTemplates) as AfterSalesTemplate[]) {
			const policy = withAfterSales({ ...usualPolicy, ...times }, after, '3.5');
			expect(policyOfTerms(termsOfPolicy(policy, 6), 6)).toEqual(policy);
			expect([timeTemplateOf(policy), afterSalesTemplateOf(policy)]).toEqual([name, after]);
			expect(policyProblems(policy, bounds)).toEqual([]);
		}
	}
	for (const policy of [digitalPolicy, { ...digitalPolicy, untilTaken: true }]) expect(policyOfTerms(termsOfPolicy(policy, 6), 6)).toEqual(policy);
});

test('behavior: every promise becomes the term that the contract enforces', () => {
	const policy: Policy = {
		...withAfterSales(usualPolicy, 'warranty', ''),
		shipDate: '2026-12-24',
		restockingPercent: 12.5,
		returnParcel: '4.2',
		refundOnly: true,
	};
	expect(termsOfPolicy(policy, 6)).toMatchObject({
		shipDate: Date.parse('2026-12-24T00:00:00Z') / 1000,
		returnSeconds: 7 * DAY,
		restockingBps: 1250,
		returnShippingPrice: 4_200_000n,
		remedies: 3,
		warrantySeconds: 365 * DAY,
		warrantyBps: 1000,
	});
});

test('behavior: a download is given back until it is taken, or not at all', () => {
	const physical: Policy = { ...withAfterSales(usualPolicy, 'warranty', ''), shipDate: '2026-12-24' };
	expect(termsOfPolicy(digitalOf(physical), 6)).toMatchObject({
		shipBySeconds: 0,
		shipDate: 0,
		returnSeconds: 0,
		remedies: 0,
		warrantySeconds: 0,
		warrantyBps: 0,
	});
	const terms = termsOfPolicy(digitalOf({ ...physical, untilTaken: true }), 6);
	expect(terms.returnSeconds).toBe(terms.confirmBySeconds);
});

test('behavior: cancelling never outlasts the ship-by deadline', () => {
	const policy: Policy = { ...usualPolicy, ...timeTemplates.quick, cancel: 'day' };
	expect(termsOfPolicy({ ...policy, shipByDays: 0 }, 6).cancelSeconds).toBe(0);
	expect(termsOfPolicy(policy, 6).cancelSeconds).toBe(DAY);
});

test('behavior: percents become basis points without dust', () => {
	const terms = termsOfPolicy({ ...usualPolicy, affiliatePercent: 0.07, splits: [{ recipient: cause, percent: 1.15 }] }, 6);
	expect(terms.affiliateBps).toBe(7);
	expect(terms.splits).toEqual([{ recipient: cause, bps: 115 }]);
});

test('error: shares that the contract refuses', () => {
	const withSplit = (recipient: string, percent: number, affiliatePercent = 0) => problemsOf({ affiliatePercent, splits: [{ recipient, percent }] });
	expect(withSplit('0x12', 5)).toEqual(['splitAddress']);
	expect(withSplit(`0x${'0'.repeat(40)}`, 5)).toEqual(['splitAddress']);
	expect(withSplit(cause, 0)).toEqual(['splitPercent']);
	expect(withSplit(cause, 0.001)).toEqual(['splitPercent']);
	expect(withSplit(cause, 90, 9)).toEqual(['sharesTooHigh']);
	expect(withSplit(cause, Number.NaN)).toEqual(['splitPercent']);
});

test('error: promises beyond the bounds of the contract', () => {
	expect(problemsOf({ restockingPercent: 50 })).toEqual([]);
	expect(problemsOf({ restockingPercent: 50.01 })).toEqual(['restockingPercent']);
	expect(problemsOf({ restockingPercent: 0.001 })).toEqual(['restockingPercent']);
	expect(problemsOf({ returnParcel: 'x' })).toEqual(['returnParcelInvalid']);
	expect(problemsOf({ returnParcel: '25' })).toEqual([]);
	expect(problemsOf({ returnParcel: '25.000001' })).toEqual(['returnParcelTooHigh']);
	expect(problemsOf({ warrantyDays: 365, warrantyPercent: 0 })).toEqual(['warrantyPercent']);
	expect(problemsOf({ warrantyDays: 1096, warrantyPercent: 5 })).toEqual(['daysInvalid']);
	expect(problemsOf({ returnDays: 366 })).toEqual(['daysInvalid']);
	expect(problemsOf({ shipDate: '2027-11-22' })).toEqual([]);
	expect(problemsOf({ shipDate: '2027-11-23' })).toEqual(['shipDateInvalid']);
	expect(problemsOf({ shipDate: 'soon' })).toEqual(['shipDateInvalid']);
});
