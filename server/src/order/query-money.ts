import type { LedgerEntry, OrderState } from '@kaishi/protocol/order';
import type { Money } from '@kaishi/protocol/platform/money';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { decodeCursor } from '../platform/db/page.ts';
import { PROOF_COLUMNS, type ProofRow } from '../platform/indexer/proof.ts';

interface Sum {
	currency: string;
	amount: string;
}

const toMoney = (rows: readonly Sum[]): Money[] => rows.map(({ currency, amount }) => ({ currency: currency as Address, amount }));

export async function balancesOf(db: Queryable, account: string): Promise<Money[]> {
	return toMoney((await db.query<Sum>('select currency, amount from "order".balances where account = $1 and amount <> 0 order by currency', [account])).rows);
}

export interface LedgerRow extends ProofRow {
	currency: string;
	amount: string;
	kind: LedgerEntry['kind'];
	order_id: Hex | null;
}

/** Newest first, one more than `limit`. */
export async function listLedger(db: Queryable, account: string, cursor: string | null | undefined, limit: number): Promise<LedgerRow[]> {
	const after = decodeCursor(cursor, ['bigint', 'int']);
	const { rows } = await db.query<LedgerRow>(
		`select currency, amount, kind, order_id, ${PROOF_COLUMNS} from "order".ledger
		 where account = $1 and ($2::bigint is null or (block_number, log_index) < ($2, $3)) order by block_number desc, log_index desc limit $4`,
		[account, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
	);
	return rows;
}

const OPEN = 'deadline > 0';

/** Held for open orders; of one shop, or of all with null. */
export async function inEscrow(db: Queryable, shopId: string | null): Promise<Money[]> {
	const { rows } = await db.query<Sum>(
		`select currency, sum(held) as amount from "order".orders where ${OPEN} and ($1::numeric is null or shop_id = $1) group by currency order by currency`,
		[shopId],
	);
	return toMoney(rows);
}

/** Totals of completed orders. */
export async function settled(db: Queryable): Promise<Money[]> {
	return toMoney(
		(
			await db.query<Sum>(
				`select currency, sum(total) as amount from "order".orders where state in ('completed', 'warranty') group by currency order by currency`,
			)
		).rows,
	);
}

export async function feesPaid(db: Queryable): Promise<Money[]> {
	return toMoney(
		(await db.query<Sum>(`select currency, sum(amount) as amount from "order".shares where kind = 'fee' group by currency order by currency`)).rows,
	);
}

export async function countByState(db: Queryable): Promise<Map<OrderState, number>> {
	const { rows } = await db.query<{ state: OrderState; n: number }>('select state, count(*) as n from "order".orders group by state');
	return new Map(rows.map(({ state, n }) => [state, n]));
}

export interface DayRow {
	/** Days since 1970. */
	day: number;
	orders: number;
}

/** Orders placed per UTC day from `since` (Unix seconds) on; of one shop, or of all with null. */
export async function ordersPerDay(db: Queryable, shopId: string | null, since: number): Promise<DayRow[]> {
	const { rows } = await db.query<DayRow>(
		`select placed_at / 86400 as day, count(*) as orders from "order".orders where placed_at >= $2 and ($1::numeric is null or shop_id = $1) group by 1 order by 1`,
		[shopId, since],
	);
	return rows;
}

/** What a shop's account took in from ended orders per UTC day and currency. */
export async function revenuePerDay(db: Queryable, account: string, since: number): Promise<(Sum & { day: number })[]> {
	const { rows } = await db.query<Sum & { day: number }>(
		`select at / 86400 as day, currency, sum(amount) as amount from "order".ledger
		 where account = $1 and at >= $2 and kind in ('sale', 'ruling', 'settlement') group by 1, 2 order by 1, 2`,
		[account, since],
	);
	return rows;
}

export interface ShopCounts {
	to_ship: number;
	to_answer: number;
	to_inspect: number;
	to_replace: number;
	disputed: number;
	ended: number;
	on_time: number | null;
	refunded: number | null;
	returned: number | null;
}

export async function shopCounts(db: Queryable, shopId: string): Promise<ShopCounts> {
	const { rows } = await db.query<ShopCounts>(
		`select count(*) filter (where state = 'placed') as to_ship, count(*) filter (where state = 'requested') as to_answer,
			count(*) filter (where state = 'returned') as to_inspect, count(*) filter (where state = 'replacing') as to_replace, count(*) filter (where state in ('contested', 'disputed')) as disputed,
			count(ended_at) as ended,
			(count(*) filter (where shipped_at is not null))::float8 / nullif(count(*) filter (where shipped_at is not null or late), 0) as on_time,
			(count(*) filter (where state = 'refunded'))::float8 / nullif(count(*) filter (where ended_at is not null), 0) as refunded,
			(count(*) filter (where ended_at is not null and asked))::float8 / nullif(count(*) filter (where ended_at is not null), 0) as returned
		 from (select o.*, exists (select 1 from "order".events e where e.order_id = o.order_id and e.kind in ('requested', 'remedyTaken')) as asked
			from "order".orders o where shop_id = $1) as o`,
		[shopId],
	);
	return rows[0] ?? { to_ship: 0, to_answer: 0, to_inspect: 0, to_replace: 0, disputed: 0, ended: 0, on_time: null, refunded: null, returned: null };
}
