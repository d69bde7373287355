import type { MarketInfo } from '@kaishi/protocol/discovery';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { OfferView } from '@kaishi/protocol/shop';
import { isPaidAtOnce, mostOnTab } from '@kaishi/protocol/tab/limits';
import type { Hex } from 'viem';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { type HeldKey, keyFor } from '#platform/wallet/tab-keys.ts';

/** What somebody is about to buy. */
export interface SmallGoods {
	kind: 'physical' | 'digital';
	version: number;
	perAccount: number | null;
	offer: OfferView;
	quantity: bigint;
	/** Somebody is to have a share for having sent the buyer: an order says so, a purchase on a tab does not. */
	affiliate: boolean;
}

/** Refusals after which it is bought by order, as without a tab. */
const BY_ORDER = /^(Tabs_|Tab_(?!Distrusted))/;

/** The tab that would pay for them; null when they are not for tabs, or there is none. Loads nothing that a page to look at does not need. */
function tabFor({ kind, perAccount, offer, quantity, affiliate }: SmallGoods, account: string, market: MarketInfo): HeldKey | null {
	const { terms } = offer;
	if (kind !== 'digital' || offer.stock !== null || perAccount !== null || affiliate) return null;
	const currency = market.currencies.find(({ address }) => address.toLowerCase() === terms.currency.toLowerCase());
	const total = BigInt(terms.unitPrice) * quantity;
	if (!currency || total === 0n || total > mostOnTab(currency) || !isPaidAtOnce(terms)) return null;
	const held = keyFor({ account, currency: terms.currency, shopId: (BigInt(offer.offerId) >> 48n).toString(), now: chainNow() });
	// A tab for one shop pays that shop alone.
	const shared = terms.splits.length > 0 || market.feeBps > 0;
	return held !== null && held.operatorId === market.operator?.id && !(held.shopId !== null && shared) ? held : null;
}

/** Whether they would be bought so: people are told before. */
export const isSmall = (goods: SmallGoods, account: string, market: MarketInfo): boolean => tabFor(goods, account, market) !== null;

/**
 * Buys small digital goods on the tab that covers them, without asking anybody anything. Null when it is not for tabs, or
 * there is none: then it is bought by order. Throws `Refusal` for everything else.
 */
export async function buySmall(goods: SmallGoods, account: string, market: MarketInfo): Promise<Hex | null> {
	const held = tabFor(goods, account, market);
	if (held === null) return null;
	const { version, offer, quantity } = goods;
	const [{ goodsPurchase }, { termsFromWire }, { buyOnTab }, { randomHex }] = await Promise.all([
		import('@kaishi/protocol/tab'),
		import('@kaishi/protocol/order'),
		import('./channel.ts'),
		import('#platform/wallet/bytes.ts'),
	]);
	const [offerId, terms] = [BigInt(offer.offerId), termsFromWire(offer.terms)];
	try {
		return await buyOnTab(held, market, ({ fee }) => goodsPurchase({ offerId, version, terms, quantity, fee, salt: randomHex(32) }));
	} catch (error) {
		if (error instanceof Refusal && BY_ORDER.test(error.code)) return null;
		throw error;
	}
}
