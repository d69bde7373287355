import { HOST_SECONDS, keepPotData } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { listUnfinished, type PotRow } from './reads.ts';

export interface PotKeeperContext {
	db: Queryable;
	/** Anyone may; here the operator's relayer does. */
	pokePot(data: Hex): Promise<unknown>;
	/** The chain's latest block. */
	head(): Promise<bigint>;
	/** Embedded chain: has the next block cut, which else waits for somebody to do something. */
	cutBlock: (() => Promise<void>) | null;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

/** As the embedded chain has it; others may remember more, and refuse. */
const KNOWN_BLOCKS = 256n;

/** What could not be done is tried again this much later, so that it does not stand in the way of others. Seconds of the chain. */
const BACK_OFF = 60;

/**
 * Ends pots whose time is over: gives back what nobody can win, names the block that decides as soon as nobody enters or shows a
 * number any more, and has it decide alone where the host is silent. Idempotent: the contract ends a pot once. Each run returns how
 * many steps were taken.
 */
export function createPotKeeper(context: PotKeeperContext): () => Promise<number> {
	const failed = new Map<string, number>();
	return async () => {
		const now = context.now();
		for (const [potId, at] of failed) if (at + BACK_OFF < now) failed.delete(potId);
		const [pots, head] = [await listUnfinished(context.db, now, [...failed.keys()]), await context.head()];
		let taken = 0;
		for (const pot of pots) {
			const step = dueStep(pot, now, head);
			if (step === 'wait') await context.cutBlock?.();
			if (step === null || step === 'wait') continue;
			try {
				await context.pokePot(keepPotData(step, BigInt(pot.pot_id)));
				// At once: nobody has time to foresee it, and the host's page waits for it.
				if (step === 'arm') await context.cutBlock?.();
				taken++;
			} catch (error) {
				failed.set(pot.pot_id, now);
				if (!(error instanceof Refusal)) context.onError(error);
			}
		}
		return taken;
	};
}

function dueStep(pot: PotRow, now: number, head: bigint): 'close' | 'arm' | 'decideByBlock' | 'wait' | null {
	if (pot.kind === 'even' || pot.candidates === 0) return 'close';
	const armed = pot.armed_block === null ? null : BigInt(pot.armed_block);
	if (armed === null || head >= armed + KNOWN_BLOCKS) return 'arm';
	if (head < armed) return 'wait';
	if (!pot.with_host) return 'decideByBlock';
	return now > (pot.armed_at ?? 0) + HOST_SECONDS ? 'arm' : null;
}
