import type { Relayed } from '@kaishi/protocol/account';
import {
	type ChannelView,
	closeBook,
	emptyBook,
	goodsPurchase,
	type Purchase,
	payeesFromWire,
	purchaseFromWire,
	purchaseIdOf,
	purchaseToWire,
	type SignedTabState,
	type TabBook,
	type TabPurchaseRequest,
	tabChannelStatement,
	tabStateDigest,
	tabStateFromWire,
	tabStateToWire,
	tipPurchase,
	withPurchase,
	withRefund,
} from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import { randomSalt } from './software-authenticator.ts';
import type { Tab } from './tab.ts';
import type { Wanted } from './trading.ts';

/** A browser that buys on a tab: it keeps the last state that both signed. */
export class TabBuyer {
	readonly tab: Tab;
	/** Every state that both signed, oldest first. */
	readonly signed: SignedTabState[] = [];
	/** What the next state starts from. */
	book: TabBook;

	constructor(tab: Tab, epoch = 0) {
		this.tab = tab;
		this.book = emptyBook({ account: tab.account, key: tab.key.address, token: tab.currency }, epoch);
	}

	get last(): SignedTabState {
		const last = this.signed.at(-1);
		if (last === undefined) throw new Error('nothing bought on this tab');
		return last;
	}

	/** Asks the server, as a browser does after it was closed. */
	async channel(): Promise<ChannelView> {
		const { account, key, token } = this.book.state;
		const at = await this.tab.client.now();
		const signature = await this.tab.key.signMessage({ message: tabChannelStatement({ account, key, token, at }) });
		return this.tab.client.post<ChannelView>('/api/tabs/channel', { account, key, token, at, signature });
	}

	async tip(to: Address, amount: bigint, note = ''): Promise<Hex> {
		return this.buy(tipPurchase({ to, amount, note, salt: randomSalt() }));
	}

	async goods(wanted: Wanted): Promise<Hex> {
		const { fee } = await this.channel();
		const { offerId, terms, version = 1, quantity = 1n } = wanted;
		return this.buy(goodsPurchase({ offerId, version, terms, quantity, fee, salt: randomSalt() }));
	}

	/** Returns the purchase's id. */
	async buy(purchase: Purchase): Promise<Hex> {
		const next = withPurchase(this.book, purchase);
		this.keep(next, await this.tab.client.post<SignedTabState>('/api/tabs/purchases', await this.request(next, purchase)));
		return purchaseIdOf(next.state, purchase);
	}

	async request(next: TabBook, purchase: Purchase): Promise<TabPurchaseRequest> {
		return { state: tabStateToWire(next.state), purchase: purchaseToWire(purchase), keySignature: await this.sign(next) };
	}

	/** Signs for everything that sellers have given back. */
	async takeRefunds(): Promise<number> {
		const { refunds } = await this.channel();
		for (const { id, purchase } of refunds) {
			const next = withRefund(this.book, purchaseFromWire(purchase));
			const body = { state: tabStateToWire(next.state), purchaseId: id, keySignature: await this.sign(next) };
			this.keep(next, await this.tab.client.post<SignedTabState>('/api/tabs/refunds', body));
		}
		return refunds.length;
	}

	/** Ends the tab: what was bought is paid, the rest is back at once. */
	async settle(): Promise<Relayed> {
		const next = closeBook(this.book);
		return this.tab.client.post<Relayed>('/api/tabs/settle', { state: tabStateToWire(next.state), keySignature: await this.sign(next) });
	}

	async sign({ state }: TabBook): Promise<Hex> {
		const { chainId, contracts } = await this.tab.client.market();
		return this.tab.key.sign({ hash: tabStateDigest(state, chainId, contracts.tabs) });
	}

	/** Keeps what the operator answered; throws when it is not what was asked for. */
	keep(next: TabBook, signed: SignedTabState): void {
		const answered = { state: tabStateFromWire(signed.state), payees: payeesFromWire(signed.payees) };
		if (answered.state.payees !== next.state.payees || answered.state.version !== next.state.version) throw new Error('another state was countersigned');
		this.signed.push(signed);
		this.book = answered;
	}
}
