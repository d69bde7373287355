import {
	type Abi,
	type Address,
	type ContractFunctionArgs,
	type ContractFunctionName,
	type ContractFunctionReturnType,
	decodeFunctionResult,
	encodeFunctionData,
	type Hex,
	numberToHex,
} from 'viem';
import type { Chain } from './chain.ts';

type View = 'pure' | 'view';

/**
 * For one question. Whoever names an address may have put a contract there that runs as long as it is let; without a bound
 * that is a whole block's gas, and a minute and gigabytes of the embedded chain.
 */
export const READ_GAS = numberToHex(2_000_000);

/** Asks a contract's view function, typed by its ABI. `block` 'pending' sees the clock of the block to come. */
export async function readContract<const A extends Abi, F extends ContractFunctionName<A, View>, const Args extends ContractFunctionArgs<A, View, F>>(
	chain: Pick<Chain, 'request'>,
	call: { address: Address; abi: A; functionName: F; args?: Args; block?: 'latest' | 'pending' },
): Promise<ContractFunctionReturnType<A, View, F, Args>> {
	const { abi, functionName, args } = call as { abi: Abi; functionName: string; args?: readonly unknown[] };
	const data = encodeFunctionData({ abi, functionName, ...(args ? { args } : {}) });
	const result = await chain.request<Hex>('eth_call', [{ to: call.address, data, gas: READ_GAS }, call.block ?? 'latest']);
	return decodeFunctionResult({ abi, functionName, data: result, ...(args ? { args } : {}) }) as ContractFunctionReturnType<A, View, F, Args>;
}
