import { type Address, encodeFunctionData, type Hex, hashMessage, isAddressEqual, recoverMessageAddress, size } from 'viem';
import type { Chain } from './chain.ts';
import { hasCode } from './create2.ts';

const ERC1271 = [
	{
		type: 'function',
		name: 'isValidSignature',
		stateMutability: 'view',
		inputs: [{ type: 'bytes32' }, { type: 'bytes' }],
		outputs: [{ type: 'bytes4' }],
	},
] as const;
const MAGIC = '0x1626ba7e';

/** Whether `account` signed the message: a key of its own (EIP-191), or a contract that says so (ERC-1271). */
export async function isPersonalSignature(chain: Chain, account: Address, message: string, signature: Hex): Promise<boolean> {
	if (await hasCode(chain, account)) {
		const data = encodeFunctionData({ abi: ERC1271, functionName: 'isValidSignature', args: [hashMessage(message), signature] });
		// A contract that reverts has not said yes.
		const answer = await chain.request<Hex>('eth_call', [{ to: account, data, gas: '0x1e8480' }, 'latest']).catch(() => '0x');
		return answer.slice(0, 10) === MAGIC;
	}
	if (size(signature) !== 65) return false;
	return isAddressEqual(await recoverMessageAddress({ message, signature }).catch(() => '0x0000000000000000000000000000000000000000' as const), account);
}
