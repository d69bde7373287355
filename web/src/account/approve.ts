import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { Address, Hex } from 'viem';
import type { Signer } from '#platform/wallet/signer.ts';

/** A guardian approves one key as the account's only one. Loads the chain library on demand. */
export async function approveRecovery(guardian: Signer, market: MarketInfo, account: Address, signer: Hex): Promise<Relayed> {
	const { approveAs } = await import('./recovery-calls.ts');
	return approveAs(guardian, market, account, signer);
}

/** The account lets another device's key in. Loads the chain library on demand. */
export async function letKeyIn(own: Signer, account: Address, signer: Hex): Promise<Relayed> {
	const { addSigner } = await import('./calls.ts');
	return own.call([addSigner(account, signer)]);
}
