import {
	encodeClose,
	encodeDraw,
	encodeExecute,
	encodePassPeriod,
	encodeSettleContribution,
	encodeSettleRound,
	LAST_ROUND,
	type Phase,
} from '@kaishi/protocol/dispute';
import type { Side } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import { findOrder, toOrder } from '../order/public.ts';
import type { Queryable } from '../platform/db/database.ts';

export interface CourtKeeperContext {
	db: Queryable;
	/** Calls the court as anyone may; here the operator's relayer does. Refused when there is nothing to do. */
	poke(data: Hex): Promise<unknown>;
	/** Number of the newest block. */
	head(): Promise<bigint>;
	/** Embedded chain: cuts an empty block, for a draw waits for the next one. Null where blocks come by themselves. */
	cutBlock: (() => Promise<void>) | null;
	/** Chain time, Unix seconds. */
	now(): number;
	onError(error: unknown): void;
}

const BATCH = 100;
/** Periods that have passed while nobody looked: one round of the court after another. */
const MAX_PASSES = 16;

/**
 * Does what anyone may do for the court: draws panels, ends periods, carries rulings out, closes what has left the court,
 * settles. Idempotent: the contract does each thing once, and what somebody else has just done is refused and passed
 * over. Resolves with how many things were done.
 */
export async function keepCourt(context: CourtKeeperContext): Promise<number> {
	let done = 0;
	for (let pass = 0; pass < MAX_PASSES; pass++) {
		const calls = [...(await drawsDue(context)), ...(await stepsDue(context)), ...(await settlementsDue(context.db))];
		let progress = 0;
		for (const data of calls) progress += (await attempt(context, data)) ? 1 : 0;
		done += progress;
		if (progress === 0) return done;
	}
	return done;
}

async function attempt({ poke, onError }: CourtKeeperContext, data: Hex): Promise<boolean> {
	try {
		await poke(data);
		return true;
	} catch (error) {
		if (!(error instanceof Refusal)) onError(error);
		return false;
	}
}

/** Panels that nobody has asked for yet, and those whose block is past, in the order of their tickets. */
async function drawsDue({ db, head, cutBlock }: CourtKeeperContext): Promise<Hex[]> {
	const { rows: tickets } = await db.query<{ dispute_id: string; pinned_block: number }>(
		`select dispute_id, pinned_block from dispute.tickets where not done and ticket > coalesce((select max(ticket) from dispute.tickets where done), 0)
		 order by ticket limit $1`,
		[BATCH],
	);
	if (cutBlock !== null && tickets[0] && BigInt(tickets[0].pinned_block) >= (await head())) await cutBlock();
	const { rows: unasked } = await db.query<{ dispute_id: string }>(
		`select c.dispute_id from dispute.cases c join dispute.rounds r on r.dispute_id = c.dispute_id and r.round = c.round
		 where c.phase = 'evidence' and r.seats = 0 and not exists (select 1 from dispute.tickets t where t.dispute_id = c.dispute_id and not t.done)
		 and (c.postponed_at is null or exists (select 1 from dispute.jurors j where j.changed_block > c.postponed_at and j.active)) order by c.dispute_id limit $1`,
		[BATCH],
	);
	return [...tickets, ...unasked].map(({ dispute_id }) => encodeDraw(BigInt(dispute_id)));
}

interface StepRow {
	dispute_id: string;
	order_id: string;
	phase: Phase;
	open: boolean;
}

/** Cases whose order has left come first: nothing else can be done for them. */
async function stepsDue({ db, now }: CourtKeeperContext): Promise<Hex[]> {
	const { rows } = await db.query<StepRow>(
		`select c.dispute_id, c.order_id, c.phase, o.state in ('contested', 'disputed')
			and not exists (select 1 from dispute.cases later where later.order_id = c.order_id and later.dispute_id > c.dispute_id) as open
		 from dispute.cases c join "order".orders o using (order_id) join dispute.rounds r on r.dispute_id = c.dispute_id and r.round = c.round
		 left join dispute.rounds n on n.dispute_id = c.dispute_id and n.round = c.round + 1
		 left join dispute.timings t on t.tier = c.tier
		 where c.executed is null and (
			o.state not in ('contested', 'disputed') or c.phase = 'decided'
			or exists (select 1 from dispute.cases later where later.order_id = c.order_id and later.dispute_id > c.dispute_id)
			or (c.phase = 'evidence' and (r.seats > 0 or c.round > 0) and c.deadline < $1)
			or (c.phase = 'commit' and (c.deadline < $1 or r.commits = r.seats))
			or (c.phase = 'reveal' and (c.deadline < $1 or r.reveals = r.commits))
			or (c.phase = 'appeal' and (c.deadline < $1 or c.deadline - t.appeal_seconds / 2 < $1 or (n.raised_buyer > 0 and n.raised_seller > 0)))
		 ) order by c.deadline limit $2`,
		[now(), BATCH],
	);
	const calls = await Promise.all(rows.map((row) => stepOf(db, row)));
	return calls.filter((call) => call !== null);
}

async function stepOf(db: Queryable, { dispute_id, order_id, phase, open }: StepRow): Promise<Hex | null> {
	const id = BigInt(dispute_id);
	if (!open) return encodeClose(id);
	if (phase !== 'decided') return phase === 'contested' ? null : encodePassPeriod(id);
	const order = await findOrder(db, order_id);
	return order && encodeExecute(id, toOrder(order));
}

/** Jurors' pay, freed stakes, and what is left of appeals. */
async function settlementsDue(db: Queryable): Promise<Hex[]> {
	const { rows: rounds } = await db.query<{ dispute_id: string; round: number }>(
		`select dispute_id, r.round from dispute.rounds r join dispute.cases c using (dispute_id)
		 where c.executed is not null and not r.settled and r.round <= least(c.round, ${LAST_ROUND}) and (r.seats > 0 or r.round > 0) order by dispute_id, r.round limit $1`,
		[BATCH],
	);
	const { rows: gifts } = await db.query<{ dispute_id: string; round: number; side: Side; contributor: Address }>(
		`select g.dispute_id, g.round, g.side, g.contributor from dispute.contributions g join dispute.cases c using (dispute_id)
		 join dispute.rounds r on r.dispute_id = g.dispute_id and r.round = g.round
		 where g.returned is null and (r.settled or (g.round > c.round and c.phase in ('decided', 'closed', 'executed'))) order by g.dispute_id limit $1`,
		[BATCH],
	);
	return [
		...rounds.map(({ dispute_id, round }) => encodeSettleRound(BigInt(dispute_id), round)),
		...gifts.map(({ dispute_id, round, side, contributor }) => encodeSettleContribution(BigInt(dispute_id), round, side, contributor)),
	];
}
