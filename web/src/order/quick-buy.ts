import type { Relayed, RelayOrder } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { type Order, orderIdOf, orderToWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { tabSignature } from '@kaishi/protocol/tab';
import { privateKeyToAccount } from 'viem/accounts';
import { api } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { dropKey, keyFor } from '#platform/wallet/session-keys.ts';

/** Refusals after which the person is simply asked, as without a key. */
const ASK_INSTEAD = /^(Sessions_|Vault_InsufficientBalance$|ERC20Insufficient|SafeERC20FailedOperation$|OrderBook_InvalidSignature$)/;

/**
 * Places the order with a session key of this browser, without asking anybody anything. Null when there is none, or
 * when it does not cover the order: then the person is asked as usual. Throws `Refusal` for everything else.
 */
export async function quickBuy(order: Order, market: MarketInfo): Promise<Relayed | null> {
	const shopId = (order.offerId >> 48n).toString();
	const held = keyFor({ account: order.buyer, currency: order.terms.currency, shopId, now: chainNow() });
	if (held === null) return null;
	const hash = orderIdOf(order, market.chainId, market.contracts.orderBook);
	const signature = tabSignature(held.key, await privateKeyToAccount(held.secret).sign({ hash }));
	try {
		return await api.post<Relayed>('/api/relay/order', { order: orderToWire(order), signature } satisfies RelayOrder);
	} catch (error) {
		if (!(error instanceof Refusal) || !ASK_INSTEAD.test(error.code)) throw error;
		if (error.code === 'Sessions_NotOpen') dropKey(held.key);
		return null;
	}
}
