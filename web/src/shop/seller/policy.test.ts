import { expect, test } from 'vitest';
import { DAY, digitalPolicy, type Policy, policyOfTerms, policyProblems, policyTemplates, templateOf, termsOfPolicy } from './policy.ts';

const cause = '0x00000000000000000000000000000000000000aa';

test('default: every template survives the way to terms and back', () => {
	for (const [name, policy] of Object.entries(policyTemplates)) {
		expect(policyOfTerms(termsOfPolicy(policy))).toEqual(policy);
		expect(templateOf(policy)).toBe(name);
		expect(policyProblems(policy)).toEqual([]);
	}
	expect(policyOfTerms(termsOfPolicy(digitalPolicy))).toEqual(digitalPolicy);
});

test('behavior: cancelling never outlasts the ship-by deadline', () => {
	const policy: Policy = { ...policyTemplates.quick, cancel: 'day' };
	expect(termsOfPolicy({ ...policy, shipByDays: 0 }).cancelSeconds).toBe(0);
	expect(termsOfPolicy(policy).cancelSeconds).toBe(DAY);
});

test('behavior: percents become basis points without dust', () => {
	const terms = termsOfPolicy({ ...policyTemplates.standard, affiliatePercent: 0.07, splits: [{ recipient: cause, percent: 1.15 }] });
	expect(terms.affiliateBps).toBe(7);
	expect(terms.splits).toEqual([{ recipient: cause, bps: 115 }]);
});

test('error: shares that the contract refuses', () => {
	const withSplit = (recipient: string, percent: number, affiliatePercent = 0) =>
		policyProblems({ ...policyTemplates.standard, affiliatePercent, splits: [{ recipient, percent }] });
	expect(withSplit('0x12', 5)).toEqual(['splitAddress']);
	expect(withSplit(`0x${'0'.repeat(40)}`, 5)).toEqual(['splitAddress']);
	expect(withSplit(cause, 0)).toEqual(['splitPercent']);
	expect(withSplit(cause, 0.001)).toEqual(['splitPercent']);
	expect(withSplit(cause, 90, 9)).toEqual(['sharesTooHigh']);
	expect(withSplit(cause, Number.NaN)).toEqual(['splitPercent']);
});
