import type { Customs, ListingView, Parcel, TaxClass } from '@kaishi/protocol/shop';

/** What tax and borders ask about goods, as typed. */
export interface GoodsDraft {
	/** '' leaves it to the kind of goods. */
	taxClass: TaxClass | '';
	/** Grams. */
	weight: string;
	/** Length, width, height in centimetres. */
	size: [string, string, string];
	origin: string;
	hsCode: string;
	duties: 'ddp' | 'dap' | '';
}

export const emptyGoods = (): GoodsDraft => ({ taxClass: '', weight: '', size: ['', '', ''], origin: '', hsCode: '', duties: '' });

export function goodsToDraft({ taxClass, parcel, customs }: Pick<ListingView, 'taxClass' | 'parcel' | 'customs'>): GoodsDraft {
	const [length, width, height] = parcel?.sizeMm ?? [];
	const centimetres = (mm: number | undefined) => (mm === undefined ? '' : String(mm / 10));
	return {
		taxClass: taxClass ?? '',
		weight: parcel?.weightGrams === undefined ? '' : String(parcel.weightGrams),
		size: [centimetres(length), centimetres(width), centimetres(height)],
		origin: customs?.origin ?? '',
		hsCode: customs?.hsCode ?? '',
		duties: customs?.duties ?? '',
	};
}

/** Millimetres between 1 and 20,000; null when it is no such length. */
function parseLength(text: string): number | null {
	const match = /^(\d{1,4})(?:[.,](\d))?$/.exec(text.trim());
	const mm = match ? Number(match[1]) * 10 + Number(match[2] ?? 0) : 0;
	return mm >= 1 && mm <= 20_000 ? mm : null;
}

function parseWeight(text: string): number | null {
	const grams = /^\d{1,7}$/.test(text.trim()) ? Number(text) : 0;
	return grams >= 1 && grams <= 1_000_000 ? grams : null;
}

const plainCode = (text: string) => text.replace(/[.\s]/g, '');

export type GoodsProblem = 'weightInvalid' | 'sizeInvalid' | 'hsInvalid';

/** Only parcels have these. */
export function goodsProblems(goods: GoodsDraft): GoodsProblem[] {
	const problems: GoodsProblem[] = [];
	if (goods.weight.trim() && parseWeight(goods.weight) === null) problems.push('weightInvalid');
	if (goods.size.some((one) => one.trim()) && goods.size.some((one) => parseLength(one) === null)) problems.push('sizeInvalid');
	if (goods.hsCode.trim() && !/^\d{6}(?:\d{2}){0,2}$/.test(plainCode(goods.hsCode))) problems.push('hsInvalid');
	return problems;
}

/** What is published; parts that say nothing, or cannot be read, are left out. */
export function goodsFromDraft(goods: GoodsDraft, kind: 'physical' | 'digital'): { taxClass?: TaxClass; parcel?: Parcel; customs?: Customs } {
	const tax = goods.taxClass ? { taxClass: goods.taxClass } : {};
	if (kind === 'digital') return tax;
	const weightGrams = parseWeight(goods.weight);
	const sizes = goods.size.map(parseLength);
	const [length, width, height] = sizes;
	const parcel: Parcel = {
		...(weightGrams !== null && { weightGrams }),
		...(length && width && height && { sizeMm: [length, width, height] as [number, number, number] }),
	};
	const code = plainCode(goods.hsCode);
	const customs: Customs = { ...(goods.origin && { origin: goods.origin }), ...(code && { hsCode: code }), ...(goods.duties && { duties: goods.duties }) };
	return { ...tax, ...(Object.keys(parcel).length > 0 && { parcel }), ...(Object.keys(customs).length > 0 && { customs }) };
}
