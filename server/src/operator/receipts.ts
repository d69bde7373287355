import { operatorsSeparator, type Receipt, receiptToWire, type SignedReceipt, type SoldOut, soldOutDigest } from '@kaishi/protocol/operator';
import { type Address, type Hex, hexToBytes } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { signDigest } from '../platform/crypto/secp256k1.ts';
import type { ReceiptKey } from './sign-receipts.ts';

/** Speaks with the operator's name; receipts themselves are signed where they are written, see `clerk-work.ts`. */
export interface ReceiptSigner {
	signSoldOut(soldOut: SoldOut): Hex;
	/** A receipt as it is handed out. */
	present(receipt: Receipt, signature: Hex): SignedReceipt;
}

export interface ReceiptSignerOptions {
	privateKey: Hex;
	operatorId: number;
	chainId: number;
	operators: Address;
}

/** What alone it takes to sign receipts. */
export function receiptKeyOf({ privateKey, chainId, operators }: ReceiptSignerOptions): ReceiptKey {
	return { privateKey, separator: operatorsSeparator(chainId, operators) };
}

export function createReceiptSigner({ privateKey, operatorId, chainId, operators }: ReceiptSignerOptions): ReceiptSigner {
	const key = hexToBytes(privateKey);
	const signer = privateKeyToAddress(privateKey);
	return {
		signSoldOut: (soldOut) => signDigest(key, soldOutDigest(soldOut, chainId, operators)),
		present: (receipt, signature) => ({ operatorId, signer, receipt: receiptToWire(receipt), signature }),
	};
}
