import type { MarketInfo } from '@kaishi/protocol/discovery';
import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { api } from '#platform/api/client.ts';

/** Where the factory puts the account with these signers; asked of the chain. */
export async function predictTreasury({ contracts }: Pick<MarketInfo, 'contracts'>, signers: Hex[], threshold: number, salt: Hex): Promise<Address> {
	const predict = { abi: accountFactoryAbi, functionName: 'predict' } as const;
	const data = encodeFunctionData({ ...predict, args: [signers, BigInt(threshold), salt] });
	const params = [{ to: contracts.accountFactory, data }, 'latest'];
	const { result } = await api.post<{ result?: Hex }>('/rpc', { jsonrpc: '2.0', id: 1, method: 'eth_call', params });
	if (!result) throw new Refusal('Chain_Unreachable', 'unavailable');
	return decodeFunctionResult({ ...predict, data: result });
}
