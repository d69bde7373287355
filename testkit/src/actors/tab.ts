import { setTimeout as wait } from 'node:timers/promises';
import type { Relayed } from '@kaishi/protocol/account';
import type { IntentAnswer, IntentRequest, ReceiptView } from '@kaishi/protocol/operator';
import { type Order, orderIdOf, orderToWire } from '@kaishi/protocol/order';
import {
	closeTabCall,
	openTabCalls,
	releaseTabCall,
	type TabOpening,
	tabOpeningOf,
	tabOpeningStatement,
	tabOpeningToWire,
	tabSignature,
} from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import type { Actor } from './actor.ts';
import type { MarketClient } from './market-client.ts';

/** Money set aside, and the key that spends it: what a browser holds. */
export interface Tab {
	readonly client: MarketClient;
	readonly account: Address;
	readonly key: PrivateKeyAccount;
	readonly currency: Address;
	readonly shopId: string | null;
	readonly operatorId: number;
	readonly validUntil: number;
}

export interface TabWish {
	currency: Address;
	amount: bigint;
	/** Null or left out: for any shop. */
	shopId?: bigint | null;
	/** From now; an hour when left out. */
	seconds?: number;
	/** This market's own when left out. */
	operatorId?: number;
	/** A fresh one when left out. */
	key?: PrivateKeyAccount;
	/** What of the amount is in the market already. All of it for wallets, nothing for passkeys when left out. */
	balance?: bigint;
}

export const freshTabKey = (): PrivateKeyAccount => privateKeyToAccount(generatePrivateKey());

/** Sets money aside for a key: one operation of a passkey, account and deposit included. Throws `Refusal`. */
export async function openTab(actor: Actor, wish: TabWish): Promise<Tab> {
	const { contracts, operator } = await actor.client.market();
	const operatorId = wish.operatorId ?? operator?.id;
	if (operatorId === undefined) throw new Error('this market has no operator');
	const tab: Tab = {
		client: actor.client,
		account: actor.address,
		key: wish.key ?? freshTabKey(),
		currency: wish.currency,
		shopId: wish.shopId?.toString() ?? null,
		operatorId,
		validUntil: (await actor.client.now()) + (wish.seconds ?? 3600),
	};
	const balance = wish.balance ?? (actor.kind === 'wallet' ? wish.amount : 0n);
	const opening = { ...tab, key: tab.key.address, amount: wish.amount };
	if (balance < wish.amount) await actor.execute(openTabCalls(contracts, { ...opening, balance }));
	else await openBySignature(actor, tabOpeningOf(opening));
	return tab;
}

async function openBySignature(actor: Actor, opening: TabOpening): Promise<void> {
	const { chainId, contracts } = await actor.client.market();
	const signature = await actor.sign(tabOpeningStatement(opening, chainId, contracts.orderBook));
	await actor.client.post('/api/tabs/openings', { opening: tabOpeningToWire(opening), signature });
}

/** The account asks for its money back; it comes ten minutes later. */
export async function closeTab(actor: Actor, tab: Tab): Promise<Relayed> {
	return actor.execute([closeTabCall((await actor.client.market()).contracts, tab.key.address, tab.currency)]);
}

/** Gives back what is left of a tab that is over; anyone may. */
export async function releaseTab(anyone: Actor, tab: Tab): Promise<Relayed> {
	return anyone.execute([releaseTabCall((await anyone.client.market()).contracts, tab.account, tab.key.address, tab.currency)]);
}

/** @param signer another key, for those who only know the tab's address. */
export async function signIntent(tab: Tab, order: Order, signer: PrivateKeyAccount = tab.key): Promise<IntentRequest> {
	const { chainId, contracts } = await tab.client.market();
	const signature = await signer.sign({ hash: orderIdOf(order, chainId, contracts.orderBook) });
	return { order: orderToWire(order), signature: tabSignature(tab.key.address, signature) };
}

/** Places an order paid from the tab and waits until the tables have it. Nobody else is asked. Throws `Refusal`. */
export async function placeFromTab(tab: Tab, order: Order, signer?: PrivateKeyAccount): Promise<Hex> {
	const { orderId, receipt } = await tab.client.post<IntentAnswer>('/api/intents', await signIntent(tab, order, signer));
	if (receipt !== null) await receiptKept(tab.client, orderId);
	return orderId;
}

/** Waits until it is known what became of a promise. */
export async function receiptKept(client: MarketClient, orderId: Hex): Promise<ReceiptView> {
	for (;;) {
		const receipt = await client.get<ReceiptView>(`/api/receipts/${orderId}`);
		if (receipt.status !== 'promised') return receipt;
		await wait(20);
	}
}
