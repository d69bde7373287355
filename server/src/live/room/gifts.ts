import type { GiftBody, Notice } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, type Hex, isAddressEqual } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { LruMap } from '../../platform/media/lru-map.ts';
import { findTip } from '../../tab/public.ts';
import { requireShow } from './access.ts';
import { noticeNameOf } from './kept-names.ts';

/** A gift is told while it is given, not later. */
const FRESH_SECONDS = 120;
const REMEMBERED = 10_000;

/** Tells each tip of a tab once. One per process: what is older than two minutes is told by none. */
export class Gifts {
	readonly #told = new LruMap<Hex, true>(REMEMBERED);

	/** What the room is told of somebody's tip to the show's shop; null when it was told before. @param now Unix seconds. */
	async noticeOf(db: Queryable, showId: string, by: Address, { purchaseId, gift }: GiftBody, now: number): Promise<Notice | null> {
		const show = await requireShow(db, showId);
		const tip = await findTip(db, purchaseId as Hex);
		const own = tip !== null && isAddressEqual(tip.account, by) && isAddressEqual(tip.seller, shopAccountOf(BigInt(show.shop_id)));
		if (!own || tip.at < now - FRESH_SECONDS) throw new Refusal('Live_NotYourOrder', 'forbidden', { order: purchaseId });
		if (this.#told.get(purchaseId as Hex)) return null;
		this.#told.set(purchaseId as Hex, true);
		return { kind: 'gift', name: await noticeNameOf(db, show, by), gift };
	}
}
