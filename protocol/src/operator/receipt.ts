import * as v from 'valibot';
import { type Address, domainSeparator, type Hex, keccak256, stringToHex } from 'viem';
import type { Keccak } from '../order/index.ts';

/** What an operator promises a buyer before the order stands on the chain. See `Receipt` in IOperators.sol. */
export interface Receipt {
	orderId: Hex;
	buyer: Address;
	token: Address;
	total: bigint;
	offerId: bigint;
	/** Units of the offer promised so far, this order's included; this order's are the last ones. 0: the offer has no end. */
	piece: bigint;
	quantity: bigint;
	/** Counts the operator's receipts, from 1. */
	position: bigint;
	/** The order stands on the chain in this block or before. */
	byBlock: bigint;
}

export const receiptTypes = {
	Receipt: [
		{ name: 'orderId', type: 'bytes32' },
		{ name: 'buyer', type: 'address' },
		{ name: 'token', type: 'address' },
		{ name: 'total', type: 'uint128' },
		{ name: 'offerId', type: 'uint256' },
		{ name: 'piece', type: 'uint64' },
		{ name: 'quantity', type: 'uint64' },
		{ name: 'position', type: 'uint64' },
		{ name: 'byBlock', type: 'uint64' },
	],
} as const;

/** EIP-712 domain of receipts and of everything else that operators sign. */
export function operatorsDomain(chainId: number, operators: Address) {
	return { name: 'Kaishi Operators', version: '1', chainId, verifyingContract: operators } as const;
}

const RECEIPT_TYPE = keccak256(
	stringToHex('Receipt(bytes32 orderId,address buyer,address token,uint128 total,uint256 offerId,uint64 piece,uint64 quantity,uint64 position,uint64 byBlock)'),
).slice(2);

const word = (value: bigint | Hex) => (typeof value === 'string' ? value.slice(2).toLowerCase() : value.toString(16)).padStart(64, '0');

/** Says what an operator signs for each receipt; the domain is hashed once. By hand: an operator signs hundreds a second, and may bring a quicker `keccak`. */
export function receiptDigester(chainId: number, operators: Address, keccak: Keccak = keccak256): (receipt: Receipt) => Hex {
	const separator = domainSeparator({ domain: operatorsDomain(chainId, operators) }).slice(2);
	return (receipt) => {
		const struct = keccak(
			`0x${RECEIPT_TYPE}${word(receipt.orderId)}${word(receipt.buyer)}${word(receipt.token)}${word(receipt.total)}${word(receipt.offerId)}${word(receipt.piece)}${word(receipt.quantity)}${word(receipt.position)}${word(receipt.byBlock)}`,
		);
		return keccak(`0x1901${separator}${struct.slice(2)}`);
	};
}

/** What the operator signs for one receipt. */
export const receiptDigest = (receipt: Receipt, chainId: number, operators: Address): Hex => receiptDigester(chainId, operators)(receipt);

const hex = (bytes: number) => v.custom<Hex>((x) => typeof x === 'string' && new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`).test(x), `bytes${bytes}`);
const uint = (bits: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d{1,78}$/),
		v.transform((text) => BigInt(text)),
		v.check((value) => value < 1n << BigInt(bits), `uint${bits}`),
	);

/** A receipt as JSON: integers as decimal strings. */
export const receiptWire = v.strictObject({
	orderId: hex(32),
	buyer: hex(20),
	token: hex(20),
	total: uint(128),
	offerId: uint(256),
	piece: uint(64),
	quantity: uint(64),
	position: uint(64),
	byBlock: uint(64),
});

export type ReceiptWire = v.InferInput<typeof receiptWire>;

export function receiptToWire(receipt: Receipt): ReceiptWire {
	const { orderId, buyer, token } = receipt;
	return {
		orderId,
		buyer,
		token,
		total: receipt.total.toString(),
		offerId: receipt.offerId.toString(),
		piece: receipt.piece.toString(),
		quantity: receipt.quantity.toString(),
		position: receipt.position.toString(),
		byBlock: receipt.byBlock.toString(),
	};
}

/** Throws when the text is not a receipt. */
export const receiptFromWire = (wire: unknown): Receipt => v.parse(receiptWire, wire);
