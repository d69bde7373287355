import {
	type Abi,
	type Address,
	type ContractFunctionArgs,
	type ContractFunctionName,
	type ContractFunctionReturnType,
	decodeFunctionResult,
	encodeFunctionData,
	type Hex,
} from 'viem';
import type { Chain } from './chain.ts';

type View = 'pure' | 'view';

/** Asks a contract's view function, typed by its ABI. `block` 'pending' sees the clock of the block to come. */
export async function readContract<const A extends Abi, F extends ContractFunctionName<A, View>, const Args extends ContractFunctionArgs<A, View, F>>(
	chain: Pick<Chain, 'request'>,
	call: { address: Address; abi: A; functionName: F; args?: Args; block?: 'latest' | 'pending' },
): Promise<ContractFunctionReturnType<A, View, F, Args>> {
	const { abi, functionName, args } = call as { abi: Abi; functionName: string; args?: readonly unknown[] };
	const data = encodeFunctionData({ abi, functionName, ...(args ? { args } : {}) });
	const result = await chain.request<Hex>('eth_call', [{ to: call.address, data }, call.block ?? 'latest']);
	return decodeFunctionResult({ abi, functionName, data: result, ...(args ? { args } : {}) }) as ContractFunctionReturnType<A, View, F, Args>;
}
