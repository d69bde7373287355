import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, type Hex, numberToHex } from 'viem';
import type { Chain } from '../chain/chain.ts';
import { RpcError } from '../chain/rpc-error.ts';
import { refusalOfRevert } from './decode-revert.ts';

export interface SimulatedCall {
	from: Address;
	to: Address;
	data: Hex;
	gas: bigint;
}

/** Code that accounts have during one simulation only. */
export type CodeOverride = Record<Address, { code: Hex }>;

/** Why a simulated call failed: the refusal, and the revert data it was read from. */
export interface SimulationFailed {
	refusal: Refusal;
	data: Hex | null;
}

/** Runs a call against the state and clock of the block to come. Resolves with what went wrong, or null. */
export async function simulate(chain: Chain, call: SimulatedCall, overrides?: CodeOverride): Promise<SimulationFailed | null> {
	// A real chain's head is young, and not every node simulates on the pending block.
	const block = chain.embedded ? 'pending' : 'latest';
	try {
		await chain.request('eth_call', [{ ...call, gas: numberToHex(call.gas) }, block, ...(overrides ? [overrides] : [])]);
		return null;
	} catch (error) {
		if (!(error instanceof RpcError)) throw error;
		if (error.data === null && /out of gas|gas required exceeds|intrinsic gas/i.test(error.message))
			return { refusal: new Refusal('Relayer_GasTooLow', 'invalid'), data: null };
		return { refusal: refusalOfRevert(error.data), data: error.data };
	}
}
