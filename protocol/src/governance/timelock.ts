import { type Address, decodeFunctionData, encodeFunctionData, type Hex, isAddressEqual, keccak256, stringToHex } from 'viem';
import { parametersAbi } from '../generated/parameters.ts';
import { timelockAbi } from '../generated/timelock.ts';
import type { Proof } from '../platform/proof.ts';

// Changes of what the market allows wait 48 hours in OpenZeppelin's TimelockController, for everybody to see.

export const NO_PREDECESSOR: Hex = `0x${'0'.repeat(64)}`;

/** A change of the market's parameters. */
export type Change =
	| { kind: 'currency'; address: Address; allowed: boolean }
	| { kind: 'arbitrator'; address: Address; allowed: boolean }
	| { kind: 'fee'; feeBps: number; recipient: Address };

/** The same change proposed twice must differ: `note` goes into the salt. */
export interface Proposal {
	change: Change;
	parameters: Address;
	note: string;
}

export function encodeChange(change: Change): Hex {
	if (change.kind === 'fee') return encodeFunctionData({ abi: parametersAbi, functionName: 'setFee', args: [change.feeBps, change.recipient] });
	const functionName = change.kind === 'currency' ? 'setCurrency' : 'setArbitrator';
	return encodeFunctionData({ abi: parametersAbi, functionName, args: [change.address, change.allowed] });
}

/** What a waiting call would change; null when it is no change of the market's parameters. */
export function decodeChange(call: { target: Address; data: Hex }, parameters: Address): Change | null {
	if (!isAddressEqual(call.target, parameters)) return null;
	try {
		const { functionName, args } = decodeFunctionData({ abi: parametersAbi, data: call.data });
		if (functionName === 'setFee') return { kind: 'fee', feeBps: args[0], recipient: args[1] };
		if (functionName === 'setCurrency') return { kind: 'currency', address: args[0], allowed: args[1] };
		if (functionName === 'setArbitrator') return { kind: 'arbitrator', address: args[0], allowed: args[1] };
	} catch {
		// Another function, or none.
		return null;
	}
	return null;
}

const saltOf = (note: string): Hex => keccak256(stringToHex(note));

/** The timelock's proposer may send this; then `delaySeconds` pass before `encodeExecute` works. */
export function encodeSchedule({ change, parameters, note }: Proposal, delaySeconds: bigint): Hex {
	return encodeFunctionData({
		abi: timelockAbi,
		functionName: 'schedule',
		args: [parameters, 0n, encodeChange(change), NO_PREDECESSOR, saltOf(note), delaySeconds],
	});
}

/** Anybody may send this once the time has come. */
export function encodeExecute(call: { target: Address; value: bigint; data: Hex; predecessor: Hex; salt: Hex }): Hex {
	return encodeFunctionData({ abi: timelockAbi, functionName: 'execute', args: [call.target, call.value, call.data, call.predecessor, call.salt] });
}

/** A change that waits, or waited, in the timelock. */
export interface ScheduledChange {
	/** The timelock's id of the operation. */
	id: Hex;
	/** Null: a call that is none of the market's parameters. */
	change: Change | null;
	state: 'waiting' | 'ready' | 'done' | 'cancelled';
	/** Unix seconds: from when on anybody may carry it out. */
	readyAt: number;
	/** All it takes to carry it out. */
	call: { target: Address; value: string; data: Hex; predecessor: Hex; salt: Hex };
	proof: Proof;
}

/** What governance has set, and what it is about to. */
export interface MarketRules {
	/** Every currency and arbitrator that was ever decided about. `symbol` where this operator knows the token. */
	currencies: { address: Address; symbol: string | null; allowed: boolean; proof: Proof }[];
	arbitrators: { address: Address; allowed: boolean; proof: Proof }[];
	feeBps: number;
	/** Newest first. */
	scheduled: ScheduledChange[];
}

export interface GovernanceReads {
	rules(): Promise<MarketRules>;
}
