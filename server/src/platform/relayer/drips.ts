import { faucetAbi } from '@kaishi/protocol/generated/faucet';
import { type Address, encodeFunctionData } from 'viem';
import type { Carriage } from './dispatcher.ts';
import { INTENT_GAS } from './intent-gas.ts';

/** Test money for one account per transaction; null where there is no faucet. */
export function createDrips(faucet: Address | null): Carriage<Address> | null {
	if (faucet === null) return null;
	return {
		capacity: 1,
		gas: () => INTENT_GAS,
		encode: ([account]) => ({ to: faucet, data: account === undefined ? '0x' : encodeFunctionData({ abi: faucetAbi, functionName: 'drip', args: [account] }) }),
		logsOf: (_, __, logs) => [...logs],
	};
}
