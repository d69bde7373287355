import type { CaseRole } from '@kaishi/protocol/dispute';
import { shopRoles } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { accountsWithRole, mayAct } from '../shop/public.ts';
import type { CaseRow } from './query.ts';

/** Who `viewer` is to a case now: buyer, somebody who answers for the shop's orders, or anybody who was drawn for one of its panels. */
export async function caseRoleOf(db: Queryable, row: CaseRow, viewer: Address | null): Promise<CaseRole | null> {
	if (viewer === null) return null;
	if (isAddressEqual(viewer, row.buyer as Address)) return 'buyer';
	if (await mayAct(db, row.shop_id, viewer, shopRoles.orders)) return 'seller';
	const { rows } = await db.query('select 1 from dispute.seats where dispute_id = $1 and juror = $2 limit 1', [row.dispute_id, viewer]);
	return rows.length > 0 ? 'juror' : null;
}

/** Everybody private evidence is sealed to: both sides and the jurors drawn so far. */
export async function readersOf(db: Queryable, row: CaseRow): Promise<Address[]> {
	const staff = await accountsWithRole(db, row.shop_id, shopRoles.orders);
	const { rows } = await db.query<{ juror: Address }>('select distinct juror from dispute.seats where dispute_id = $1 order by juror', [row.dispute_id]);
	return [...new Set([row.buyer as Address, ...staff, ...rows.map(({ juror }) => juror)])];
}
