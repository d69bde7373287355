import {
	type AccountView,
	type Call,
	type Guardian,
	type Relayed,
	type RelayRecoveryApproval,
	type RelayRecoveryVeto,
	recoveryApprovalTypes,
	recoveryDomain,
	recoveryKeyOf,
	recoveryVetoTypes,
} from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { recoveryAbi } from '@kaishi/protocol/generated/recovery';
import { type Address, encodeFunctionData, type Hex, type TypedDataDomain } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { api } from '#platform/api/client.ts';
import type { Signer } from '#platform/wallet/signer.ts';

// What guardians and the guarded ask of the chain. Loads the chain library, so it is imported when somebody is about to sign.

const SIGNATURE_LIFETIME_SECONDS = 600;

interface Typed {
	domain: TypedDataDomain;
	types: object;
	primaryType: string;
	message: object;
}

/** The address that a recovery code guards with; nothing of the code can be read from it. */
export const guardianOfCode = (code: string): Address => privateKeyToAccount(recoveryKeyOf(code)).address;

/** Names the caller's guardians; none at all ends its protection. */
export function setGuardians({ contracts }: MarketInfo, guardians: Guardian[], threshold: number, delay: number): Call {
	const args = guardians.length === 0 ? ([[], 0, 0] as const) : ([guardians, threshold, delay] as const);
	return { to: contracts.recovery, data: encodeFunctionData({ abi: recoveryAbi, functionName: 'setGuardians', args }) };
}

/** Approves one key as the only signer, with the key that a recovery code stands for. */
export function approveWithCode(market: MarketInfo, code: string, account: Address, signer: Hex): Promise<Relayed> {
	const guardian = privateKeyToAccount(recoveryKeyOf(code));
	return relayApproval(market, guardian.address, account, signer, (typed) => guardian.signTypedData(typed as never));
}

/** A guardian approves: a passkey account by a call of its own, a wallet by a signature that this operator brings. */
export function approveAs(guardian: Signer, market: MarketInfo, account: Address, signer: Hex): Promise<Relayed> {
	const { signTypedData } = guardian;
	if (signTypedData) return relayApproval(market, guardian.address, account, signer, (typed) => signTypedData.call(guardian, typed));
	const data = encodeFunctionData({ abi: recoveryAbi, functionName: 'approve', args: [account, [signer], 1n] });
	return guardian.call([{ to: market.contracts.recovery, data }]);
}

/** The account itself stops what is pending, or a guardian objects to it. */
export async function vetoAs(signer: Signer, market: MarketInfo, account: Address): Promise<Relayed> {
	if (!signer.signTypedData) {
		const data = encodeFunctionData({ abi: recoveryAbi, functionName: 'veto', args: [account] });
		return signer.call([{ to: market.contracts.recovery, data }]);
	}
	const { round, validBefore } = await whatToSign(market, account);
	const typed = { ...typedBy(market), types: recoveryVetoTypes, primaryType: 'RecoveryVeto', message: { account, round, validBefore } };
	const signature = await signer.signTypedData(typed);
	const veto: RelayRecoveryVeto = { account, guardian: signer.address, validBefore: validBefore.toString(), signature };
	return api.post<Relayed>('/api/relay/recovery-veto', veto);
}

async function relayApproval(market: MarketInfo, guardian: Address, account: Address, signer: Hex, sign: (typed: Typed) => Promise<Hex>): Promise<Relayed> {
	const { round, validBefore } = await whatToSign(market, account);
	const message = { account, signers: [signer], threshold: 1n, round, validBefore };
	const signature = await sign({ ...typedBy(market), types: recoveryApprovalTypes, primaryType: 'RecoveryApproval', message });
	const approval: RelayRecoveryApproval = { account, signers: [signer], threshold: '1', guardian, validBefore: validBefore.toString(), signature };
	return api.post<Relayed>('/api/relay/recovery-approval', approval);
}

const typedBy = ({ chainId, contracts }: MarketInfo) => ({ domain: recoveryDomain(chainId, contracts.recovery) });

async function whatToSign(market: MarketInfo, account: Address) {
	const { protection } = await api.get<AccountView>(`/api/accounts/${account}`);
	const now = Math.floor(Date.now() / 1000) + market.clockOffset;
	return { round: BigInt(protection.round), validBefore: BigInt(now + SIGNATURE_LIFETIME_SECONDS) };
}
