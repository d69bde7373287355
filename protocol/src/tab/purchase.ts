import { type Address, encodeAbiParameters, type Hex, isAddressEqual, keccak256, zeroAddress, zeroHash } from 'viem';
import { type OfferTerms, settle, termsHashOf } from '../order/index.ts';
import { shopAccountOf } from '../shop/index.ts';
import type { Payee, TabState } from './state.ts';

export const purchaseKinds = ['goods', 'tip'] as const;

/** What is bought on a tab in one go. Both sides know it whole; the tab's state holds its {@link purchaseIdOf} in a hash chain. */
export interface Purchase {
	kind: (typeof purchaseKinds)[number];
	/** Whom it is bought from, or who is tipped: an account in the vault, for shops `shopAccountOf`. */
	seller: Address;
	/** Goods: the offer, the listing's version and the hash of the terms that the buyer saw. Tips: zeros. */
	offerId: bigint;
	version: number;
	termsHash: Hex;
	quantity: bigint;
	/** Base units; the sum of `payees`. */
	amount: bigint;
	/** What a tip comes with; empty for goods. */
	note: string;
	/** Who gets how much of it, see {@link mergePayees}. */
	payees: readonly Payee[];
	/** 32 random bytes: makes the same wish twice two purchases. */
	salt: Hex;
}

/** The market's fee on goods, and who gets it today. */
export interface MarketFee {
	bps: number;
	recipient: Address;
}

/** Characters of a note. */
export const MAX_NOTE = 140;

type Tab = Pick<TabState, 'account' | 'key' | 'token'>;

/** Payees by address, each once, none with nothing: equal sums then have equal hashes. */
export function mergePayees(payees: readonly Payee[]): Payee[] {
	const sums = new Map<string, Payee>();
	for (const { account, amount } of payees) {
		const key = account.toLowerCase();
		sums.set(key, { account, amount: (sums.get(key)?.amount ?? 0n) + amount });
	}
	return [...sums.entries()]
		.filter(([, payee]) => payee.amount !== 0n)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, payee]) => payee);
}

/** Goods on a tab, divided as the order book divides a completed order of the same terms. */
export function goodsPurchase(goods: { offerId: bigint; version: number; terms: OfferTerms; quantity: bigint; fee: MarketFee; salt: Hex }): Purchase {
	const { offerId, version, terms, quantity, fee, salt } = goods;
	const seller = shopAccountOf(offerId >> 48n);
	const { total, shares, sellerAmount } = settle({ terms, quantity, affiliate: zeroAddress, feeBps: fee.bps });
	const payees = mergePayees([
		...shares.map(({ account, amount }) => ({ account: account ?? fee.recipient, amount })),
		{ account: seller, amount: sellerAmount },
	]);
	return { kind: 'goods', seller, offerId, version, termsHash: termsHashOf(terms), quantity, amount: total, note: '', payees, salt };
}

/** A tip, which nobody takes a share of. */
export function tipPurchase({ to, amount, note, salt }: { to: Address; amount: bigint; note: string; salt: Hex }): Purchase {
	const none = { offerId: 0n, version: 0, termsHash: zeroHash, quantity: 0n };
	return { kind: 'tip', seller: to, ...none, amount, note, payees: mergePayees([{ account: to, amount }]), salt };
}

const PURCHASE_TYPE = [
	...([
		{ type: 'address' },
		{ type: 'address' },
		{ type: 'address' },
		{ type: 'uint8' },
		{ type: 'address' },
		{ type: 'uint256' },
		{ type: 'uint32' },
	] as const),
	...([{ type: 'bytes32' }, { type: 'uint64' }, { type: 'uint128' }, { type: 'string' }] as const),
	{ type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint128' }] },
	{ type: 'bytes32' },
] as const;

/** Binds everything about a purchase, and the tab it was bought on. */
export function purchaseIdOf({ account, key, token }: Tab, purchase: Purchase): Hex {
	const { seller, offerId, version, termsHash, quantity, amount, note, salt } = purchase;
	const [kind, payees] = [purchaseKinds.indexOf(purchase.kind), purchase.payees.map((payee) => [payee.account, payee.amount] as const)];
	return keccak256(encodeAbiParameters(PURCHASE_TYPE, [account, key, token, kind, seller, offerId, version, termsHash, quantity, amount, note, payees, salt]));
}

/** A shop's number when the account is a shop's, else null. */
export function shopOfAccount(account: Address): bigint | null {
	const number = BigInt(account);
	return number !== 0n && number < 1n << 64n && isAddressEqual(shopAccountOf(number), account) ? number : null;
}
