// Without any library: a thread that only signs is there sooner.
import type { Address, Hex } from 'viem';
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

/** Of the type as EIP-712 writes it, see `receiptTypes`; compared by a test. */
const RECEIPT_TYPE = 'b86d04c1642ec5fbb0eb6a3eb9ef69f456a11d20892c5e874e247a4c15bc1e8e';

const word = (value: bigint | Hex) => (typeof value === 'string' ? value.slice(2).toLowerCase() : value.toString(16)).padStart(64, '0');

/** Says what an operator signs for each receipt. By hand: it signs hundreds a second. @param separator see `operatorsSeparator` */
export function receiptDigesterIn(separator: Hex, keccak: Keccak): (receipt: Receipt) => Hex {
	return (receipt) => {
		const struct = keccak(
			`0x${RECEIPT_TYPE}${word(receipt.orderId)}${word(receipt.buyer)}${word(receipt.token)}${word(receipt.total)}${word(receipt.offerId)}${word(receipt.piece)}${word(receipt.quantity)}${word(receipt.position)}${word(receipt.byBlock)}`,
		);
		return keccak(`0x1901${separator.slice(2)}${struct.slice(2)}`);
	};
}
