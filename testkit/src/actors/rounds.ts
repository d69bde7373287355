import { type Call, type PersonSigner, type RoundOperation, type RoundView, roundOperation } from '@kaishi/protocol/account';
import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { type Address, encodeFunctionData, type Hex, keccak256, toHex } from 'viem';
import type { Actor } from './actor.ts';
import { freshNonce } from './software-authenticator.ts';

const ROUND_SECONDS = 7 * 86_400;

/** An account that any `threshold` of these people sign for together, created by the first of them, who has to be signed in. */
export async function createTreasury(people: [Actor, ...Actor[]], threshold: number, name = 'treasury'): Promise<Address> {
	const [creator] = people;
	const { contracts } = await creator.client.market();
	const signers = await Promise.all(people.map(async ({ address }) => (await creator.client.get<PersonSigner>(`/api/accounts/${address}/signer`)).signer));
	const args = [signers, BigInt(threshold), keccak256(toHex(name))] as const;
	await creator.execute([{ to: contracts.accountFactory, data: encodeFunctionData({ abi: accountFactoryAbi, functionName: 'create', args }) }]);
	const { rpcUrl } = await creator.client.market();
	const data = encodeFunctionData({ abi: accountFactoryAbi, functionName: 'predict', args });
	const answer = await creator.client.post<{ result: Hex }>(new URL(rpcUrl).pathname, {
		jsonrpc: '2.0',
		id: 1,
		method: 'eth_call',
		params: [{ to: contracts.accountFactory, data }, 'latest'],
	});
	return (await creator.client.get<{ address: Address }>(`/api/treasuries/0x${answer.result.slice(-40)}`)).address;
}

/** A round's operation as somebody's browser would write it. */
export async function draftRound(actor: Actor, calls: Call[], validUntil?: number): Promise<RoundOperation> {
	return {
		nonce: freshNonce().toString(),
		validUntil: validUntil ?? (await actor.client.now()) + ROUND_SECONDS,
		calls: calls.map(({ to, value = 0n, data }) => ({ to, value: value.toString(), data })),
	};
}

/** Proposes calls of a treasury with the actor's own signature. */
export async function proposeRound(actor: Actor, treasury: Address, calls: Call[]): Promise<RoundView> {
	const operation = await draftRound(actor, calls);
	const { contracts } = await actor.client.market();
	const signed = await actor.cosign(roundOperation(treasury, operation, contracts.deadline));
	return actor.client.post<RoundView>(`/api/treasuries/${treasury}/rounds`, { operation, ...signed });
}

export async function signRound(actor: Actor, round: RoundView): Promise<RoundView> {
	const { contracts } = await actor.client.market();
	const signed = await actor.cosign(roundOperation(round.treasury, round.operation, contracts.deadline));
	return actor.client.post<RoundView>(`/api/rounds/${round.id}/signatures`, signed);
}
