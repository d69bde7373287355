import type { Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { isNetworkLost } from '#platform/api/client.ts';
import { codeOf } from '#platform/errors/explain.ts';
import { knownPasskeys } from '#platform/wallet/device.ts';
import type { Balances } from '#platform/wallet/order-calls.ts';
import { askForTestMoney, createPasskeyAccount, heldBy, passkeySigner, recallPasskeyAccount, signerOf } from '#platform/wallet/session.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import type { WalletPayment } from '#platform/wallet/wallet-plan.ts';
import type { PurchaseWish } from './pending.ts';

export type PayState = 'ready' | 'account' | 'signing' | 'paid' | 'lost' | 'soldOut' | 'changed' | 'failed';

/** Loads everything a payment needs while the person still reads. */
export const preparePayment = () => void Promise.all([import('./purchase.ts'), import('#platform/wallet/passkey-signer.ts')]).catch(() => undefined);

/** Who pays, as far as the page knows. `label` names a passkey that has to be made. */
export interface Payer {
	viewer: Viewer | null;
	market: MarketInfo;
	label: string;
}

/** How the payer signs: as who is signed in, else with the passkey made in an earlier attempt, else with this device's or a new one. */
export async function signerFor({ viewer, market, label }: Payer, made: Signer | null): Promise<Signer> {
	if (viewer) return signerOf(viewer, market);
	if (made) return made;
	const [known] = knownPasskeys();
	return passkeySigner(known ? await recallPasskeyAccount(known, label) : await createPasskeyAccount(label, market), market);
}

/** Play money where everything is play money, so that trying out never ends at an empty purse. */
export async function topUp(signer: Signer, totals: readonly WalletPayment[], funds: { balances: Balances; held: Balances } | null) {
	for (const { currency, total } of totals) {
		const key = currency.toLowerCase();
		const available = funds ? (funds.balances.get(key) ?? 0n) + (funds.held.get(key) ?? 0n) : await heldBy(signer.address, currency);
		if (available >= total) continue;
		// One ration brings every kind of money.
		await askForTestMoney(signer.address);
		return;
	}
}

/** One attempt after the other to pay for one thing; never two at a time. */
export class Payment {
	state = $state<PayState>('ready');
	failure = $state.raw<unknown>(null);
	/** A passkey made in an earlier attempt: trying again must not make another. */
	#made: Signer | null = null;

	get busy() {
		return this.state === 'account' || this.state === 'signing';
	}

	/**
	 * @param wish everything but the buyer, who may have no account yet.
	 * @param funds what the viewer has: `balance` inside the market, `held` outside it.
	 * @param first another way to pay, tried before; null when it is none for this. What it returns is the answer.
	 * @returns the order's id, or null when it did not come to that; `state` tells why.
	 */
	async pay(
		wish: Omit<PurchaseWish, 'buyer'>,
		who: Payer,
		funds: { total: bigint; balance: bigint; held: bigint },
		first: () => Promise<`0x${string}` | null> = async () => null,
	): Promise<`0x${string}` | null> {
		if (this.busy) return null;
		this.failure = null;
		this.state = 'account';
		try {
			const already = await first();
			if (already !== null) {
				this.state = 'paid';
				return already;
			}
			const signer = await signerFor(who, this.#made);
			this.#made = who.viewer ? null : signer;
			const key = wish.terms.currency.toLowerCase();
			const owned = { balances: new Map([[key, funds.balance]]), held: new Map([[key, funds.held]]) };
			if (who.market.embedded) await topUp(signer, [{ currency: wish.terms.currency, total: funds.total }], who.viewer ? owned : null);
			this.state = 'signing';
			const { purchase } = await import('./purchase.ts');
			const orderId = await purchase({ ...wish, buyer: signer.address }, signer, who.market, who.viewer ? funds.balance : 0n);
			this.state = 'paid';
			return orderId;
		} catch (error) {
			this.#fail(error);
			return null;
		}
	}

	#fail(error: unknown) {
		const code = codeOf(error);
		this.failure = error;
		if (isNetworkLost(error) || !(error instanceof Refusal)) this.state = isNetworkLost(error) ? 'lost' : 'failed';
		else if (code === 'Catalog_SoldOut') this.state = 'soldOut';
		else if (code === 'Catalog_TermsMismatch' || code === 'OrderBook_WrongFee') this.state = 'changed';
		else this.state = 'failed';
	}
}
