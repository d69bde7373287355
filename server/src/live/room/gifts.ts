import { type GiftBody, giftPrice } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Currency } from '@kaishi/protocol/platform/money';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, type Hex, isAddressEqual } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { findTip } from '../../tab/public.ts';
import { requireShow } from './access.ts';
import { noticeNameOf } from './kept-names.ts';
import type { Telling } from './told.ts';

/** A gift is told while it is given, not later. */
const FRESH_SECONDS = 120;

export interface GiftsContext {
	db: Queryable;
	/** What tips are in. */
	currencies: readonly Currency[];
	/** Chain time, Unix seconds. */
	now(): number;
}

/** What the room is told of somebody's tip to the show's shop: a gift that the tip pays for. Throws `Live_NotYourOrder`, `Live_GiftNotPaid`. */
export async function noticeOfGift({ db, currencies, now }: GiftsContext, showId: string, by: Address, { purchaseId, gift }: GiftBody): Promise<Telling> {
	const show = await requireShow(db, showId);
	const tip = await findTip(db, purchaseId as Hex);
	const own = tip !== null && isAddressEqual(tip.account, by) && isAddressEqual(tip.seller, shopAccountOf(BigInt(show.shop_id)));
	if (!own || tip.at < now() - FRESH_SECONDS) throw new Refusal('Live_NotYourOrder', 'forbidden', { order: purchaseId });
	const currency = currencies.find(({ address }) => isAddressEqual(address, tip.token));
	if (!currency || BigInt(tip.amount) < giftPrice(gift, currency)) throw new Refusal('Live_GiftNotPaid', 'conflict', { gift });
	// In one room: whoever tips is in one.
	return { about: `gift ${purchaseId}`, notice: { kind: 'gift', name: await noticeNameOf(db, show, by), gift } };
}
