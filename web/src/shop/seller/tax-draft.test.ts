import { taxSettings, taxTemplates } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { emptyRegion, parseRate, regionToDraft, type TaxDraft, taxFromDraft, taxProblems, taxToDraft } from './tax-draft.ts';

const legal = { name: 'Teehaus GmbH', street: 'Gasse 1', city: 'Wien', postcode: '1010', country: 'AT' };
const draftOf = (change: Partial<TaxDraft> = {}): TaxDraft => ({
	legal,
	ids: [{ label: 'UID', value: 'ATU12345678' }],
	amounts: 'inclusive',
	regions: [],
	...change,
});

test('default: what is saved reads as the same draft, and the protocol takes it', () => {
	const draft = draftOf({
		amounts: 'exclusive',
		regions: [{ ...emptyRegion(), country: 'US', part: 'CA', aliases: 'California, 加州', standard: '7.25', note: { en: 'Seller’s permit 1' } }],
	});
	const saved = taxFromDraft(draft);
	expect(taxProblems(draft)).toEqual([]);
	expect(v.parse(taxSettings, saved)).toEqual(saved);
	expect(taxToDraft(saved, 'DE')).toEqual(draft);
});

test.each(taxTemplates)('default: the template $key passes through the editor unchanged', ({ regions }) => {
	const draft = draftOf({ regions: regions.map(regionToDraft) });
	expect(taxProblems(draft)).toEqual([]);
	expect(taxFromDraft(draft)?.regions).toEqual(regions);
});

test('behavior: nothing said is nothing saved', () => {
	expect(taxFromDraft(taxToDraft(undefined, 'DE'))).toBeUndefined();
	expect(taxProblems(taxToDraft(undefined, ''))).toEqual([]);
});

test.each([
	['19', 1900],
	['7,25', 725],
	['0', 0],
	['100 %', 10_000],
	['100.01', null],
	['-1', null],
	['1e2', null],
	['19.123', null],
	['', null],
])('a rate of %s', (text, bps) => expect(parseRate(text)).toBe(bps));

const row = { ...emptyRegion(), country: 'DE', standard: '19' };
test.each([
	['legalIncomplete', { legal: { ...legal, city: ' ' } }],
	['idIncomplete', { ids: [{ label: 'UID', value: '\u200B' }] }],
	['textTooLong', { legal: { ...legal, name: 'x'.repeat(121) } }],
	['regionMissing', { regions: [{ ...row, country: '' }] }],
	['partWrong', { regions: [{ ...row, part: 'Bavaria' }] }],
	['rateWrong', { regions: [{ ...row, reduced: 'seven' }] }],
	['regionTwice', { regions: [row, row] }],
	['tooManyRegions', { regions: Array.from({ length: 61 }, (_, i) => ({ ...row, part: String(i) })) }],
] as const)('error: %s', (code, change) => {
	const draft = draftOf(change as Partial<TaxDraft>);
	expect(taxProblems(draft).map((problem) => problem.code)).toContain(code);
	expect(v.safeParse(taxSettings, taxFromDraft(draft)).success && code !== 'rateWrong' && code !== 'idIncomplete').toBe(false);
});
