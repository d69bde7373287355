import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { Refusal } from '@kaishi/protocol/platform/errors';
import {
	type ChannelView,
	closeBook,
	emptyBook,
	type Purchase,
	payeesFromWire,
	payeesHash,
	purchaseFromWire,
	purchaseIdOf,
	purchaseToWire,
	type SignedTabState,
	type TabBook,
	type TabState,
	tabChannelStatement,
	tabStateDigest,
	tabStateFromWire,
	tabStateToWire,
	withPurchase,
	withRefund,
} from '@kaishi/protocol/tab';
import { type Hex, isAddressEqual, recoverAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { api, isNetworkLost } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { dropKey, type HeldKey } from '#platform/wallet/tab-keys.ts';
import { forgetChannel, keepChannel, keptChannel } from './channel-store.ts';

type Place = Pick<MarketInfo, 'chainId' | 'contracts' | 'operator'>;

/** One window of this browser at a time: two that sign the same version would be refused, or worse. */
function alone<T>(held: HeldKey, work: () => Promise<T>): Promise<T> {
	return navigator.locks.request(`kaishi.tab.${held.key}`, work) as Promise<T>;
}

/** The operator says what cannot be: nothing is signed on top of it. */
const distrust = () => new Refusal('Tab_Distrusted', 'conflict');

const toBook = ({ state, payees }: SignedTabState): TabBook => ({ state: tabStateFromWire(state), payees: payeesFromWire(payees) });

const signState = (held: HeldKey, state: TabState, { chainId, contracts }: Place): Promise<Hex> =>
	privateKeyToAccount(held.secret).sign({ hash: tabStateDigest(state, chainId, contracts.tabs) });

/** Both signed it, it is of this tab, and its payees are the ones behind its hash. */
async function requireGenuine(held: HeldKey, signed: SignedTabState, { chainId, contracts, operator }: Place): Promise<TabBook> {
	const book = toBook(signed);
	const { state, payees } = book;
	const hash = tabStateDigest(state, chainId, contracts.tabs);
	const [key, signer] = await Promise.all([
		recoverAddress({ hash, signature: signed.keySignature }),
		recoverAddress({ hash, signature: signed.operatorSignature }),
	]);
	const ours = isAddressEqual(state.account, held.account) && isAddressEqual(state.key, held.key) && isAddressEqual(state.token, held.currency);
	const both = isAddressEqual(key, held.key) && operator !== null && isAddressEqual(signer, operator.signer);
	if (!ours || !both || payeesHash(payees) !== state.payees) throw distrust();
	return book;
}

/** Where the tab stands, as the operator says and the signatures show. Never behind what this browser has seen itself. */
export async function lookAtChannel(held: HeldKey, market: Place): Promise<{ view: ChannelView; book: TabBook }> {
	const tab = { account: held.account, key: held.key, token: held.currency, at: chainNow() };
	const signature = await privateKeyToAccount(held.secret).signMessage({ message: tabChannelStatement(tab) });
	const view = await api.post<ChannelView>('/api/tabs/channel', { ...tab, signature });
	if (view.over) {
		forgetChannel(held.key);
		dropKey(held.key);
		throw new Refusal('Tabs_NotOpen', 'notFound');
	}
	const book =
		view.last === null ? emptyBook({ account: held.account, key: held.key, token: held.currency }, view.epoch) : await requireGenuine(held, view.last, market);
	const { signed } = keptChannel(held.key);
	const seen = signed && tabStateFromWire(signed.state);
	const behind = seen && (view.epoch < seen.epoch || (view.epoch === seen.epoch && book.state.version < seen.version));
	if (behind || book.state.epoch !== view.epoch) throw distrust();
	return { view, book };
}

/** Sends what was signed, checks the answer, and only then takes it for true. */
async function send(held: HeldKey, next: TabBook, path: string, body: object, market: Place): Promise<SignedTabState> {
	const signed = await api.post<SignedTabState>(path, body);
	const { state } = await requireGenuine(held, signed, market);
	const same = (Object.keys(state) as (keyof TabState)[]).every((field) => String(state[field]).toLowerCase() === String(next.state[field]).toLowerCase());
	if (!same) throw distrust();
	keepChannel(held.key, { signed, pending: null });
	return signed;
}

/** What was signed before an answer was lost is asked for again as it is. Resolves with it when it is bought, now or then. */
async function clearPending(held: HeldKey, market: Place): Promise<Purchase | null> {
	const { signed, pending } = keptChannel(held.key);
	if (pending === null) return null;
	try {
		const book = { state: tabStateFromWire(pending.state), payees: [] };
		await send(held, book, '/api/tabs/purchases', pending, market);
		return purchaseFromWire(pending.purchase);
	} catch (error) {
		if (isNetworkLost(error) || !(error instanceof Refusal) || error.code === 'Tab_Distrusted') throw error;
		keepChannel(held.key, { signed, pending: null });
		return null;
	}
}

/** Whether somebody tapped for the same thing again, not having seen that it was bought. */
const isSameWish = (a: Purchase, b: Purchase) =>
	(['kind', 'seller', 'offerId', 'version', 'quantity', 'amount', 'note'] as const).every(
		(field) => String(a[field]).toLowerCase() === String(b[field]).toLowerCase(),
	);

/** Everything its sellers gave back is taken off what is owed. Best effort: what is refused waits for the next time. */
async function takeRefunds(held: HeldKey, market: Place, from: { view: ChannelView; book: TabBook }): Promise<TabBook> {
	let { book } = from;
	for (const { id, purchase } of from.view.refunds) {
		const next = withRefund(book, purchaseFromWire(purchase));
		const body = { state: tabStateToWire(next.state), purchaseId: id, keySignature: await signState(held, next.state, market) };
		await send(held, next, '/api/tabs/refunds', body, market);
		book = next;
	}
	return book;
}

/**
 * Buys on the tab: the key signs the state that follows, the operator countersigns. Resolves with the purchase's id once both
 * signatures are kept here. Throws `Refusal`; after `Network_Lost` call again with the same purchase.
 * @param draw makes the purchase from what the channel says of the market's fee.
 */
export function buyOnTab(held: HeldKey, market: Place, draw: (view: ChannelView) => Purchase): Promise<Hex> {
	return alone(held, async () => {
		const found = await clearPending(held, market);
		const at = await lookAtChannel(held, market);
		if (found !== null && isSameWish(found, draw(at.view))) return purchaseIdOf(at.book.state, found);
		const book = await takeRefunds(held, market, at);
		if (!at.view.open) throw new Refusal('Tabs_Claimed', 'conflict', { payableFrom: String(at.view.payableFrom ?? 0) });
		const purchase = draw(at.view);
		const next = withPurchase(book, purchase);
		const keySignature = await signState(held, next.state, market);
		const body = { state: tabStateToWire(next.state), purchase: purchaseToWire(purchase), keySignature };
		keepChannel(held.key, { signed: keptChannel(held.key).signed, pending: body });
		try {
			await send(held, next, '/api/tabs/purchases', body, market);
		} catch (error) {
			// Refused: nothing was bought. Lost: the same will be asked again before anything else.
			if (error instanceof Refusal && !isNetworkLost(error) && error.code !== 'Tab_Distrusted')
				keepChannel(held.key, { signed: keptChannel(held.key).signed, pending: null });
			throw error;
		}
		return purchaseIdOf(next.state, purchase);
	});
}

/** Signs for refunds that wait. Resolves with how many. */
export function collectRefunds(held: HeldKey, market: Place): Promise<number> {
	return alone(held, async () => {
		await clearPending(held, market);
		const at = await lookAtChannel(held, market);
		await takeRefunds(held, market, at);
		return at.view.refunds.length;
	});
}

/** Ends the tab: what was bought is paid, and the rest is in the balance when this resolves. */
export function settleNow(held: HeldKey, market: Place): Promise<Relayed> {
	return alone(held, async () => {
		await clearPending(held, market);
		const at = await lookAtChannel(held, market);
		const before = at.book.state.closing ? at.book : closeBook(await takeRefunds(held, market, at));
		const body = { state: tabStateToWire(before.state), keySignature: await signState(held, before.state, market) };
		const relayed = await api.post<Relayed>('/api/tabs/settle', body);
		forgetChannel(held.key);
		return relayed;
	});
}
