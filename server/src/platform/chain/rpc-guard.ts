import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Hex, parseTransaction } from 'viem';
import { LOCAL } from '../http/peer-address.ts';
import { createAllowance } from '../limits/rate-limit.ts';
import { createWorkQueue } from '../media/work-queue.ts';
import type { Chain } from './chain.ts';
import { isReadMethod } from './read-methods.ts';

/** What strangers may have of the chain, so that none of them can stop it. */
export interface RpcGuard {
	/** Asks the chain on behalf of the client at `address`. Refuses with `Chain_GasTooHigh`, `Chain_FeeTooLow`, `Chain_Busy` or `Request_TooMany`. */
	ask(address: string, method: string, params: readonly unknown[]): Promise<unknown>;
}

/** The embedded EVM records every step it takes: this much gas can mean a second and half a gigabyte while it lasts. */
const CALL_GAS = 3_000_000n;
const TRANSACTION_GAS = 4_000_000n;
/**
 * The base fee of quiet blocks decays to nothing, and a journal written for nothing has no end. Wallets offer 1 gwei,
 * as `eth_maxPriorityFeePerGas` tells them.
 */
const LEAST_TIP = 500_000_000n;
/** Time on the chain for one client, milliseconds: far more than any page needs. */
const TIME = { burst: 5000, perSecond: 100 };

/** `clock` in milliseconds. */
export function createRpcGuard(chain: Chain, clock: () => number = () => performance.now()): RpcGuard {
	// One thing at a time: a sale waits for one stranger's question and one stranger's transaction at most.
	const reading = createWorkQueue({ atOnce: 1, waiting: 400, code: 'Chain_Busy' });
	const sending = createWorkQueue({ atOnce: 1, waiting: 200, code: 'Chain_Busy' });
	const budget = createAllowance(TIME, { clock });
	return {
		async ask(address, method, params) {
			const reads = isReadMethod(method);
			const asked = chain.embedded ? affordable(method, params) : params;
			return await (reads ? reading : sending)(async () => {
				// Checked at the time of its turn: what others of the same client did meanwhile counts.
				budget.require(address);
				const started = clock();
				try {
					return await chain.request(method, asked);
				} finally {
					if (address !== LOCAL) budget.spend(address, clock() - started);
				}
			});
		},
	};
}

function affordable(method: string, params: readonly unknown[]): readonly unknown[] {
	if (method === 'eth_sendRawTransaction') requireWorth(params[0]);
	if (method !== 'eth_call' && method !== 'eth_estimateGas') return params;
	const [call, ...rest] = params;
	if (typeof call !== 'object' || call === null) return params;
	const { gas } = call as { gas?: unknown };
	const asked = typeof gas === 'string' && /^0x[0-9a-f]{1,16}$/i.test(gas) ? BigInt(gas as Hex) : CALL_GAS;
	return [{ ...call, gas: `0x${(asked < CALL_GAS ? asked : CALL_GAS).toString(16)}` }, ...rest];
}

function requireWorth(raw: unknown): void {
	const { gas, tip } = offerOf(raw);
	if (gas > TRANSACTION_GAS) throw new Refusal('Chain_GasTooHigh', 'invalid', { gas: gas.toString(), cap: TRANSACTION_GAS.toString() });
	if (tip < LEAST_TIP) throw new Refusal('Chain_FeeTooLow', 'invalid', { given: tip.toString(), needed: LEAST_TIP.toString() });
}

function offerOf(raw: unknown): { gas: bigint; tip: bigint } {
	try {
		const transaction = parseTransaction(raw as Hex);
		const tip = transaction.type === 'eip1559' ? transaction.maxPriorityFeePerGas : transaction.gasPrice;
		return { gas: transaction.gas ?? 0n, tip: tip ?? 0n };
	} catch (cause) {
		throw new Refusal('Chain_MalformedTransaction', 'invalid', {}, { cause });
	}
}
