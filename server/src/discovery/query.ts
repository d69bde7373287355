import type { Queryable } from '../platform/db/database.ts';

export async function feeInForce(db: Queryable): Promise<number> {
	return (await db.query<{ fee_bps: number }>('select fee_bps from discovery.fee')).rows[0]?.fee_bps ?? 0;
}

/** Currencies and arbitrators that new orders may name, as `currency:0x…`. */
export async function allowed(db: Queryable): Promise<Set<string>> {
	const { rows } = await db.query<{ kind: string; address: string }>('select kind, address from discovery.allowed where allowed');
	return new Set(rows.map((row) => `${row.kind}:${row.address}`));
}
