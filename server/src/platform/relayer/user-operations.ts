import { type PackedUserOperation, userOperationHash } from '@kaishi/protocol/account';
import { entryPointAbi } from '@kaishi/protocol/generated/entry-point';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, concat, decodeEventLog, encodeFunctionData, type Hex, isAddressEqual, numberToHex, pad, size, slice } from 'viem';
import type { Chain } from '../chain/chain.ts';
import { TRANSACTION_GAS_CAP } from '../chain/executor.ts';
import { failedOperationIn, refusalOfRevert } from './decode-revert.ts';
import { type Log, type Shareable, shareable } from './dispatcher.ts';
import { gasLimitsOf } from './policy.ts';
import { type SimulationFailed, simulate } from './simulate.ts';

/** Around the call itself: intrinsic cost, calldata, and creation of the account. */
const GAS_AROUND = 3_000_000n;

/**
 * Calls one address, then another, and reverts with the revert data of whichever fails. Input: address, length of its
 * data, second address (32 bytes each), both data. Stands in the EntryPoint's place during a simulation, so that the
 * account sees its EntryPoint calling right after it was created.
 *
 * ```
 * calldataload(32) · calldatacopy(0, 96, len) · call(gas, calldataload(0), 0, 0, len, 0, 0) · iszero → fail
 * add 96 · calldatacopy(0, 96 + len, rest)    · call(gas, calldataload(64), 0, 0, rest, 0, 0) · iszero → fail · stop
 * fail: returndatacopy(0, 0, returndatasize) · revert(0, returndatasize)
 * ```
 */
const TWO_CALLS: Hex = '0x6020358060605f375f5f825f5f5f355af115602f576060018036039081905f375f5f825f5f6040355af115602f57005b3d5f5f3e3d5ffd';

export interface UserOperations {
	carriage: Shareable<PackedUserOperation>;
	hashOf(op: PackedUserOperation): Hex;
	/** Null when the operation would pass and do what it was signed for. */
	simulate(op: PackedUserOperation): Promise<SimulationFailed | null>;
}

export function createUserOperations(chain: Chain, entryPoint: Address, operator: Address): UserOperations {
	const encode = (ops: readonly PackedUserOperation[]) => ({
		to: entryPoint,
		data: encodeFunctionData({ abi: entryPointAbi, functionName: 'handleOps', args: [ops, operator] }),
	});
	const hashOf = (op: PackedUserOperation) => userOperationHash(op, chain.chainId, entryPoint);
	return {
		hashOf,
		async simulate(op) {
			const failed = await simulate(chain, { from: operator, gas: gasOf([op]), ...encode([op]) });
			// The EntryPoint swallows what happens inside the account: look at that alone.
			return failed ?? (await simulateExecution(chain, entryPoint, operator, op));
		},
		carriage: shareable({
			capacity: 32,
			gas: gasOf,
			encode,
			culprit: failedOperationIn,
			logsOf: (ops, index, logs) => ownLogs(entryPoint, ops[index] === undefined ? '0x' : hashOf(ops[index]), logs),
		}),
	};
}

/** What the operations may use by their own limits, with the 64th that each call holds back, calldata at 40 a byte, and the EntryPoint's own work. */
function gasOf(ops: readonly PackedUserOperation[]): bigint {
	const each = ops.map((op) => {
		const { verification, call } = gasLimitsOf(op);
		const bytes = size(op.callData) + size(op.initCode) + size(op.signature);
		return ((verification + call) * 65n) / 63n + 40n * BigInt(bytes) + 150_000n;
	});
	const gas = each.reduce((sum, one) => sum + one, 100_000n);
	return gas < TRANSACTION_GAS_CAP ? gas : TRANSACTION_GAS_CAP;
}

async function simulateExecution(chain: Chain, entryPoint: Address, operator: Address, op: PackedUserOperation): Promise<SimulationFailed | null> {
	const wanted = gasLimitsOf(op).call + GAS_AROUND;
	const gas = wanted < TRANSACTION_GAS_CAP ? wanted : TRANSACTION_GAS_CAP;
	if (op.initCode === '0x') return await simulate(chain, { from: entryPoint, to: op.sender, data: op.callData, gas });
	const creation = slice(op.initCode, 20);
	const data = concat([
		pad(slice(op.initCode, 0, 20), { size: 32 }),
		numberToHex(size(creation), { size: 32 }),
		pad(op.sender, { size: 32 }),
		creation,
		op.callData,
	]);
	return await simulate(chain, { from: operator, to: entryPoint, data, gas }, { [entryPoint]: { code: TWO_CALLS } });
}

/**
 * Logs between the operation before and this one's own `UserOperationEvent`, which closes its execution.
 * Throws the reason when the EntryPoint reports that the execution failed.
 */
function ownLogs(entryPoint: Address, hash: Hex, logs: readonly Log[]): Log[] {
	let own: Log[] = [];
	for (const log of logs) {
		const event = isAddressEqual(log.address, entryPoint) ? decodeEntryPointLog(log) : null;
		if (event?.name === 'UserOperationEvent') {
			if (event.userOpHash === hash) {
				if (!event.success) throw revertReasonIn(own) ?? new Refusal('Relayer_Reverted', 'conflict');
				return own;
			}
			own = [];
		} else {
			own.push(log);
		}
	}
	throw new Refusal('Relayer_Reverted', 'conflict');
}

function revertReasonIn(logs: readonly Log[]): Refusal | null {
	for (const log of logs) {
		const event = decodeEntryPointLog(log);
		if (event?.name === 'UserOperationRevertReason') return refusalOfRevert(event.revertReason);
	}
	return null;
}

function decodeEntryPointLog(log: Log): { name: string; userOpHash?: Hex; success?: boolean; revertReason: Hex } | null {
	try {
		const { eventName, args } = decodeEventLog({ abi: entryPointAbi, topics: log.topics as [Hex, ...Hex[]], data: log.data });
		const { userOpHash, success, revertReason = '0x' } = args as { userOpHash?: Hex; success?: boolean; revertReason?: Hex };
		return { name: eventName, revertReason, ...(userOpHash ? { userOpHash } : {}), ...(success === undefined ? {} : { success }) };
	} catch {
		return null;
	}
}
