import type { LedgerEntry } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Fold } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, PROOF_RECORD, proofRecord, proofValues } from '../platform/indexer/proof.ts';

/** Part of a statement that adds the rows of `moved` (account, currency, amount) to the balances. */
export const BOOKED = `booked as (
	insert into "order".balances (account, currency, amount) select account, currency, amount from moved
	on conflict (account, currency) do update set amount = "order".balances.amount + excluded.amount
)`;

type Movement = ChainEvent<{ account: Address; token: Address; amount: bigint }>;

/** Money that came in; an order that it pays for takes it out again in an event of its own. */
export const deposits: Fold = {
	async apply(db, events: readonly Movement[]) {
		const rows = events
			.filter(({ args }) => args.amount !== 0n)
			.map((event) => ({ account: event.args.account, currency: event.args.token, amount: event.args.amount.toString(), ...proofRecord(event) }));
		if (rows.length > 0) await db.query(DEPOSIT, [JSON.stringify(rows)]);
	},
};

const DEPOSIT = `with deposited as (
		select * from json_to_recordset($1::json) as d (account text, currency text, amount numeric, ${PROOF_RECORD})
	), moved as (
		select account, currency, sum(amount) as amount from deposited group by account, currency
	), ${BOOKED}
	insert into "order".ledger (account, currency, amount, kind, ${PROOF_COLUMNS}) select account, currency, amount, 'deposit', ${PROOF_COLUMNS} from deposited`;

export async function withdraw(db: Queryable, event: Movement): Promise<void> {
	const { account, token, amount } = event.args;
	if (amount === 0n) return;
	await db.query(
		`with moved as (select $1::text as account, $2::text as currency, -$3::numeric as amount), ${BOOKED}
		insert into "order".ledger (account, currency, amount, kind, ${PROOF_COLUMNS}) select account, currency, amount, 'withdrawal', $4, $5, $6, $7, $8, $9, $10 from moved`,
		[account, token, amount.toString(), ...proofValues(event)],
	);
}

type Transferred = ChainEvent<{ from: Address; token: Address; amount: bigint; to: Address }>;

/** What a movement inside the vault was for; answered by a later domain, null when it knows nothing about it. */
export type ExplainTransfer = (db: Queryable, event: Transferred) => Promise<{ kind: LedgerEntry['kind']; orderId: Hex | null } | null>;

/** Books a balance that moved inside the vault. */
export function createTransfer(explain: ExplainTransfer) {
	return async (db: Queryable, event: Transferred): Promise<void> => {
		const { from, to, token, amount } = event.args;
		const { kind, orderId } = (await explain(db, event)) ?? { kind: 'transfer', orderId: null };
		await bookTransfer(db, event, { from, to, currency: token, amount, kind, orderId });
	};
}

/** What a side brings to court; it stands in the court's balance until the court gives it back or keeps it. */
export async function chargeFee(db: Queryable, event: ChainEvent<{ orderId: Hex; payer: Address; amount: bigint }>): Promise<void> {
	const { orderId, payer, amount } = event.args;
	const { rows } = await db.query<{ currency: Address; arbitrator: Address }>('select currency, arbitrator from "order".orders where order_id = $1', [orderId]);
	const order = rows[0];
	if (!order) throw new Error(`fee of order ${orderId}, which was never placed`);
	await bookTransfer(db, event, { from: payer, to: order.arbitrator, currency: order.currency, amount, kind: 'courtFee', orderId });
}

export interface Transfer {
	from: Address;
	to: Address;
	currency: Address;
	amount: bigint;
	kind: LedgerEntry['kind'];
	orderId: Hex | null;
}

/** Moves money between two balances, each with a line in its ledger. */
export async function bookTransfer(db: Queryable, event: ChainEvent<unknown>, transfer: Transfer): Promise<void> {
	await bookTransfers(db, [{ event, transfer }]);
}

/** As {@link bookTransfer}, many at a time. */
export async function bookTransfers(db: Queryable, booked: readonly { event: ChainEvent<unknown>; transfer: Transfer }[]): Promise<void> {
	const rows = booked
		// What one account sends itself moves nothing, and a ledger row per account is all that an event has.
		.filter(({ transfer: { amount, from, to } }) => amount !== 0n && from !== to)
		.map(({ event, transfer: { from, to, currency, amount, kind, orderId } }) => ({
			...{ sender: from, receiver: to, currency, amount: amount.toString(), kind, order_id: orderId },
			...proofRecord(event),
		}));
	if (rows.length > 0) await db.query(TRANSFER, [JSON.stringify(rows)]);
}

const TRANSFER = `with transferred as (
		select * from json_to_recordset($1::json) as t (sender text, receiver text, currency text, amount numeric, kind text, order_id text, ${PROOF_RECORD})
	), sided as (
		select sender as account, -amount as signed, t.* from transferred t union all select receiver, amount, t.* from transferred t
	), moved as (
		select account, currency, sum(signed) as amount from sided group by account, currency
	), ${BOOKED}
	insert into "order".ledger (account, currency, amount, kind, order_id, ${PROOF_COLUMNS}) select account, currency, signed, kind, order_id, ${PROOF_COLUMNS} from sided`;
