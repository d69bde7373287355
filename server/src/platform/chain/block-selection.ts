import { Refusal } from '@kaishi/protocol/platform/errors';
import type { CheckedTransaction } from './transaction-check.ts';

export interface SenderState {
	nonce: number;
	balance: bigint;
}

export interface Selection<T> {
	/** Certain to execute in this order: right nonces, paid-up senders, room in the block. */
	chosen: T[];
	/** Fine, but in a later block. */
	later: T[];
	refused: { item: T; refusal: Refusal }[];
}

/**
 * Chooses what the next block holds. Strict on purpose: the journal names the transactions before they are executed,
 * so nothing may get in that the EVM could turn away. Order of arrival is kept, except that a sender's own
 * transactions follow their nonces.
 */
export async function selectForBlock<T extends { tx: CheckedTransaction }>(
	waiting: readonly T[],
	limits: { gas: bigint; baseFee: bigint },
	stateOf: (sender: CheckedTransaction['from']) => Promise<SenderState>,
): Promise<Selection<T>> {
	const selection: Selection<T> = { chosen: [], later: [], refused: [] };
	const senders = new Map<string, SenderState & { used: boolean }>();
	let gasLeft = limits.gas;
	let rest = [...waiting];
	for (let progress = true; progress; ) {
		progress = false;
		const gaps: T[] = [];
		for (const item of rest) {
			const { tx } = item;
			const sender = senders.get(tx.from) ?? { ...(await stateOf(tx.from)), used: false };
			senders.set(tx.from, sender);
			if (tx.nonce > sender.nonce) {
				gaps.push(item);
			} else if (tx.nonce < sender.nonce) {
				selection.refused.push({ item, refusal: new Refusal('Chain_NonceUsed', 'conflict', { nonce: String(tx.nonce), next: String(sender.nonce) }) });
			} else if (tx.maxFeePerGas < limits.baseFee) {
				selection.refused.push({
					item,
					refusal: new Refusal('Chain_FeeTooLow', 'invalid', { given: tx.maxFeePerGas.toString(), needed: limits.baseFee.toString() }),
				});
			} else if (tx.gas > gasLeft || (tx.maxCost > sender.balance && sender.used)) {
				// An earlier one of the same sender may leave or bring enough: the next block will know.
				selection.later.push(item);
			} else if (tx.maxCost > sender.balance) {
				selection.refused.push({
					item,
					refusal: new Refusal('Chain_InsufficientFunds', 'invalid', { balance: sender.balance.toString(), needed: tx.maxCost.toString() }),
				});
			} else {
				selection.chosen.push(item);
				gasLeft -= tx.gas;
				sender.nonce += 1;
				sender.balance -= tx.maxCost;
				sender.used = true;
				progress = true;
			}
		}
		rest = gaps;
	}
	const postponed = new Set(selection.later.map((item) => item.tx.from));
	for (const item of rest) {
		if (postponed.has(item.tx.from)) selection.later.push(item);
		else
			selection.refused.push({
				item,
				refusal: new Refusal('Chain_NonceGap', 'conflict', { nonce: String(item.tx.nonce), next: String(senders.get(item.tx.from)?.nonce ?? 0) }),
			});
	}
	return selection;
}
