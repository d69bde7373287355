import { type Address, domainSeparator, type Hex, keccak256, stringToHex } from 'viem';

/** See `Split` in ICatalog.sol. */
export interface Split {
	recipient: Address;
	/** Basis points of the subtotal. */
	bps: number;
}

/** See `OfferTerms` in ICatalog.sol and `Policy` in Policy.sol; field names are the contract's. {@link termsToAbi} packs them as they travel. */
export interface OfferTerms {
	currency: Address;
	unitPrice: bigint;
	shippingPrice: bigint;
	/** What the seller keeps of a no-reason return for its parcel; 0: returning is free. */
	returnShippingPrice: bigint;
	/** Pre-order: Unix seconds at which the ship-by clock starts; 0: at once. */
	shipDate: number;
	/** 0: digital, delivered at purchase. */
	shipBySeconds: number;
	confirmBySeconds: number;
	cancelSeconds: number;
	/** No-reason return window, from delivery; for digital goods from the purchase until the key is taken. */
	returnSeconds: number;
	/** How long after completion `warrantyBps` of the total stays in escrow for claims. */
	warrantySeconds: number;
	/** What the seller keeps of the subtotal on a no-reason return. */
	restockingBps: number;
	warrantyBps: number;
	affiliateBps: number;
	/** Bits of {@link REMEDY_EXCHANGE} and {@link REMEDY_REFUND_ONLY}: what the return window grants by itself besides a return. */
	remedies: number;
	arbitrator: Address;
	splits: readonly Split[];
}

export const REMEDY_EXCHANGE = 1;
export const REMEDY_REFUND_ONLY = 2;

/** See `Order` in IOrderBook.sol. */
export interface Order {
	offerId: bigint;
	/** The version of the listing that the buyer saw: the order is refused once a newer one is on sale. */
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

export type OrderId = Hex & { readonly __brand?: 'OrderId' };

/** EIP-712 types of an order; the digest under the order book's domain is the order id. */
export const orderTypes = {
	Order: [
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
	],
	OfferTerms: [
		{ name: 'currency', type: 'address' },
		{ name: 'unitPrice', type: 'uint128' },
		{ name: 'shippingPrice', type: 'uint128' },
		{ name: 'returnShippingPrice', type: 'uint128' },
		{ name: 'shipDate', type: 'uint40' },
		{ name: 'shipBySeconds', type: 'uint32' },
		{ name: 'confirmBySeconds', type: 'uint32' },
		{ name: 'cancelSeconds', type: 'uint32' },
		{ name: 'returnSeconds', type: 'uint32' },
		{ name: 'warrantySeconds', type: 'uint32' },
		{ name: 'restockingBps', type: 'uint16' },
		{ name: 'warrantyBps', type: 'uint16' },
		{ name: 'affiliateBps', type: 'uint16' },
		{ name: 'remedies', type: 'uint8' },
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
		{ name: 'bps', type: 'uint16' },
		{ name: 'data', type: 'bytes32' },
		{ name: 'step', type: 'uint32' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;

/** One side's offer to end an order by a split; good at one step of one order. */
export const settlementOfferTypes = {
	SettlementOffer: [
		{ name: 'orderId', type: 'bytes32' },
		{ name: 'buyerBps', type: 'uint16' },
		{ name: 'step', type: 'uint32' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;

/** What a side signs to offer a split; see {@link settlementOfferTypes}. */
export function settlementStatement(chainId: number, orderBook: Address, offer: { orderId: Hex; buyerBps: number; step: number; validBefore: number }) {
	const message = { ...offer, validBefore: BigInt(offer.validBefore) };
	return { domain: orderBookDomain(chainId, orderBook), types: settlementOfferTypes, primaryType: 'SettlementOffer', message } as const;
}

/** EIP-712 domain of the order book. */
export function orderBookDomain(chainId: number, orderBook: Address) {
	return { name: 'Kaishi', version: '1', chainId, verifyingContract: orderBook } as const;
}

/** Keccak-256 of bytes in hex: viem's, or a faster one of whoever hashes thousands a second. */
export type Keccak = (bytes: Hex) => Hex;

/** The order's id: its EIP-712 digest, which binds chain and contract. */
export function orderIdOf(order: Order, chainId: number, orderBook: Address, keccak: Keccak = keccak256): OrderId {
	return orderIdFrom(order, termsHashOf(order.terms, keccak), chainId, orderBook, keccak);
}

/** As {@link orderIdOf}, of an order whose terms are hashed already: many orders are of one offer. */
export function orderIdFrom(order: Omit<Order, 'terms'>, termsHash: Hex, chainId: number, orderBook: Address, keccak: Keccak = keccak256): OrderId {
	return keccak(`0x1901${domainSeparatorOf(chainId, orderBook)}${hashOrder(order, termsHash, keccak)}`);
}

/** The full struct hash of an offer's terms; the catalogue stores its first 22 bytes. */
export function termsHashOf(terms: OfferTerms, keccak: Keccak = keccak256): Hex {
	return `0x${hashTerms(terms, keccak)}`;
}

// The hashes below are what viem's `hashTypedData` gives for `orderTypes`, put together by hand: an indexer proves every
// order by its id, and the general way hashes the types anew each time.

const typeHash = (type: string) => keccak256(stringToHex(type)).slice(2);
const SPLIT = 'Split(address recipient,uint16 bps)';
const TERMS =
	'OfferTerms(address currency,uint128 unitPrice,uint128 shippingPrice,uint128 returnShippingPrice,uint40 shipDate,uint32 shipBySeconds,uint32 confirmBySeconds,uint32 cancelSeconds,uint32 returnSeconds,uint32 warrantySeconds,uint16 restockingBps,uint16 warrantyBps,uint16 affiliateBps,uint8 remedies,address arbitrator,Split[] splits)';
const ORDER =
	'Order(uint256 offerId,uint32 version,OfferTerms terms,address buyer,uint64 quantity,address affiliate,uint16 feeBps,bytes32 detailsHash,uint64 validBefore,bytes32 salt)';
const SPLIT_TYPE = typeHash(SPLIT);
const TERMS_TYPE = typeHash(TERMS + SPLIT);
const ORDER_TYPE = typeHash(ORDER + TERMS + SPLIT);

/** One 32-byte word in hex without 0x: numbers, and addresses and hashes as they are. */
const word = (value: bigint | number | Hex) => (typeof value === 'string' ? value.slice(2).toLowerCase() : value.toString(16)).padStart(64, '0');
const hashWords = (keccak: Keccak, ...words: string[]) => keccak(`0x${words.join('')}`).slice(2);

function hashOrder(order: Omit<Order, 'terms'>, termsHash: Hex, keccak: Keccak): string {
	return hashWords(
		keccak,
		ORDER_TYPE,
		word(order.offerId),
		word(order.version),
		word(termsHash),
		word(order.buyer),
		word(order.quantity),
		word(order.affiliate),
		word(order.feeBps),
		word(order.detailsHash),
		word(order.validBefore),
		word(order.salt),
	);
}

function hashTerms(terms: OfferTerms, keccak: Keccak): string {
	return hashWords(
		keccak,
		TERMS_TYPE,
		word(terms.currency),
		word(terms.unitPrice),
		word(terms.shippingPrice),
		word(terms.returnShippingPrice),
		word(terms.shipDate),
		word(terms.shipBySeconds),
		word(terms.confirmBySeconds),
		word(terms.cancelSeconds),
		word(terms.returnSeconds),
		word(terms.warrantySeconds),
		word(terms.restockingBps),
		word(terms.warrantyBps),
		word(terms.affiliateBps),
		word(terms.remedies),
		word(terms.arbitrator),
		hashWords(keccak, ...terms.splits.map((split) => hashWords(keccak, SPLIT_TYPE, word(split.recipient), word(split.bps)))),
	);
}

const separators = new Map<string, string>();

function domainSeparatorOf(chainId: number, orderBook: Address): string {
	const key = `${chainId}:${orderBook}`;
	let separator = separators.get(key);
	if (separator === undefined) {
		separator = domainSeparator({ domain: orderBookDomain(chainId, orderBook) }).slice(2);
		// A process meets a handful of markets; whatever asks about more is not worth remembering.
		if (separators.size < 64) separators.set(key, separator);
	}
	return separator;
}
