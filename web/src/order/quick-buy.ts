import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { IntentAnswer, IntentRequest } from '@kaishi/protocol/operator';
import { type Order, orderIdOf, orderToWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { tabSignature } from '@kaishi/protocol/tab';
import { privateKeyToAccount } from 'viem/accounts';
import { api } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { dropKey, keyFor } from '#platform/wallet/tab-keys.ts';

/** Refusals after which the person is simply asked, as without a tab. */
const ASK_INSTEAD = /^(Tabs_|OrderBook_InvalidSignature$)/;

/**
 * Places the order with the key of a tab that this browser holds, without asking anybody anything. Null when there is
 * none, or when it does not cover the order: then the person is asked as usual. Throws `Refusal` for everything else.
 */
export async function quickBuy(order: Order, market: MarketInfo): Promise<IntentAnswer | null> {
	const shopId = (order.offerId >> 48n).toString();
	const held = keyFor({ account: order.buyer, currency: order.terms.currency, shopId, now: chainNow() });
	if (held === null) return null;
	const orderId = orderIdOf(order, market.chainId, market.contracts.orderBook);
	const signature = tabSignature(held.key, await privateKeyToAccount(held.secret).sign({ hash: orderId }));
	const intent: IntentRequest = { order: orderToWire(order), signature };
	try {
		return await api.post<IntentAnswer>('/api/intents', intent);
	} catch (error) {
		if (!(error instanceof Refusal) || !ASK_INSTEAD.test(error.code)) throw error;
		if (error.code === 'Tabs_NotOpen') dropKey(held.key);
		return null;
	}
}
