import { type Address, type Hex, numberToHex } from 'viem';
import type { SubmittedReceipt } from './chain.ts';
import { RpcError } from './rpc-error.ts';

type Request = <T>(method: string, params?: readonly unknown[]) => Promise<T>;

interface RpcReceipt {
	transactionHash: Hex;
	blockNumber: Hex;
	status: Hex;
	gasUsed: Hex;
	contractAddress: Address | null;
	logs: { address: Address; topics: Hex[]; data: Hex; logIndex: Hex }[];
}

/** A reason is not worth more than this: to burn gas and fail costs a stranger little, and running it again costs us the same once more. */
const MAX_REPEATED_GAS = 1_000_000n;

/** Receipt of a transaction in a block, or null while there is none. */
export async function fetchReceipt(request: Request, hash: Hex): Promise<SubmittedReceipt | null> {
	const receipt = await request<RpcReceipt | null>('eth_getTransactionReceipt', [hash]);
	if (receipt === null) return null;
	const success = BigInt(receipt.status) === 1n;
	return {
		transactionHash: receipt.transactionHash,
		blockNumber: BigInt(receipt.blockNumber),
		success,
		gasUsed: BigInt(receipt.gasUsed),
		revertData: success || BigInt(receipt.gasUsed) > MAX_REPEATED_GAS ? null : await findRevertData(request, receipt),
		contractAddress: receipt.contractAddress,
		logs: receipt.logs.map((log) => ({ address: log.address, topics: log.topics, data: log.data, logIndex: Number(log.logIndex) })),
	};
}

/**
 * Receipts hold no revert data: runs the call again on the block before. When it passes there, a neighbour in its own
 * block was in the way (the last piece went to somebody else), and the state after the block still tells how.
 */
async function findRevertData(request: Request, receipt: RpcReceipt): Promise<Hex | null> {
	const tx = await request<{ from: Address; to: Address | null; input: Hex; value: Hex; gas: Hex } | null>('eth_getTransactionByHash', [
		receipt.transactionHash,
	]);
	if (tx === null) return null;
	const call = { from: tx.from, ...(tx.to === null ? {} : { to: tx.to }), data: tx.input, value: tx.value, gas: tx.gas };
	const number = BigInt(receipt.blockNumber);
	for (const block of [number - 1n, number]) {
		try {
			await request('eth_call', [call, numberToHex(block)]);
		} catch (error) {
			return error instanceof RpcError ? error.data : null;
		}
	}
	return null;
}
