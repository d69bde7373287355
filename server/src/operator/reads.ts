import type { BondView, CatchKind, CatchView, OperatorReads, OperatorView, ReceiptStatus, ReceiptView, ReceiptWire } from '@kaishi/protocol/operator';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { PROOF_COLUMNS, type ProofRow, toProof } from '../platform/indexer/proof.ts';

interface OperatorRow extends ProofRow {
	operator_id: number;
	owner: Address;
	signer: Address;
	caught: number;
}

interface BondRow {
	operator_id: number;
	currency: Address;
	amount: string;
	leaving: string | null;
	leaves_at: number | null;
}

interface CatchRow extends ProofRow {
	operator_id: number;
	kind: CatchKind;
	subject: Hex;
	account: Address;
	currency: Address;
	compensation: string;
	to_treasury: string;
}

/** The newest are enough to look at; all of them are on the chain. */
const SHOWN = 50;

export interface OperatorContext {
	db: Queryable;
	/** This server's own; null: it gives no receipts. */
	operator: { id: number; signer: Address } | null;
}

export function createOperatorReads({ db, operator }: OperatorContext): OperatorReads {
	return {
		operators: () => listOperators(db),
		async catches() {
			const { rows } = await db.query<CatchRow>(`select * from operator.catches order by block_number desc, log_index desc limit ${SHOWN}`);
			return rows.map(toCatch);
		},
		receipt: async (orderId) => (operator ? findReceipt(db, operator, orderId.toLowerCase()) : null),
		async compensationOf(orderId) {
			const { rows } = await db.query<CatchRow>('select * from operator.catches where subject = $1 order by block_number, log_index limit 1', [
				orderId.toLowerCase(),
			]);
			return rows[0] ? toCatch(rows[0]) : null;
		},
	};
}

interface PromiseRow {
	order_id: Hex;
	account: Address;
	currency: Address;
	total: string;
	offer_id: string;
	piece: string;
	quantity: string;
	position: string;
	by_block: string;
	receipt_signature: Hex;
	status: ReceiptStatus;
	reason: string | null;
}

async function findReceipt(db: Queryable, { id, signer }: NonNullable<OperatorContext['operator']>, orderId: string): Promise<ReceiptView | null> {
	const { rows } = await db.query<PromiseRow>(
		`select order_id, account, currency, total::text, offer_id::text, piece::text, quantity::text, position::text, by_block::text, receipt_signature, status, reason
		 from operator.promises where order_id = $1`,
		[orderId],
	);
	const [row] = rows;
	if (!row) return null;
	const { total, piece, quantity, position, status, reason } = row;
	const receipt: ReceiptWire = {
		orderId: row.order_id,
		buyer: row.account,
		token: row.currency,
		total,
		offerId: row.offer_id,
		piece,
		quantity,
		position,
		byBlock: row.by_block,
	};
	return { operatorId: id, signer, receipt, signature: row.receipt_signature, status, reason };
}

async function listOperators(db: Queryable): Promise<OperatorView[]> {
	const [{ rows: operators }, { rows: bonds }] = await Promise.all([
		db.query<OperatorRow>(
			`select operator_id, owner, signer, ${PROOF_COLUMNS}, (select count(*) from operator.catches c where c.operator_id = o.operator_id) as caught
			 from operator.operators o order by operator_id limit ${SHOWN}`,
		),
		db.query<BondRow>(`select * from operator.bonds order by operator_id, currency`),
	]);
	return operators.map((row) => ({
		id: row.operator_id,
		owner: row.owner,
		signer: row.signer,
		bonds: bonds.filter((bond) => bond.operator_id === row.operator_id).map(toBond),
		caught: row.caught,
		registeredAt: row.at,
		proof: toProof(row),
	}));
}

function toBond({ currency, amount, leaving, leaves_at }: BondRow): BondView {
	return { bond: { currency, amount }, withdrawal: leaving === null || leaves_at === null ? null : { amount: leaving, from: leaves_at } };
}

function toCatch(row: CatchRow): CatchView {
	return {
		operatorId: row.operator_id,
		kind: row.kind,
		subject: row.subject,
		account: row.account,
		compensation: { currency: row.currency, amount: row.compensation },
		toTreasury: { currency: row.currency, amount: row.to_treasury },
		at: row.at,
		proof: toProof(row),
	};
}
