import * as v from 'valibot';
import { type Address, domainSeparator, type Hex, keccak256 } from 'viem';
import { type Receipt, receiptDigesterIn } from './receipt-digest.ts';

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

export const operatorsSeparator = (chainId: number, operators: Address): Hex => domainSeparator({ domain: operatorsDomain(chainId, operators) });

/** Says what an operator signs for each receipt; the domain is hashed once. */
export const receiptDigester = (chainId: number, operators: Address): ((receipt: Receipt) => Hex) =>
	receiptDigesterIn(operatorsSeparator(chainId, operators), keccak256);

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
