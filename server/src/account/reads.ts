import type { AccountReads, AccountView } from '@kaishi/protocol/account';
import { forwarderAbi } from '@kaishi/protocol/generated/forwarder';
import { type Address, erc20Abi, getAddress, type Hex, zeroAddress } from 'viem';
import { hasCode } from '../platform/chain/create2.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import type { AccountContext } from './context.ts';
import { passkeysOf } from './passkeys.ts';

/** Accounts as the chain knows them, with the passkeys as this server does: show those to their owner only. */
export function createAccountReads(context: AccountContext): AccountReads {
	return { account: (address) => readAccount(context, getAddress(address)) };
}

async function readAccount(context: AccountContext, address: Address): Promise<AccountView> {
	const { chain, deployment } = context;
	const [deployed, forwarderNonce, held, passkeys] = await Promise.all([
		hasCode(chain, address),
		readContract(chain, { address: deployment.contracts.forwarder, abi: forwarderAbi, functionName: 'nonces', args: [address] }),
		Promise.all(
			deployment.currencies.map(async (currency) => ({ currency: currency.address, amount: (await heldBy(context, address, currency.address)).toString() })),
		),
		passkeysOf(context, address),
	]);
	return {
		address,
		deployed,
		forwarderNonce: forwarderNonce.toString(),
		held,
		passkeys: passkeys.map((row) => ({
			credentialId: row.credential_id,
			signer: row.signer,
			label: row.label,
			createdAt: Math.floor(row.created_at.getTime() / 1000),
		})),
	};
}

async function heldBy({ chain }: AccountContext, address: Address, currency: Address): Promise<bigint> {
	if (currency === zeroAddress) return BigInt(await chain.request<Hex>('eth_getBalance', [address, 'latest']));
	return await readContract(chain, { address: currency, abi: erc20Abi, functionName: 'balanceOf', args: [address] });
}
