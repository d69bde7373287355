import { type Receipt, receiptDigester, receiptToWire, type SignedReceipt, type SoldOut, soldOutDigest } from '@kaishi/protocol/operator';
import { type Address, type Hex, hexToBytes } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { keccakHex } from '../platform/crypto/keccak.ts';
import { signDigest } from '../platform/crypto/secp256k1.ts';

/** Signs receipts with the operator's key. */
export interface ReceiptSigner {
	sign(receipt: Receipt): Hex;
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

export function createReceiptSigner(options: ReceiptSignerOptions): ReceiptSigner {
	const { privateKey, operatorId, chainId, operators } = options;
	const key = hexToBytes(privateKey);
	const signer = privateKeyToAddress(privateKey);
	const digestOf = receiptDigester(chainId, operators, keccakHex);
	return {
		sign: (receipt) => signDigest(key, digestOf(receipt)),
		signSoldOut: (soldOut) => signDigest(key, soldOutDigest(soldOut, chainId, operators)),
		present: (receipt, signature) => ({ operatorId, signer, receipt: receiptToWire(receipt), signature }),
	};
}
