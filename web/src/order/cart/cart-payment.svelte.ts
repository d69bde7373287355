import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import { isNetworkLost } from '#platform/api/client.ts';
import type { Balances } from '#platform/wallet/order-calls.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import type { WalletPayment } from '#platform/wallet/wallet-plan.ts';
import { type Payer, type PayState, signerFor, topUp } from '../checkout.svelte.ts';
import type { PurchaseWish } from '../pending.ts';

const CHANGED = /^(Catalog_(SoldOut|TermsMismatch)|OrderBook_(WrongFee|Expired|CurrencyNotAllowed|ArbitratorNotAllowed)|ERC3009InvalidAuthorizationTime)$/;

/** One attempt after the other to pay for a whole cart; never two at a time. */
export class CartPayment {
	state = $state<PayState>('ready');
	failure = $state.raw<unknown>(null);
	/** The offer that could not be bought, where the refusal said which. */
	failedOffer = $state<string | null>(null);
	#made: Signer | null = null;

	get busy() {
		return this.state === 'account' || this.state === 'signing';
	}

	/**
	 * @param wishes everything but the buyer, who may have no account yet.
	 * @param funds what the viewer has: `balances` inside the market, `held` outside it, by currency in lower case.
	 * @returns the orders' ids, or null when it did not come to that; `state` tells why.
	 */
	async pay(
		wishes: readonly Omit<PurchaseWish, 'buyer'>[],
		totals: readonly WalletPayment[],
		who: Payer,
		funds: { balances: Balances; held: Balances },
	): Promise<Hex[] | null> {
		if (this.busy) return null;
		[this.failure, this.failedOffer, this.state] = [null, null, 'account'];
		try {
			const signer = await signerFor(who, this.#made);
			this.#made = who.viewer ? null : signer;
			if (who.market.embedded) await topUp(signer, totals, who.viewer ? funds : null);
			this.state = 'signing';
			const { purchaseCart } = await import('./purchase-cart.ts');
			const own = wishes.map((wish) => ({ ...wish, buyer: signer.address }));
			const orderIds = await purchaseCart(own, signer, who.market, who.viewer ? funds.balances : new Map());
			this.state = 'paid';
			return orderIds;
		} catch (error) {
			this.#fail(error);
			return null;
		}
	}

	#fail(error: unknown) {
		this.failure = error;
		if (isNetworkLost(error)) this.state = 'lost';
		else if (error instanceof Refusal && CHANGED.test(error.code)) {
			this.state = 'changed';
			this.failedOffer = error.details.offerId ?? null;
		} else this.state = 'failed';
	}
}
