import { armedBlockOf, checkPot, keptBackIn, type PotFault, type PotLog, potHistoryOf } from '@kaishi/protocol/live';
import { type Address, type Hex, numberToHex, pad } from 'viem';
import type { Rpc } from '#platform/api/json-rpc.ts';

export interface PotCheck {
	/** What does not agree with the rules; empty when all does. */
	faults: PotFault[];
	/** How many sealed a number and did not show it. */
	keptBack: number;
}

/** Reads a pot's events from a node and recomputes who won; null when there is no such pot. */
export async function checkFromChain(rpc: Rpc, pots: Address, potId: string): Promise<PotCheck | null> {
	const id = BigInt(potId);
	const topics = [null, pad(numberToHex(id), { size: 32 })];
	const logs = await rpc<PotLog[]>('eth_getLogs', [{ address: pots, fromBlock: '0x0', toBlock: 'latest', topics }]);
	const armed = armedBlockOf(id, logs);
	const block = armed === null ? null : await rpc<{ hash: Hex } | null>('eth_getBlockByNumber', [numberToHex(armed), false]);
	const history = potHistoryOf(id, logs, block?.hash ?? null);
	return history && { faults: checkPot(history), keptBack: keptBackIn(history) };
}
