import { type Address, concat, type Hex, isAddressEqual, keccak256, stringToHex, zeroHash } from 'viem';
import { mergePayees, type Purchase, purchaseIdOf } from './purchase.ts';
import { type Payee, payeesHash, type TabState } from './state.ts';

/** A state of a tab with the payees behind its hash: what both sides keep. */
export interface TabBook {
	state: TabState;
	/** As {@link mergePayees} gives them. */
	payees: readonly Payee[];
}

/** Accounts that one settlement pays at most: what it costs grows with them. */
export const MAX_PAYEES = 32;
const MAX_AMOUNT = (1n << 128n) - 1n;

/** Nothing bought yet. `epoch`: settlements of the tab before. Never signed: versions count from one. */
export function emptyBook({ account, key, token }: { account: Address; key: Address; token: Address }, epoch: number): TabBook {
	return { state: { account, key, token, epoch, version: 0n, spent: 0n, payees: payeesHash([]), purchases: zeroHash, closing: false }, payees: [] };
}

function follow({ state }: TabBook, payees: readonly Payee[], entry: Hex | null): TabBook {
	const spent = payees.reduce((sum, { amount }) => sum + amount, 0n);
	if (state.closing) throw new RangeError('nothing follows the state that ends a tab');
	if (spent > MAX_AMOUNT || payees.length > MAX_PAYEES) throw new RangeError('too much for one settlement');
	const purchases = entry === null ? state.purchases : keccak256(concat([state.purchases, entry]));
	return { state: { ...state, version: state.version + 1n, spent, payees: payeesHash(payees), purchases, closing: entry === null }, payees };
}

/**
 * The state after a purchase: one version on, its payees added, its id chained. Pure, and the same in browser and server.
 * Throws `RangeError` when the purchase does not add up, pays the buyer or nobody, or is too much for one settlement.
 */
export function withPurchase(book: TabBook, purchase: Purchase): TabBook {
	const { account } = book.state;
	const { payees, amount, seller } = purchase;
	if (amount <= 0n || payees.some((payee) => payee.amount <= 0n)) throw new RangeError('a purchase costs something');
	if (payees.reduce((sum, payee) => sum + payee.amount, 0n) !== amount) throw new RangeError('payees do not add up');
	if (isAddressEqual(seller, account) || BigInt(seller) === 0n) throw new RangeError('nobody buys from themselves');
	return follow(book, mergePayees([...book.payees, ...payees]), purchaseIdOf(book.state, purchase));
}

const REFUND = stringToHex('refund', { size: 32 });

/** What the hash chain holds of a refund. */
export const refundIdOf = (purchaseId: Hex): Hex => keccak256(concat([REFUND, purchaseId]));

/** The state after a purchase of this epoch was taken back whole. Throws `RangeError` when the payees do not hold it. */
export function withRefund(book: TabBook, purchase: Purchase): TabBook {
	const payees = mergePayees([...book.payees, ...purchase.payees.map(({ account, amount }) => ({ account, amount: -amount }))]);
	if (payees.some(({ amount }) => amount < 0n)) throw new RangeError('not bought in this epoch');
	return follow(book, payees, refundIdOf(purchaseIdOf(book.state, purchase)));
}

/** The state that ends the tab: it pays what was bought, and what is left goes back at once. */
export const closeBook = (book: TabBook): TabBook => follow(book, book.payees, null);
