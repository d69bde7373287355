import { type Hex, hexToBytes, serializeTransaction, slice } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { keccakHex } from '../crypto/keccak.ts';
import { signDigest } from '../crypto/secp256k1.ts';

/** viem's account of a private key, whose transactions are hashed and signed in WebAssembly: a bundle of orders has 90 kB. */
export function quickAccount(privateKey: Hex): PrivateKeyAccount {
	const secret = hexToBytes(privateKey);
	const account = privateKeyToAccount(privateKey);
	const signTransaction: PrivateKeyAccount['signTransaction'] = async (transaction, options) => {
		// Blobs are signed without what travels beside them; viem knows how.
		if (options?.serializer || transaction.type === 'eip4844') return account.signTransaction(transaction, options);
		const signature = signDigest(secret, keccakHex(serializeTransaction(transaction) as Hex));
		const isOdd = signature.endsWith('1c');
		const parts = { r: slice(signature, 0, 32), s: slice(signature, 32, 64), v: isOdd ? 28n : 27n, yParity: isOdd ? 1 : 0 };
		return serializeTransaction(transaction, parts) as never;
	};
	return { ...account, signTransaction };
}
