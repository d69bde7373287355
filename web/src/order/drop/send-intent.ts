import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { IntentAnswer, IntentRequest, SignedReceipt } from '@kaishi/protocol/operator';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { tabSignature } from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { api } from '#platform/api/client.ts';
import { chance } from '#platform/chance.ts';
import { heldKeys } from '#platform/wallet/tab-keys.ts';
import { keepReceipt } from '../kept-receipts.ts';
import { forgetPending, type PendingPurchase, type PurchaseWish, readPending, writePending } from '../pending.ts';
import { beginPurchase, leaveDelivery } from '../purchase.ts';
import { waitMs } from './wait.ts';

export interface Bought {
	orderId: Hex;
	/** Null where the block was the answer. */
	receipt: SignedReceipt | null;
	/** The order stands already. */
	placed: boolean;
}

/** Why nothing has come of it yet: `ahead` intents are before this one, or nobody answered (null). */
export type Waiting = { ahead: string | null };

export interface Attempts {
	signal: AbortSignal;
	onwait(waiting: Waiting): void;
}

/**
 * Buys with the tab's key. The order is fixed before it is sent first and kept, so that however often it is sent, also after a
 * reload, it is the same order and gets the same answer. Throws `Refusal` once it is clear that nothing was bought, `AbortError`
 * when the person stopped it.
 */
export async function buyFromTab(wish: PurchaseWish, key: Address, market: MarketInfo, attempts: Attempts): Promise<Bought> {
	const { pending, placed } = await untilAnswered(() => beginPurchase(wish, market), attempts);
	if (placed) return conclude(pending, { orderId: pending.orderId, receipt: null, placed: true });
	writePending({ ...pending, sentWith: key });
	return send(pending, key, attempts);
}

/** Goes on with what was sent before a reload; null when nothing was. */
export async function resumePurchase(offerId: string, attempts: Attempts): Promise<Bought | null> {
	const pending = readPending(offerId);
	return pending?.sentWith ? send(pending, pending.sentWith, attempts) : null;
}

async function send(pending: PendingPurchase, key: Address, attempts: Attempts): Promise<Bought> {
	const { order, orderId } = pending;
	const held = heldKeys(order.buyer).find((one) => one.key.toLowerCase() === key.toLowerCase());
	if (!held) throw new Refusal('Tabs_NotOpen', 'conflict');
	const signature = tabSignature(held.key, await privateKeyToAccount(held.secret).sign({ hash: orderId }));
	const intent: IntentRequest = { order, signature };
	// The address need not be there first, and a race is won by less.
	const delivery = untilAnswered(() => leaveDelivery(pending), { ...attempts, onwait: () => undefined }).catch(() => undefined);
	try {
		const answer = await untilAnswered(() => api.post<IntentAnswer>('/api/intents', intent), attempts);
		if (answer.receipt) keepReceipt(answer.receipt);
		// Kept until the address is there: a reload before brings it again.
		void delivery.then(() => forgetPending(order.offerId));
		return { orderId, receipt: answer.receipt, placed: answer.placed !== null };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		// An answer that was lost: what was asked for stands.
		if (error.code === 'OrderBook_AlreadyPlaced') return conclude(pending, { orderId, receipt: null, placed: true });
		forgetPending(order.offerId);
		throw error;
	}
}

function conclude({ order }: PendingPurchase, bought: Bought): Bought {
	forgetPending(order.offerId);
	return bought;
}

/** Tries again for as long as nobody says yes or no: busy, restarting, offline. */
async function untilAnswered<T>(attempt: () => Promise<T>, { signal, onwait }: Attempts): Promise<T> {
	for (let tries = 0; ; tries++) {
		try {
			return await attempt();
		} catch (error) {
			const passing = error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'tooMany');
			if (!passing) throw error;
			onwait({ ahead: error.code === 'Operator_Busy' ? (error.details.ahead ?? null) : null });
			await pause(waitMs(tries, chance()), signal);
		}
	}
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer);
			reject(signal.reason);
		};
		const go = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', stop);
			removeEventListener('online', go);
			resolve();
		};
		const timer = setTimeout(go, ms);
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
		addEventListener('online', go, { once: true });
	});
}
