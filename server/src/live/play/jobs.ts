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

const KNOWN_BLOCKS = 256n;

/**
 * Ends pots whose time is over: gives back what nobody can win, and has a block decide where the host is silent. Idempotent: the
 * contract ends a pot once. Returns how many steps were taken.
 */
export async function keepPots(context: PotKeeperContext): Promise<number> {
	const now = context.now();
	const [pots, head] = [await listUnfinished(context.db, now), await context.head()];
	let taken = 0;
	for (const pot of pots) {
		const step = dueStep(pot, now, head);
		if (step === 'wait') await context.cutBlock?.();
		if (step === null || step === 'wait') continue;
		try {
			await context.pokePot(keepPotData(step, BigInt(pot.pot_id)));
			taken++;
		} catch (error) {
			if (!(error instanceof Refusal)) context.onError(error);
		}
	}
	return taken;
}

function dueStep(pot: PotRow, now: number, head: bigint): 'close' | 'arm' | 'decideByBlock' | 'wait' | null {
	if (pot.kind === 'even' || pot.candidates === 0) return 'close';
	if (now <= pot.reveal_until + HOST_SECONDS) return null;
	const armed = pot.armed_block === null ? null : BigInt(pot.armed_block);
	if (armed === null || head >= armed + KNOWN_BLOCKS) return 'arm';
	return head < armed ? 'wait' : 'decideByBlock';
}
