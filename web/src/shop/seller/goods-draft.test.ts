import { customs, parcel } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { emptyGoods, type GoodsDraft, goodsFromDraft, goodsProblems, goodsToDraft } from './goods-draft.ts';

const full: GoodsDraft = { taxClass: 'reduced', weight: '120', size: ['10', '6.5', '6'], origin: 'CN', hsCode: '0902.10', duties: 'dap' };

test('default: the protocol takes what is written, and it reads as the same draft', () => {
	const goods = goodsFromDraft(full, 'physical');
	expect(goods).toEqual({
		taxClass: 'reduced',
		parcel: { weightGrams: 120, sizeMm: [100, 65, 60] },
		customs: { origin: 'CN', hsCode: '090210', duties: 'dap' },
	});
	expect(v.safeParse(parcel, goods.parcel).success && v.safeParse(customs, goods.customs).success).toBe(true);
	expect(goodsToDraft({ taxClass: null, parcel: null, customs: null, ...goods })).toEqual({ ...full, hsCode: '090210' });
});

test('behavior: nothing said is nothing published, and a download has no parcel', () => {
	expect(goodsFromDraft(emptyGoods(), 'physical')).toEqual({});
	expect(goodsFromDraft(full, 'digital')).toEqual({ taxClass: 'reduced' });
	expect(goodsProblems(emptyGoods())).toEqual([]);
});

test.each([
	['weightInvalid', { weight: '0' }],
	['weightInvalid', { weight: '1.5' }],
	['weightInvalid', { weight: '1000001' }],
	['sizeInvalid', { size: ['10', '', '6'] as GoodsDraft['size'] }],
	['sizeInvalid', { size: ['10', '0', '6'] as GoodsDraft['size'] }],
	['hsInvalid', { hsCode: '09021' }],
	['hsInvalid', { hsCode: 'tea' }],
] as const)('error: %s %o', (code, change) => {
	expect(goodsProblems({ ...full, ...change })).toEqual([code]);
});
