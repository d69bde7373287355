import { randomBytes } from 'node:crypto';
import {
	type AccountView,
	ALONE,
	type Guardian,
	RECOVERY_CODE_BYTES,
	RECOVERY_DELAY,
	type Relayed,
	recoveryApprovalTypes,
	recoveryCodeFrom,
	recoveryDomain,
	recoveryKeyOf,
	recoveryVetoTypes,
} from '@kaishi/protocol/account';
import { recoveryAbi } from '@kaishi/protocol/generated/recovery';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Actor } from './actor.ts';
import type { MarketClient } from './market-client.ts';

const SIGNATURE_LIFETIME_SECONDS = 600;

/** Names guardians of the actor's account; `friends` of weight one each, and a code that is enough alone if one is given. */
export async function protect(
	actor: Actor,
	plan: { friends?: Address[]; threshold?: number; code?: string; delay?: number },
): Promise<{ guardians: Guardian[]; relayed: Relayed }> {
	const friends = plan.friends ?? [];
	const guardians: Guardian[] = friends.map((guardian) => ({ guardian, weight: 1 }));
	if (plan.code) guardians.push({ guardian: privateKeyToAccount(recoveryKeyOf(plan.code)).address, weight: ALONE });
	const args = [guardians, plan.threshold ?? Math.max(1, friends.length), plan.delay ?? RECOVERY_DELAY.usual] as const;
	const { contracts } = await actor.client.market();
	const relayed = await actor.execute([{ to: contracts.recovery, data: encodeFunctionData({ abi: recoveryAbi, functionName: 'setGuardians', args }) }]);
	return { guardians, relayed };
}

/** A code as a browser would make it. */
export const newRecoveryCode = (): string => recoveryCodeFrom(randomBytes(RECOVERY_CODE_BYTES));

/** Whoever holds this key, a recovery code's or a wallet's, approves new signers; nobody has to be signed in. */
export async function approveWithKey(client: MarketClient, key: Hex, account: Address, signers: Hex[]): Promise<Relayed> {
	const guardian = privateKeyToAccount(key);
	const { domain, round, validBefore } = await whatToSign(client, account);
	const message = { account, signers, threshold: 1n, round, validBefore };
	const signature = await guardian.signTypedData({ domain, types: recoveryApprovalTypes, primaryType: 'RecoveryApproval', message });
	const rest = { threshold: '1', guardian: guardian.address, validBefore: validBefore.toString(), signature };
	return client.relay('recovery-approval', { account, signers, ...rest });
}

export async function vetoWithKey(client: MarketClient, key: Hex, account: Address): Promise<Relayed> {
	const guardian = privateKeyToAccount(key);
	const { domain, round, validBefore } = await whatToSign(client, account);
	const signature = await guardian.signTypedData({
		domain,
		types: recoveryVetoTypes,
		primaryType: 'RecoveryVeto',
		message: { account, round, validBefore },
	});
	return client.relay('recovery-veto', { account, guardian: guardian.address, validBefore: validBefore.toString(), signature });
}

/** A guardian's own account approves. */
export async function approveRecovery(guardian: Actor, account: Address, signers: Hex[]): Promise<Relayed> {
	const { contracts } = await guardian.client.market();
	const data = encodeFunctionData({ abi: recoveryAbi, functionName: 'approve', args: [account, signers, 1n] });
	return guardian.execute([{ to: contracts.recovery, data }]);
}

/** The account itself, or a guardian's own, objects. */
export async function vetoRecovery(actor: Actor, account: Address): Promise<Relayed> {
	const { contracts } = await actor.client.market();
	return actor.execute([{ to: contracts.recovery, data: encodeFunctionData({ abi: recoveryAbi, functionName: 'veto', args: [account] }) }]);
}

async function whatToSign(client: MarketClient, account: Address) {
	const { chainId, contracts } = await client.market();
	const { protection } = await client.get<AccountView>(`/api/accounts/${account}`);
	const validBefore = BigInt((await client.now()) + SIGNATURE_LIFETIME_SECONDS);
	return { domain: recoveryDomain(chainId, contracts.recovery), round: BigInt(protection.round), validBefore };
}
