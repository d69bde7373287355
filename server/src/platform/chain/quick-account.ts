import { type Hex, hexToBytes } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { signFeeTransaction } from './fee-transaction.ts';

/** viem's account of a private key, which signs the operator's kind of transaction in WebAssembly. */
export function quickAccount(privateKey: Hex): PrivateKeyAccount {
	const secret = hexToBytes(privateKey);
	const account = privateKeyToAccount(privateKey);
	const signTransaction: PrivateKeyAccount['signTransaction'] = async (transaction, options) =>
		options?.serializer || transaction.type !== 'eip1559' || transaction.accessList?.length
			? account.signTransaction(transaction, options)
			: (signFeeTransaction(transaction, secret) as never);
	return { ...account, signTransaction };
}
