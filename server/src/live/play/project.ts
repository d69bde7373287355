import { potKinds, showOfSubject } from '@kaishi/protocol/live';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import type { ChainEvent, Projection } from '../../platform/indexer/projection.ts';
import { PROOF_COLUMNS, proofValues } from '../../platform/indexer/proof.ts';
import { playTables } from './tables.ts';

interface Wish {
	kind: number;
	places: number;
	entriesUntil: number;
	revealSeconds: number;
	operatorId: number;
	commitment: Hex;
	subject: Hex;
}
type Opened = ChainEvent<{ potId: bigint; host: Address; token: Address; amount: bigint; wish: Wish }>;
type Entered = ChainEvent<{ potId: bigint; account: Address; place: number; commitment: Hex }>;
type Revealed = ChainEvent<{ potId: bigint; account: Address }>;
type Armed = ChainEvent<{ potId: bigint; blockNumber: bigint; withHost: boolean }>;
type Paid = ChainEvent<{ potId: bigint; account: Address; amount: bigint }>;
type Closed = ChainEvent<{ potId: bigint; returned: bigint }>;

/** Folds Pots events into what was given away in live shows. Pots that name no show are left out. */
export function createPlayProjection(): Projection {
	return {
		domain: 'live',
		tables: playTables,
		handlers: {
			'Pots.PotOpened': open,
			'Pots.PotEntered': enter,
			'Pots.PotRevealed': reveal,
			'Pots.PotArmed': arm,
			'Pots.PotPaid': pay,
			'Pots.PotClosed': close,
		},
		topics: async (_, { args }: ChainEvent<never>) => [`pot:${(args as { potId: bigint }).potId}`],
	};
}

const NO_COMMITMENT = `0x${'0'.repeat(64)}`;

async function open(db: Queryable, event: Opened): Promise<void> {
	const { potId, host, token, amount, wish } = event.args;
	const show = showOfSubject(wish.subject);
	if (show === null) return;
	await db.query(
		`insert into live.pots (pot_id, show_id, host, currency, amount, kind, places, entries_until, reveal_until, operator_id, commitment, ${PROOF_COLUMNS})
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		[
			potId.toString(),
			show,
			host,
			token,
			amount.toString(),
			potKinds[wish.kind],
			wish.places,
			wish.entriesUntil,
			wish.entriesUntil + wish.revealSeconds,
			wish.operatorId,
			wish.commitment,
			...proofValues(event),
		],
	);
}

async function enter(db: Queryable, { args: { potId, account, place, commitment } }: Entered): Promise<void> {
	const committed = commitment === NO_COMMITMENT ? null : commitment;
	const { rowCount } = await db.query(
		`update live.pots set entries = $2, candidates = candidates + case when kind <> 'even' and $3::text is null then 1 else 0 end where pot_id = $1`,
		[potId.toString(), place, committed],
	);
	if (rowCount === 0) return;
	await db.query('insert into live.pot_entries (pot_id, account, place, commitment) values ($1, $2, $3, $4)', [potId.toString(), account, place, committed]);
}

async function reveal(db: Queryable, { args: { potId, account } }: Revealed): Promise<void> {
	const { rowCount } = await db.query('update live.pot_entries set revealed = true where pot_id = $1 and account = $2', [potId.toString(), account]);
	if (rowCount !== 0) await db.query('update live.pots set candidates = candidates + 1 where pot_id = $1', [potId.toString()]);
}

async function pay(db: Queryable, { args: { potId, account, amount } }: Paid): Promise<void> {
	await db.query(
		`update live.pot_entries set won = $3, paid_place = (select count(*) + 1 from live.pot_entries where pot_id = $1 and won is not null)
		where pot_id = $1 and account = $2`,
		[potId.toString(), account, amount.toString()],
	);
}

async function close(db: Queryable, { args: { potId, returned }, transactionHash }: Closed): Promise<void> {
	await db.query('update live.pots set returned = $2, closed_in = $3 where pot_id = $1', [potId.toString(), returned.toString(), transactionHash]);
}

async function arm(db: Queryable, { args: { potId, blockNumber, withHost }, timestamp }: Armed): Promise<void> {
	const values = [potId.toString(), blockNumber.toString(), timestamp, withHost];
	await db.query('update live.pots set armed_block = $2, armed_at = $3, with_host = $4 where pot_id = $1', values);
}
