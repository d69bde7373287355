import type { AccountReads, AccountView } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { forwarderAbi } from '@kaishi/protocol/generated/forwarder';
import { type Address, BaseError, erc20Abi, getAddress, type Hex, zeroAddress } from 'viem';
import { hasCode } from '../platform/chain/create2.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import { RpcError } from '../platform/chain/rpc-error.ts';
import type { AccountContext } from './context.ts';
import { passkeysOf } from './passkeys.ts';
import { pendingRecoveriesOf, protectionOf } from './protection.ts';
import { listRounds } from './rounds.ts';
import { treasuriesOf, treasuryView } from './treasuries.ts';

/** Accounts as the chain knows them, with the passkeys as this server does: show those to their owner only. */
export function createAccountReads(context: AccountContext): AccountReads {
	return {
		account: (address) => readAccount(context, getAddress(address)),
		treasuriesOf: (viewer) => treasuriesOf(context, viewer),
		treasury: (address, viewer) => treasuryView(context, getAddress(address), viewer),
		rounds: (treasury, viewer) => listRounds(context, getAddress(treasury), viewer),
		pendingRecoveries: (address) => pendingRecoveriesOf(context.db, getAddress(address)),
	};
}

async function readAccount(context: AccountContext, address: Address): Promise<AccountView> {
	const { chain, deployment } = context;
	const [deployed, forwarderNonce, held, passkeys, protection] = await Promise.all([
		hasCode(chain, address),
		readContract(chain, { address: deployment.contracts.forwarder, abi: forwarderAbi, functionName: 'nonces', args: [address] }),
		Promise.all(
			deployment.currencies.map(async (currency) => ({ currency: currency.address, amount: (await heldBy(context, address, currency.address)).toString() })),
		),
		passkeysOf(context, address),
		protectionOf(context, address),
	]);
	const own = deployed ? await signersOf(context, address) : null;
	return {
		address,
		deployed,
		forwarderNonce: forwarderNonce.toString(),
		held,
		passkeys: passkeys.map((row) => ({
			credentialId: row.credential_id,
			signer: row.signer,
			label: row.label,
			createdAt: secondsOf(row.created_at),
			lastUsedAt: row.last_used_at && secondsOf(row.last_used_at),
		})),
		signers: own?.signers ?? [...new Set(passkeys.map((row) => row.signer))],
		threshold: own?.threshold ?? '1',
		protection,
	};
}

const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000);

/** Null for contracts that are no accounts of ours. */
async function signersOf({ chain }: AccountContext, address: Address): Promise<{ signers: Hex[]; threshold: string } | null> {
	const account = { address, abi: accountAbi } as const;
	try {
		const [signers, threshold] = await Promise.all([
			readContract(chain, { ...account, functionName: 'getSigners', args: [0n, MOST_SIGNERS] }),
			readContract(chain, { ...account, functionName: 'threshold' }),
		]);
		return { signers: signers.map((signer) => signer.toLowerCase() as Hex), threshold: threshold.toString() };
	} catch (error) {
		if (error instanceof RpcError || error instanceof BaseError) return null;
		throw error;
	}
}

/** As many as an account can have. */
const MOST_SIGNERS = 32n;

async function heldBy({ chain }: AccountContext, address: Address, currency: Address): Promise<bigint> {
	if (currency === zeroAddress) return BigInt(await chain.request<Hex>('eth_getBalance', [address, 'latest']));
	return await readContract(chain, { address: currency, abi: erc20Abi, functionName: 'balanceOf', args: [address] });
}
