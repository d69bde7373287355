import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceiptStatus } from '@kaishi/protocol/operator';
import type { OrderWire } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import { asTerm } from '../platform/cluster/term.ts';
import type { Database, Queryable } from '../platform/db/database.ts';
import { isCutOff } from '../platform/db/transient.ts';
import type { JournaledPromise, NewPromise } from './promise.ts';

interface PromiseRow {
	position: string;
	order_id: Hex;
	account: Address;
	currency: Address;
	total: string;
	offer_id: string;
	quantity: string;
	piece: string;
	by_block: string;
	intent: OrderWire;
	intent_signature: Hex;
	receipt_signature: Hex;
	status: ReceiptStatus;
	reason: string | null;
}

const COLUMNS =
	'position::text, order_id, account, currency, total::text, offer_id::text, quantity::text, piece::text, by_block::text, intent, intent_signature, receipt_signature, status, reason';

/** What has been promised, on the disk before anybody is told. */
export interface Journal {
	/**
	 * Writes them down: one statement, one flush to the disk. Returns the ids of those that stand there now; an order that was promised
	 * before is left as it is. Throws `SupersededError` once another server leads: then nothing was written.
	 */
	append(promises: readonly SignedPromise[]): Promise<ReadonlySet<Hex>>;
	/** Remembers how promises came out; what a crash loses of this is found out again. Throws `SupersededError` once another server leads. */
	conclude(orderIds: readonly Hex[], status: ReceiptStatus, reason?: string): Promise<void>;
	find(orderId: Hex): Promise<JournaledPromise | null>;
	/** Those nobody knows the outcome of, oldest first. */
	open(): Promise<JournaledPromise[]>;
	/** The latest ones, for whoever asks again. */
	recent(most: number): Promise<{ orderId: Hex; signature: Hex }[]>;
	/** The last position that was given out. */
	lastPosition(): Promise<bigint>;
	/** How many pieces of each offer have been promised; by decimal id. */
	lastPieces(offerIds: readonly string[]): Promise<Map<string, bigint>>;
}

export interface SignedPromise extends NewPromise {
	receiptSignature: Hex;
}

const APPEND = `insert into operator.promises (position, order_id, account, key, currency, total, offer_id, quantity, piece, by_block, intent, intent_signature, receipt_signature)
	select p.* from cluster.require_term($1), unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::numeric[], $9::numeric[],
		$10::numeric[], $11::bigint[], $12::json[], $13::text[], $14::text[]) p on conflict (order_id) do nothing`;
const WRITTEN = 'select order_id from operator.promises join unnest($1::bigint[], $2::text[]) as asked (position, order_id) using (position, order_id)';

const AGAIN_MS = 200;

/** @param term the leader's number, see platform/cluster. */
export function openJournal(db: Database, term: number): Journal {
	const list = async (sql: string, params: unknown[] = []) => (await db.query<PromiseRow>(sql, params)).rows.map(toPromise);
	return {
		async append(promises) {
			const columns = promises.map(({ receipt, receiptSignature, key, wire, signature }) => [
				...[receipt.position.toString(), receipt.orderId, receipt.buyer, key, receipt.token, receipt.total.toString(), receipt.offerId.toString()],
				...[receipt.quantity.toString(), receipt.piece.toString(), receipt.byBlock.toString(), JSON.stringify(wire), signature, receiptSignature],
			]);
			const width = columns[0]?.length ?? 0;
			const arrays = Array.from({ length: width }, (_, i) => columns.map((row) => row[i]));
			for (;;) {
				try {
					const { rowCount } = await asTerm(term, () => db.query(APPEND, [term, ...arrays]));
					if (rowCount === promises.length) return new Set(promises.map(({ receipt }) => receipt.orderId));
					const { rows } = await db.query<{ order_id: Hex }>(WRITTEN, arrays.slice(0, 2));
					return new Set(rows.map((row) => row.order_id));
				} catch (error) {
					// Nobody knows whether it was written: again, until somebody does. What stands there already stays.
					requireCutOff(error);
					await sleep(AGAIN_MS);
				}
			}
		},
		conclude: (orderIds, status, reason) => asTerm(term, () => conclude(db, term, orderIds, status, reason ?? null)),
		find: async (orderId) => (await list(`select ${COLUMNS} from operator.promises where order_id = $1`, [orderId]))[0] ?? null,
		open: () => list(`select ${COLUMNS} from operator.promises where status = 'promised' order by promises.position`),
		async recent(most) {
			const { rows } = await db.query<{ order_id: Hex; intent_signature: Hex }>(
				'select order_id, intent_signature from operator.promises order by position desc limit $1',
				[most],
			);
			return rows.map((row) => ({ orderId: row.order_id, signature: row.intent_signature }));
		},
		async lastPosition() {
			const { rows } = await db.query<{ last: string | null }>('select max(position)::text as last from operator.promises');
			return BigInt(rows[0]?.last ?? 0);
		},
		async lastPieces(offerIds) {
			const { rows } = await db.query<{ offer_id: string; last: string }>(
				'select offer_id::text, max(piece)::text as last from operator.promises where offer_id = any($1::numeric[]) and piece > 0 group by offer_id',
				[offerIds],
			);
			return new Map(rows.map((row) => [row.offer_id, BigInt(row.last)]));
		},
	};
}

/** Passes when the connection ended before the answer; throws what else went wrong. */
function requireCutOff(error: unknown): void {
	if (!isCutOff(error)) throw error;
}

async function conclude(db: Queryable, term: number, orderIds: readonly Hex[], status: ReceiptStatus, reason: string | null): Promise<void> {
	if (orderIds.length === 0) return;
	await db.query(`update operator.promises set status = $2, reason = $3 from cluster.require_term($4) where order_id = any($1) and status <> 'placed'`, [
		orderIds,
		status,
		reason,
		term,
	]);
}

function toPromise(row: PromiseRow): JournaledPromise {
	return {
		receipt: {
			orderId: row.order_id,
			buyer: row.account,
			token: row.currency,
			total: BigInt(row.total),
			offerId: BigInt(row.offer_id),
			piece: BigInt(row.piece),
			quantity: BigInt(row.quantity),
			position: BigInt(row.position),
			byBlock: BigInt(row.by_block),
		},
		receiptSignature: row.receipt_signature,
		wire: row.intent,
		signature: row.intent_signature,
		status: row.status,
		reason: row.reason,
	};
}
