import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { type Address, concat, type Hex } from 'viem';
import type { Chain } from '../chain/chain.ts';
import { readContract } from '../chain/read-contract.ts';

/**
 * Tells accounts of this market's factory from other contracts. An account of somebody else's making can agree when it
 * is simulated and refuse in the block, and with it everybody who shares its bundle.
 */
export function createOwnAccounts(chain: Chain, accountFactory: Address): { isForeign(account: Address): Promise<boolean> } {
	let clone: Promise<Hex> | null = null;
	const cloneCode = () => {
		clone ??= readContract(chain, { address: accountFactory, abi: accountFactoryAbi, functionName: 'implementation' }).then(codeOfClone);
		clone.catch(() => {
			clone = null;
		});
		return clone;
	};
	return {
		/** False also where there is no code yet. */
		async isForeign(account) {
			const [code, own] = await Promise.all([chain.request<Hex>('eth_getCode', [account, 'latest']), cloneCode()]);
			return code !== '0x' && code.toLowerCase() !== own;
		},
	};
}

/** EIP-1167. */
function codeOfClone(implementation: Address): Hex {
	return concat(['0x363d3d373d3d3d363d73', implementation, '0x5af43d82803e903d91602b57fd5bf3']).toLowerCase() as Hex;
}
