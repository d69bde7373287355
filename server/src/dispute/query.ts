import type { Choice, Phase, Tariff, Timing, Vote } from '@kaishi/protocol/dispute';
import type { Side } from '@kaishi/protocol/order';
import type { Queryable } from '../platform/db/database.ts';
import { PROOF_COLUMNS, type ProofRow } from '../platform/indexer/proof.ts';

export interface CaseRow extends ProofRow {
	dispute_id: string;
	order_id: `0x${string}`;
	buyer: string;
	shop_id: string;
	currency: string;
	at_stake: string;
	fee_per_juror: string;
	opener: Side;
	tier: number;
	insured: boolean;
	joined: boolean;
	phase: Phase;
	round: number;
	deadline: number;
	ruling: Choice | null;
	outcome: Choice | null;
	executed: boolean | null;
	buyer_cost: string | null;
	seller_cost: string | null;
	postponed_at: number | null;
}

const CASE_COLUMNS = `dispute_id, order_id, buyer, shop_id, currency, at_stake, fee_per_juror, opener, tier, insured, joined, phase, round, deadline, ruling,
	outcome, executed, buyer_cost, seller_cost, postponed_at, ${PROOF_COLUMNS}`;

export async function findCase(db: Queryable, id: string): Promise<CaseRow | null> {
	return (await db.query<CaseRow>(`select ${CASE_COLUMNS} from dispute.cases where dispute_id = $1`, [id])).rows[0] ?? null;
}

/** The newest: an order under warranty can be disputed again. */
export async function findCaseOfOrder(db: Queryable, orderId: string): Promise<CaseRow | null> {
	const { rows } = await db.query<CaseRow>(`select ${CASE_COLUMNS} from dispute.cases where order_id = $1 order by dispute_id desc limit 1`, [orderId]);
	return rows[0] ?? null;
}

export async function listCases(db: Queryable, limit: number): Promise<CaseRow[]> {
	return (await db.query<CaseRow>(`select ${CASE_COLUMNS} from dispute.cases order by block_number desc, log_index desc limit $1`, [limit])).rows;
}

export interface RoundRow {
	round: number;
	seats: number;
	commits: number;
	reveals: number;
	for_buyer: number;
	for_seller: number;
	for_even: number;
	ruling: Choice | null;
	settled: boolean;
	raised_buyer: string;
	raised_seller: string;
}

export async function roundsOf(db: Queryable, id: string): Promise<RoundRow[]> {
	return (await db.query<RoundRow>('select * from dispute.rounds where dispute_id = $1 order by round', [id])).rows;
}

export interface SeatRow {
	round: number;
	seat: number;
	juror: string;
	commitment: `0x${string}` | null;
	vote: Vote | null;
	reason: string;
	fee: string | null;
}

export async function seatsOfCase(db: Queryable, id: string): Promise<SeatRow[]> {
	const { rows } = await db.query<SeatRow>(
		'select round, seat, juror, commitment, vote, reason, fee from dispute.seats where dispute_id = $1 order by round, seat',
		[id],
	);
	return rows;
}

export interface EvidenceRow extends ProofRow {
	party: string;
	uri: string;
}

export async function evidenceOf(db: Queryable, id: string): Promise<EvidenceRow[]> {
	const { rows } = await db.query<EvidenceRow>(
		`select party, uri, ${PROOF_COLUMNS} from dispute.evidence where dispute_id = $1 order by block_number, log_index`,
		[id],
	);
	return rows;
}

export interface JurorRow {
	stake: string;
	locked: string;
	active: boolean;
}

export async function findJuror(db: Queryable, juror: string): Promise<JurorRow | null> {
	return (await db.query<JurorRow>('select stake, locked, active from dispute.jurors where juror = $1', [juror])).rows[0] ?? null;
}

export interface JurorSeatRow extends CaseRow {
	seat_round: number;
	seat: number;
	commitment: string | null;
	vote: Vote | null;
	fee: string | null;
	gain: string;
	round_ruling: Choice | null;
	round_settled: boolean;
}

export async function seatsOfJuror(db: Queryable, juror: string, limit: number): Promise<JurorSeatRow[]> {
	const columns = CASE_COLUMNS.split(',').map((column) => `c.${column.trim()}`);
	const { rows } = await db.query<JurorSeatRow>(
		`select ${columns.join(', ')}, s.round as seat_round, s.seat, s.commitment, s.vote, s.fee, s.gain, r.ruling as round_ruling, r.settled as round_settled
		 from dispute.seats s join dispute.cases c using (dispute_id) join dispute.rounds r on r.dispute_id = s.dispute_id and r.round = s.round
		 where s.juror = $1 order by s.at desc, s.dispute_id, s.round desc limit $2`,
		[juror, limit],
	);
	return rows;
}

/** Fees that a juror earned, by currency, and how often the seat was fined. */
export async function earningsOf(db: Queryable, juror: string): Promise<{ fees: { currency: string; amount: string }[]; gained: string; fined: number }> {
	const fees = await db.query<{ currency: string; amount: string }>(
		`select c.currency, sum(s.fee) as amount from dispute.seats s join dispute.cases c using (dispute_id) where s.juror = $1 and s.fee is not null group by c.currency`,
		[juror],
	);
	const stakes = await db.query<{ gained: string; fined: number }>(
		`select coalesce(sum(s.gain) filter (where s.fee is not null), 0)::text as gained, count(*) filter (where s.fee is null and c.executed) as fined
		 from dispute.seats s join dispute.cases c using (dispute_id) join dispute.rounds r on r.dispute_id = s.dispute_id and r.round = s.round
		 where s.juror = $1 and r.settled`,
		[juror],
	);
	return { fees: fees.rows, gained: stakes.rows[0]?.gained ?? '0', fined: stakes.rows[0]?.fined ?? 0 };
}

export interface TotalsRow {
	jurors: number;
	staked: string;
	open: number;
	decided: number;
	for_buyer: number;
	for_seller: number;
	for_even: number;
	insured: number;
}

export async function courtTotals(db: Queryable): Promise<{ totals: TotalsRow; paid: { currency: string; amount: string }[] }> {
	const { rows } = await db.query<TotalsRow>(
		`select (select count(*) from dispute.jurors where stake > 0) as jurors, (select coalesce(sum(stake), 0) from dispute.jurors) as staked,
			count(*) filter (where executed is null) as open, count(*) filter (where executed) as decided,
			count(*) filter (where executed and outcome = 'buyer') as for_buyer, count(*) filter (where executed and outcome = 'seller') as for_seller,
			count(*) filter (where executed and outcome in ('even', 'none')) as for_even, (select count(*) from dispute.insurances) as insured
		 from dispute.cases`,
	);
	const paid = await db.query<{ currency: string; amount: string }>(
		'select c.currency, sum(s.fee) as amount from dispute.seats s join dispute.cases c using (dispute_id) where s.fee > 0 group by c.currency',
	);
	return { totals: rows[0] as TotalsRow, paid: paid.rows };
}

export async function findTariff(db: Queryable, currency: string): Promise<Tariff | null> {
	const { rows } = await db.query<{ min_fee: string; fee_bps: number; small_below: string; medium_below: string }>(
		'select min_fee, fee_bps, small_below, medium_below from dispute.tariffs where currency = $1',
		[currency],
	);
	const row = rows[0];
	return row ? { minFee: BigInt(row.min_fee), feeBps: row.fee_bps, smallBelow: BigInt(row.small_below), mediumBelow: BigInt(row.medium_below) } : null;
}

/** By tier. */
export async function listTimings(db: Queryable): Promise<Timing[]> {
	const { rows } = await db.query<{ evidence_seconds: number; commit_seconds: number; reveal_seconds: number; appeal_seconds: number }>(
		'select * from dispute.timings order by tier',
	);
	return rows.map((row) => ({
		evidenceSeconds: row.evidence_seconds,
		commitSeconds: row.commit_seconds,
		revealSeconds: row.reveal_seconds,
		appealSeconds: row.appeal_seconds,
	}));
}

export async function isInsured(db: Queryable, orderId: string): Promise<boolean> {
	return (await db.query('select 1 from dispute.insurances where order_id = $1 and reserved is null', [orderId])).rows.length > 0;
}

/** What insured disputes have set aside of the pool. */
export async function reservedOf(db: Queryable, currency: string): Promise<bigint> {
	const { rows } = await db.query<{ amount: string }>(
		'select coalesce(sum(reserved), 0)::text as amount from dispute.insurances where currency = $1 and reserved is not null and cost is null',
		[currency],
	);
	return BigInt(rows[0]?.amount ?? 0);
}
