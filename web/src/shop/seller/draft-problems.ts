import { MAX_CONTENT_BYTES, MAX_VARIANTS } from '@kaishi/protocol/shop';
import { parsePrice } from '#platform/i18n/parse-price.ts';
import { goodsProblems } from './goods-draft.ts';
import { cleanText, contentBytes, type ListingDraft, parsePerAccount, parseStock } from './listing-draft.ts';
import { digitalOf, type PolicyProblem, policyProblems } from './policy.ts';
import { countCombinations, hasDuplicateValues } from './variants.ts';

export const draftProblemCodes = [
	'titleMissing',
	'titleTooLong',
	'descriptionTooLong',
	'altTooLong',
	'tooManyPictures',
	'optionTextTooLong',
	'optionDuplicate',
	'tooManyVariants',
	'priceMissing',
	'priceInvalid',
	'priceZero',
	'stockInvalid',
	'skuTooLong',
	'shippingInvalid',
	'perAccountInvalid',
	'attributeTooLong',
	'weightInvalid',
	'sizeInvalid',
	'hsInvalid',
	'contentTooLong',
] as const;
export type DraftProblemCode = (typeof draftProblemCodes)[number] | PolicyProblem;

export interface DraftProblem {
	code: DraftProblemCode;
	/** Which part of the editor it belongs to, so that a click leads there. */
	part: 'basics' | 'pictures' | 'variants' | 'goods' | 'policy' | 'size';
	/** Index of the matrix row, where one is meant. */
	row?: number;
}

const longest = (text: { en?: string; 'zh-CN'?: string }) => Math.max(text.en?.trim().length ?? 0, text['zh-CN']?.trim().length ?? 0);

/** Everything that keeps the draft from being published at `now` (Unix seconds), in the order of the page. Empty: ready. */
export function problemsOfDraft(draft: ListingDraft, decimals: number, now: number): DraftProblem[] {
	return [
		...basicsProblems(draft),
		...pictureProblems(draft),
		...variantProblems(draft, decimals),
		...goodsPart(draft),
		...policyPart(draft, decimals, now),
		...sizeProblems(draft),
	];
}

function basicsProblems(draft: ListingDraft): DraftProblem[] {
	const problems: DraftProblem[] = [];
	const add = (code: DraftProblemCode) => problems.push({ code, part: 'basics' });
	if (!cleanText(draft.title)) add('titleMissing');
	if (longest(draft.title) > 120) add('titleTooLong');
	if (longest(draft.description) > 3000) add('descriptionTooLong');
	if (draft.attributes.length > 20 || draft.attributes.some((a) => longest(a.name) > 40 || longest(a.value) > 120)) add('attributeTooLong');
	return problems;
}

function pictureProblems(draft: ListingDraft): DraftProblem[] {
	const problems: DraftProblem[] = [];
	if (draft.pictures.length > 12) problems.push({ code: 'tooManyPictures', part: 'pictures' });
	if (draft.pictures.some((p) => longest(p.alt) > 160)) problems.push({ code: 'altTooLong', part: 'pictures' });
	return problems;
}

function variantProblems(draft: ListingDraft, decimals: number): DraftProblem[] {
	const problems: DraftProblem[] = [];
	const add = (code: DraftProblemCode, row?: number) => problems.push({ code, part: 'variants', ...(row !== undefined && { row }) });
	if (draft.options.some((o) => longest(o.name) > 30 || o.values.some((v) => longest(v) > 40))) add('optionTextTooLong');
	if (hasDuplicateValues(draft.options)) add('optionDuplicate');
	if (countCombinations(draft.options) > MAX_VARIANTS) add('tooManyVariants');
	draft.rows.forEach((row, index) => {
		const price = parsePrice(row.price, decimals);
		if (row.price.trim() === '') add('priceMissing', index);
		else if (price === null) add('priceInvalid', index);
		else if (price === 0n) add('priceZero', index);
		if (parseStock(row.stock) === null) add('stockInvalid', index);
		if (row.sku.trim().length > 40) add('skuTooLong', index);
	});
	if (draft.kind === 'physical' && draft.shipping.trim() !== '' && parsePrice(draft.shipping, decimals) === null) add('shippingInvalid');
	if (parsePerAccount(draft.perAccount) === null) add('perAccountInvalid');
	return problems;
}

function goodsPart(draft: ListingDraft): DraftProblem[] {
	return draft.kind === 'physical' ? goodsProblems(draft.goods).map((code) => ({ code, part: 'goods' as const })) : [];
}

function policyPart(draft: ListingDraft, decimals: number, now: number): DraftProblem[] {
	return policyProblemsOf(draft, decimals, now).map((code) => ({ code, part: 'policy' as const }));
}

function sizeProblems(draft: ListingDraft): DraftProblem[] {
	return contentBytes(draft) > MAX_CONTENT_BYTES ? [{ code: 'contentTooLong', part: 'size' }] : [];
}

/** What the contract would refuse of the promises, as they apply to this kind of goods and these prices. */
export function policyProblemsOf({ policy, kind, rows }: ListingDraft, decimals: number, now: number): PolicyProblem[] {
	const prices = rows.flatMap((row) => parsePrice(row.price, decimals) ?? []);
	const lowestPrice = prices.length === 0 ? null : prices.reduce((low, price) => (price < low ? price : low));
	return policyProblems(kind === 'digital' ? digitalOf(policy) : policy, { decimals, lowestPrice, now });
}
