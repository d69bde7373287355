import type { Call } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, type Hex, numberToHex } from 'viem';
import { askWallet, type Eip1193Provider } from './injected.ts';

const POLL_MS = 400;
const POLLS = 150;

/** Whether the wallet carries out several calls as one on this chain, all or nothing (EIP-5792). Asks the person nothing. */
export async function sendsTogether(provider: Eip1193Provider, account: Address, chainId: number): Promise<boolean> {
	const chain = numberToHex(chainId);
	try {
		const answer = await provider.request({ method: 'wallet_getCapabilities', params: [account, [chain]] });
		const known = answer as Record<string, { atomic?: { status?: string } }> | null;
		return ['supported', 'ready'].includes(known?.[chain]?.atomic?.status ?? '');
	} catch {
		// A wallet that has never heard of it.
		return false;
	}
}

/** Sends the calls as one and waits until they stand in a block. Throws `Refusal`. */
export async function sendTogether(
	provider: Eip1193Provider,
	account: Address,
	chainId: number,
	calls: readonly Call[],
): Promise<{ transactionHash: Hex; blockNumber: string }> {
	const wanted = calls.map(({ to, value = 0n, data }) => ({ to, value: numberToHex(value), data }));
	const { id } = await askWallet<{ id: string }>(provider, 'wallet_sendCalls', [
		{ version: '2.0.0', from: account, chainId: numberToHex(chainId), atomicRequired: true, calls: wanted },
	]);
	for (let poll = 0; poll < POLLS; poll++) {
		const { status, receipts } = await askWallet<CallsStatus>(provider, 'wallet_getCallsStatus', [id]);
		if (status >= 400) throw new Refusal('Wallet_Failed', 'conflict', { reason: 'reverted' });
		const last = receipts?.at(-1);
		if (status === 200 && last) return { transactionHash: last.transactionHash, blockNumber: BigInt(last.blockNumber).toString() };
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	throw new Refusal('Network_Lost', 'unavailable');
}

interface CallsStatus {
	/** 100 pending, 200 confirmed, 400 and above failed. */
	status: number;
	receipts?: { transactionHash: Hex; blockNumber: Hex }[];
}
