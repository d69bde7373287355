import * as v from 'valibot';
import { address, bytes32 } from '../platform/chain-values.ts';
import { MAX_PAYEES } from './book.ts';
import { MAX_NOTE, type Purchase, purchaseKinds } from './purchase.ts';
import type { Payee, TabState } from './state.ts';

export const uint = (bits: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d{1,78}$/),
		v.transform((s) => BigInt(s)),
		v.check((n) => n < 1n << BigInt(bits), `uint${bits}`),
	);
export const small = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const payee = v.strictObject({ account: address, amount: uint(128) });
// A purchase has at most sixteen splits, the fee and the seller.
const payees = v.pipe(v.array(payee), v.minLength(1), v.maxLength(18));

/** A state as JSON: integers above 2^53 as decimal strings. Parsing rejects anything the contract could not hold. */
export const tabStateWire = v.strictObject({
	account: address,
	key: address,
	token: address,
	epoch: small(0xffffff),
	version: uint(64),
	spent: uint(128),
	payees: bytes32,
	purchases: bytes32,
	closing: v.boolean(),
});
export const payeesWire = v.pipe(v.array(payee), v.maxLength(MAX_PAYEES));
export const purchaseWire = v.strictObject({
	kind: v.picklist(purchaseKinds),
	seller: address,
	offerId: uint(256),
	version: small(0xffffffff),
	termsHash: bytes32,
	quantity: uint(64),
	amount: uint(128),
	note: v.pipe(
		v.string(),
		v.check((text) => [...text].length <= MAX_NOTE && !/\p{Cc}|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u.test(text), 'note'),
	),
	payees,
	salt: bytes32,
});

export type TabStateWire = v.InferInput<typeof tabStateWire>;
export type PayeeWire = v.InferInput<typeof payee>;
export type PurchaseWire = v.InferInput<typeof purchaseWire>;

export const payeesToWire = (list: readonly Payee[]): PayeeWire[] => list.map(({ account, amount }) => ({ account, amount: amount.toString() }));

export function tabStateToWire(state: TabState): TabStateWire {
	return { ...state, version: state.version.toString(), spent: state.spent.toString() };
}

export function purchaseToWire(purchase: Purchase): PurchaseWire {
	const { offerId, quantity, amount } = purchase;
	return { ...purchase, offerId: offerId.toString(), quantity: quantity.toString(), amount: amount.toString(), payees: payeesToWire(purchase.payees) };
}

/** These throw `ValiError` on anything malformed. */
export const tabStateFromWire = (wire: unknown): TabState => v.parse(tabStateWire, wire);
export const payeesFromWire = (wire: unknown): Payee[] => v.parse(payeesWire, wire);
export const purchaseFromWire = (wire: unknown): Purchase => v.parse(purchaseWire, wire);
