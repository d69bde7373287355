import { type Receipt, receiptDigesterIn } from '@kaishi/protocol/operator/receipt-digest';
import type { Hex } from 'viem';
import { keccakHex } from '../platform/crypto/keccak.ts';
import { signDigest } from '../platform/crypto/secp256k1.ts';

export interface ReceiptKey {
	privateKey: Hex;
	/** Of the contract that pays for broken promises, see `operatorsSeparator`. */
	separator: Hex;
}

/** Signs receipts with the operator's key. */
export function signReceipts({ privateKey, separator }: ReceiptKey): (receipt: Receipt) => Hex {
	const key = Buffer.from(privateKey.slice(2), 'hex');
	const digestOf = receiptDigesterIn(separator, keccakHex);
	return (receipt) => signDigest(key, digestOf(receipt));
}
