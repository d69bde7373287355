import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';

export async function changeStake(db: Queryable, event: ChainEvent<{ juror: Address; stake: bigint; locked: bigint; active: boolean }>): Promise<void> {
	const { juror, stake, locked, active } = event.args;
	await db.query(
		`insert into dispute.jurors (juror, stake, locked, active, changed_block) values ($1, $2, $3, $4, $5)
		 on conflict (juror) do update set stake = excluded.stake, locked = excluded.locked, active = excluded.active, changed_block = excluded.changed_block`,
		[juror, stake.toString(), locked.toString(), active, event.blockNumber.toString()],
	);
}

export async function insureOrder(db: Queryable, event: ChainEvent<{ orderId: Hex; payer: Address; currency: Address; premium: bigint }>): Promise<void> {
	const { orderId, payer, currency, premium } = event.args;
	await db.query('insert into dispute.insurances (order_id, payer, currency, premium) values ($1, $2, $3, $4)', [orderId, payer, currency, premium.toString()]);
}

export async function reserveFee(db: Queryable, event: ChainEvent<{ orderId: Hex; amount: bigint }>): Promise<void> {
	await db.query('update dispute.insurances set reserved = $2 where order_id = $1', [event.args.orderId, event.args.amount.toString()]);
}

export async function concludeInsurance(db: Queryable, event: ChainEvent<{ orderId: Hex; cost: bigint }>): Promise<void> {
	await db.query('update dispute.insurances set cost = $2 where order_id = $1', [event.args.orderId, event.args.cost.toString()]);
}

interface TariffSet {
	currency: Address;
	minFee: bigint;
	feeBps: number;
	smallBelow: bigint;
	mediumBelow: bigint;
}

export async function setTariff(db: Queryable, event: ChainEvent<TariffSet>): Promise<void> {
	const { currency, minFee, feeBps, smallBelow, mediumBelow } = event.args;
	await db.query(
		`insert into dispute.tariffs (currency, min_fee, fee_bps, small_below, medium_below) values ($1, $2, $3, $4, $5)
		 on conflict (currency) do update set min_fee = excluded.min_fee, fee_bps = excluded.fee_bps, small_below = excluded.small_below, medium_below = excluded.medium_below`,
		[currency, minFee.toString(), feeBps, smallBelow.toString(), mediumBelow.toString()],
	);
}

interface TimingSet {
	tier: number;
	evidenceSeconds: number;
	commitSeconds: number;
	revealSeconds: number;
	appealSeconds: number;
}

export async function setTiming(db: Queryable, event: ChainEvent<TimingSet>): Promise<void> {
	const { tier, evidenceSeconds, commitSeconds, revealSeconds, appealSeconds } = event.args;
	await db.query(
		`insert into dispute.timings (tier, evidence_seconds, commit_seconds, reveal_seconds, appeal_seconds) values ($1, $2, $3, $4, $5)
		 on conflict (tier) do update set evidence_seconds = excluded.evidence_seconds, commit_seconds = excluded.commit_seconds,
			reveal_seconds = excluded.reveal_seconds, appeal_seconds = excluded.appeal_seconds`,
		[tier, evidenceSeconds, commitSeconds, revealSeconds, appealSeconds],
	);
}
