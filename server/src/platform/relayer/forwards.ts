import type { ForwardRequest } from '@kaishi/protocol/account';
import { forwarderAbi } from '@kaishi/protocol/generated/forwarder';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, concat, encodeFunctionData, type Hex, size } from 'viem';
import type { Chain } from '../chain/chain.ts';
import { readContract } from '../chain/read-contract.ts';
import type { Carriage } from './dispatcher.ts';
import { simulate } from './simulate.ts';

export type SignedForward = ForwardRequest & { signature: Hex };

/** Around the call itself: intrinsic cost, calldata at 40 a byte, and the 64th that each call holds back. */
const gasOf = (request: SignedForward) => (request.gas * 65n) / 63n + 300_000n + 40n * BigInt(size(request.data));

export interface Forwards {
	carriage: Carriage<SignedForward>;
	/** Null when the request would pass and its target would do what was asked. */
	check(request: SignedForward): Promise<Refusal | null>;
}

export function createForwards(chain: Chain, forwarder: Address, operator: Address): Forwards {
	// The nonce is not sent: the forwarder takes the one it expects, and the signature fits or not.
	const encode = (request: SignedForward): Hex => {
		const { from, to, value, gas, deadline, data, signature } = request;
		return encodeFunctionData({ abi: forwarderAbi, functionName: 'execute', args: [{ from, to, value, gas, deadline, data, signature }] });
	};
	return {
		carriage: {
			capacity: 1,
			gas: (requests) => requests.reduce((sum, request) => sum + gasOf(request), 0n),
			encode: ([request]) => ({ to: forwarder, data: request === undefined ? '0x' : encode(request) }),
			logsOf: (_, __, logs) => [...logs],
		},
		async check(request) {
			const currentNonce = await readContract(chain, { address: forwarder, abi: forwarderAbi, functionName: 'nonces', args: [request.from] });
			if (currentNonce !== request.nonce)
				return new Refusal('InvalidAccountNonce', 'conflict', { account: request.from, currentNonce: currentNonce.toString() });
			const failed = await simulate(chain, { from: operator, to: forwarder, data: encode(request), gas: gasOf(request) });
			if (failed === null || failed.refusal.code !== 'FailedCall') return failed?.refusal ?? null;
			// The forwarder hides the target's reason: ask the target as the forwarder would.
			const inner = await simulate(chain, { from: forwarder, to: request.to, data: concat([request.data, request.from]), gas: request.gas + 200_000n });
			return inner?.refusal ?? failed.refusal;
		},
	};
}
