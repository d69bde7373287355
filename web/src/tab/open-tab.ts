import type { AccountView, Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { Money } from '@kaishi/protocol/platform/money';
import { openTabCalls, type TabView, tabOpeningOf, tabOpeningStatement, tabOpeningToWire } from '@kaishi/protocol/tab';
import type { Address } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { api, isNetworkLost } from '#platform/api/client.ts';
import { putIn } from '#platform/wallet/put-in.ts';
import { askForTestMoney } from '#platform/wallet/session.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import { dropKey, holdKey } from '#platform/wallet/tab-keys.ts';

export interface TabWish {
	currency: Address;
	amount: bigint;
	/** Null: for any shop. */
	shopId: string | null;
	validUntil: number;
	operatorId: number;
}

const amountIn = (list: readonly Money[], currency: string) =>
	BigInt(list.find((money) => money.currency.toLowerCase() === currency.toLowerCase())?.amount ?? 0);

/** What somebody has of a currency: in the market, and in the account's own hands. */
export async function fundsOf(account: Address, currency: Address): Promise<{ balance: bigint; held: bigint }> {
	const [balances, { held }] = await Promise.all([api.get<Money[]>(`/api/accounts/${account}/balances`), api.get<AccountView>(`/api/accounts/${account}`)]);
	return { balance: amountIn(balances, currency), held: amountIn(held, currency) };
}

/**
 * Makes a key of this browser, and says how a person sets money aside for it. To be tried again with the same function
 * when no answer came: the money is set aside once. The key is kept before anything is signed, so that it is not lost
 * with an answer; one without a tab is of no use to anybody.
 */
export function tabOpening(wish: TabWish, market: MarketInfo): (signer: Signer) => Promise<Relayed | 'open'> {
	const secret = generatePrivateKey();
	const key = privateKeyToAccount(secret).address;
	let lost = false;
	return async (signer) => {
		const account = signer.address;
		if (lost && (await api.get<TabView[]>(`/api/accounts/${account}/tabs`)).some((tab) => tab.key === key)) return 'open';
		const { balance, held } = await fundsOf(account, wish.currency);
		if (market.embedded && balance + held < wish.amount) await askForTestMoney(account);
		const { amount, ...rest } = wish;
		holdKey({ ...rest, account, key, secret });
		try {
			// A passkey's account puts in what is missing by itself, in the same operation.
			const puts = signer.kind === 'wallet' && balance < amount;
			if (puts) await putIn(signer, market, wish.currency, amount - balance);
			// What is not in the market yet comes along in the calls of a passkey's account; otherwise a signature says it all.
			if (!puts && balance < amount) return await signer.call(openTabCalls(market.contracts, { ...wish, account, key, balance }));
			const opening = tabOpeningOf({ ...wish, account, key });
			const signature = await signer.sign(tabOpeningStatement(opening, market.chainId, market.contracts.orderBook));
			return await api.post<Relayed>('/api/tabs/openings', { opening: tabOpeningToWire(opening), signature });
		} catch (error) {
			lost ||= isNetworkLost(error);
			if (!lost) dropKey(key);
			throw error;
		}
	};
}
