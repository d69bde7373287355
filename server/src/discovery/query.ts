import type { Queryable } from '../platform/db/database.ts';

export async function feeInForce(db: Queryable): Promise<number> {
	return (await db.query<{ fee_bps: number }>('select fee_bps from discovery.fee')).rows[0]?.fee_bps ?? 0;
}

/** Addresses that governance has taken off its lists; new orders naming them are refused. */
export async function disallowed(db: Queryable): Promise<Set<string>> {
	const { rows } = await db.query<{ kind: string; address: string }>('select kind, address from discovery.allowed where not allowed');
	return new Set(rows.map((row) => `${row.kind}:${row.address}`));
}
