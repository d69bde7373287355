import { type Address, type Hex, hashStruct } from 'viem';

export interface OfferTerms {
	currency: Address;
	unitPrice: bigint;
	shippingPrice: bigint;
	shipBySeconds: number;
	confirmBySeconds: number;
	cancelSeconds: number;
	returnSeconds: number;
	affiliateBps: number;
	arbitrator: Address;
	splits: readonly { recipient: Address; bps: number }[];
}

export interface Order {
	offerId: bigint;
	version: number;
	terms: OfferTerms;
	buyer: Address;
	quantity: bigint;
	affiliate: Address;
	feeBps: number;
	detailsHash: Hex;
	validBefore: bigint;
	salt: Hex;
}

export const actionNumber = { ship: 0, confirm: 1, cancel: 2, refund: 3, dispute: 4 } as const;
export const stateNames = ['none', 'placed', 'shipped', 'disputed', 'completed', 'refunded', 'ruled'] as const;

const split = [
	{ name: 'recipient', type: 'address' },
	{ name: 'bps', type: 'uint16' },
] as const;
const offerTerms = [
	{ name: 'currency', type: 'address' },
	{ name: 'unitPrice', type: 'uint128' },
	{ name: 'shippingPrice', type: 'uint128' },
	{ name: 'shipBySeconds', type: 'uint32' },
	{ name: 'confirmBySeconds', type: 'uint32' },
	{ name: 'cancelSeconds', type: 'uint32' },
	{ name: 'returnSeconds', type: 'uint32' },
	{ name: 'affiliateBps', type: 'uint16' },
	{ name: 'arbitrator', type: 'address' },
	{ name: 'splits', type: 'Split[]' },
] as const;
const order = [
	{ name: 'offerId', type: 'uint256' },
	{ name: 'version', type: 'uint32' },
	{ name: 'terms', type: 'OfferTerms' },
	{ name: 'buyer', type: 'address' },
	{ name: 'quantity', type: 'uint64' },
	{ name: 'affiliate', type: 'address' },
	{ name: 'feeBps', type: 'uint16' },
	{ name: 'detailsHash', type: 'bytes32' },
	{ name: 'validBefore', type: 'uint64' },
	{ name: 'salt', type: 'bytes32' },
] as const;
export const orderActionTypes = {
	OrderAction: [
		{ name: 'orderId', type: 'bytes32' },
		{ name: 'action', type: 'uint8' },
		{ name: 'data', type: 'bytes32' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;
/** Written out here a second time on purpose: a mistake in the protocol's copy must not hide the same mistake in a test. */
export const orderTypes = { Order: order, OfferTerms: offerTerms, Split: split } as const;

export const termsHashOf = (terms: OfferTerms) => hashStruct({ data: terms, primaryType: 'OfferTerms', types: orderTypes });

export function totalOf(o: Order): bigint {
	return o.terms.unitPrice * o.quantity + o.terms.shippingPrice;
}
