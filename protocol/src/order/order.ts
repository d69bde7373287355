import { type Address, type Hex, hashStruct, hashTypedData } from 'viem';

/** See `Split` in ICatalog.sol. */
export interface Split {
	recipient: Address;
	/** Basis points of the subtotal. */
	bps: number;
}

/** See `OfferTerms` in ICatalog.sol; field names are the contract's. */
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
	splits: readonly Split[];
}

/** See `Order` in IOrderBook.sol. */
export interface Order {
	offerId: bigint;
	terms: OfferTerms;
	buyer: Address;
	quantity: bigint;
	affiliate: Address;
	feeBps: number;
	detailsHash: Hex;
	validBefore: bigint;
	salt: Hex;
}

export type OrderId = Hex & { readonly __brand?: 'OrderId' };

/** EIP-712 types of an order; the digest under the order book's domain is the order id. */
export const orderTypes = {
	Order: [
		{ name: 'offerId', type: 'uint256' },
		{ name: 'terms', type: 'OfferTerms' },
		{ name: 'buyer', type: 'address' },
		{ name: 'quantity', type: 'uint64' },
		{ name: 'affiliate', type: 'address' },
		{ name: 'feeBps', type: 'uint16' },
		{ name: 'detailsHash', type: 'bytes32' },
		{ name: 'validBefore', type: 'uint64' },
		{ name: 'salt', type: 'bytes32' },
	],
	OfferTerms: [
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
	],
	Split: [
		{ name: 'recipient', type: 'address' },
		{ name: 'bps', type: 'uint16' },
	],
} as const;

export const orderActionTypes = {
	OrderAction: [
		{ name: 'orderId', type: 'bytes32' },
		{ name: 'action', type: 'uint8' },
		{ name: 'data', type: 'bytes32' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;

/** EIP-712 domain of the order book. */
export function orderBookDomain(chainId: number, orderBook: Address) {
	return { name: 'Kaishi', version: '1', chainId, verifyingContract: orderBook } as const;
}

/** The order's id: its EIP-712 digest, which binds chain and contract. */
export function orderIdOf(order: Order, chainId: number, orderBook: Address): OrderId {
	return hashTypedData({ domain: orderBookDomain(chainId, orderBook), types: orderTypes, primaryType: 'Order', message: order });
}

/** The full struct hash of an offer's terms; the catalogue stores its first 22 bytes. */
export function termsHashOf(terms: OfferTerms): Hex {
	return hashStruct({ data: { ...terms, splits: [...terms.splits] }, primaryType: 'OfferTerms', types: orderTypes });
}
