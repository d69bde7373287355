import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import type { Order } from './order.ts';

const address = v.custom<Address>((x) => typeof x === 'string' && /^0x[0-9a-fA-F]{40}$/.test(x), 'address');
const bytes32 = v.custom<Hex>((x) => typeof x === 'string' && /^0x[0-9a-fA-F]{64}$/.test(x), 'bytes32');
const uint = (bits: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d{1,78}$/),
		v.transform((s) => BigInt(s)),
		v.check((n) => n < 1n << BigInt(bits), `uint${bits}`),
	);
const small = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));

/** An order as JSON: integers above 2^53 as decimal strings. Parsing rejects anything the contract could not hold. */
export const orderWire = v.strictObject({
	offerId: uint(256),
	version: small(0xffffffff),
	terms: v.strictObject({
		currency: address,
		unitPrice: uint(128),
		shippingPrice: uint(128),
		returnShippingPrice: uint(128),
		shipDate: small(0xff_ffff_ffff),
		shipBySeconds: small(0xffffffff),
		confirmBySeconds: small(0xffffffff),
		cancelSeconds: small(0xffffffff),
		returnSeconds: small(0xffffffff),
		warrantySeconds: small(0xffffffff),
		restockingBps: small(0xffff),
		warrantyBps: small(0xffff),
		affiliateBps: small(0xffff),
		remedies: small(0xff),
		arbitrator: address,
		splits: v.pipe(v.array(v.strictObject({ recipient: address, bps: small(0xffff) })), v.maxLength(16)),
	}),
	buyer: address,
	quantity: uint(64),
	affiliate: address,
	feeBps: small(0xffff),
	detailsHash: bytes32,
	validBefore: uint(64),
	salt: bytes32,
});

export type OrderWire = v.InferInput<typeof orderWire>;
export type OfferTermsWire = OrderWire['terms'];

/** Throws `ValiError` on anything malformed. */
export function orderFromWire(wire: unknown): Order {
	return v.parse(orderWire, wire);
}

export function termsToWire(terms: Order['terms']): OfferTermsWire {
	return {
		...terms,
		unitPrice: terms.unitPrice.toString(),
		shippingPrice: terms.shippingPrice.toString(),
		returnShippingPrice: terms.returnShippingPrice.toString(),
		splits: terms.splits.map((s) => ({ ...s })),
	};
}

export function termsFromWire(wire: OfferTermsWire): Order['terms'] {
	return v.parse(orderWire.entries.terms, wire);
}

export function orderToWire(order: Order): OrderWire {
	return {
		...order,
		offerId: order.offerId.toString(),
		terms: termsToWire(order.terms),
		quantity: order.quantity.toString(),
		validBefore: order.validBefore.toString(),
	};
}
