import type { MarketInfo } from '@kaishi/protocol/discovery';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { OfferView } from '@kaishi/protocol/shop';
import type { Hex } from 'viem';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { keyFor } from '#platform/wallet/tab-keys.ts';

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

/**
 * Buys small digital goods on the tab that covers them, without asking anybody anything. Null when it is not for tabs, or
 * there is none: then it is bought by order. Throws `Refusal` for everything else.
 */
export async function buySmall(goods: SmallGoods, account: string, market: MarketInfo): Promise<Hex | null> {
	const { kind, version, perAccount, offer, quantity, affiliate } = goods;
	if (kind !== 'digital' || offer.stock !== null || perAccount !== null || affiliate) return null;
	const currency = market.currencies.find(({ address }) => address.toLowerCase() === offer.terms.currency.toLowerCase());
	const held = keyFor({ account, currency: offer.terms.currency, shopId: (BigInt(offer.offerId) >> 48n).toString(), now: chainNow() });
	if (!currency || !held || held.operatorId !== market.operator?.id) return null;
	const [{ goodsPurchase, isPaidAtOnce, mostOnTab }, { termsFromWire }, { buyOnTab }, { randomHex }] = await Promise.all([
		import('@kaishi/protocol/tab'),
		import('@kaishi/protocol/order'),
		import('./channel.ts'),
		import('#platform/wallet/bytes.ts'),
	]);
	const terms = termsFromWire(offer.terms);
	if (!isPaidAtOnce(terms) || terms.unitPrice * quantity > mostOnTab(currency) || terms.unitPrice === 0n) return null;
	try {
		return await buyOnTab(held, market, ({ fee }) => goodsPurchase({ offerId: BigInt(offer.offerId), version, terms, quantity, fee, salt: randomHex(32) }));
	} catch (error) {
		if (error instanceof Refusal && BY_ORDER.test(error.code)) return null;
		throw error;
	}
}
