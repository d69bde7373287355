import { recoveryAbi } from '@kaishi/protocol/generated/recovery';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import type { Carriage } from './dispatcher.ts';
import { INTENT_GAS } from './intent-gas.ts';
import type { GuardianSignature, RecoveryTarget } from './relayer.ts';

/** Clearing away as many and as long signers as an account can have takes some 4 million. */
const EXECUTION_GAS = 8_000_000n;

export interface RecoveryCarriages {
	approval: Carriage<RecoveryTarget & GuardianSignature>;
	veto: Carriage<{ account: Address } & GuardianSignature>;
	execution: Carriage<RecoveryTarget>;
}

/** Each travels alone: rare, and a guardian may be a contract that signs otherwise in the block than before. */
export function createRecoveryCarriages(recovery: Address): RecoveryCarriages {
	const alone = <T>(gas: bigint, encode: (item: T) => Hex): Carriage<T> => ({
		capacity: 1,
		gas: () => gas,
		encode: ([item]) => ({ to: recovery, data: item === undefined ? '0x' : encode(item) }),
		logsOf: (_, __, logs) => [...logs],
	});
	const abi = recoveryAbi;
	return {
		approval: alone(INTENT_GAS, ({ account, signers, threshold, guardian, validBefore, signature }) =>
			encodeFunctionData({ abi, functionName: 'approveBySignature', args: [account, signers, threshold, guardian, validBefore, signature] }),
		),
		veto: alone(INTENT_GAS, ({ account, guardian, validBefore, signature }) =>
			encodeFunctionData({ abi, functionName: 'vetoBySignature', args: [account, guardian, validBefore, signature] }),
		),
		execution: alone(EXECUTION_GAS, ({ account, signers, threshold }) =>
			encodeFunctionData({ abi, functionName: 'execute', args: [account, signers, threshold] }),
		),
	};
}
