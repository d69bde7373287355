import type { Proof } from '@kaishi/protocol/platform/proof';
import { type Address, type Hex, hexToNumber } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';

export interface RawEvent {
	address: Address;
	topics: Hex[];
	data: Hex;
}

interface Receipt {
	logs: (RawEvent & { logIndex: Hex })[];
}

/** Fetches from the chain the very logs that `proofs` point at, one request per transaction; missing ones are left out. */
export async function readRawLogs(chain: Pick<Chain, 'request'>, proofs: readonly Proof[]): Promise<Map<Proof, RawEvent>> {
	const transactions = [...new Set(proofs.map((proof) => proof.transactionHash))];
	const receipts = new Map(
		await Promise.all(transactions.map(async (hash) => [hash, await chain.request<Receipt | null>('eth_getTransactionReceipt', [hash])] as const)),
	);
	const found = new Map<Proof, RawEvent>();
	for (const proof of proofs) {
		const log = receipts.get(proof.transactionHash)?.logs.find((one) => hexToNumber(one.logIndex) === proof.logIndex);
		if (log) found.set(proof, { address: log.address, topics: log.topics, data: log.data });
	}
	return found;
}
