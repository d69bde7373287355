import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopRoles } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { mayAct } from '../../shop/public.ts';
import { findShow, type ShowRow } from './query.ts';

export const mayHost = (db: Queryable, show: Pick<ShowRow, 'shop_id'>, account: Address): Promise<boolean> => mayAct(db, show.shop_id, account, shopRoles.live);

/** The shop's people, and whom they named. */
export async function mayModerate(db: Queryable, show: Pick<ShowRow, 'shop_id' | 'moderators'>, account: Address): Promise<boolean> {
	return show.moderators.some((one) => isAddressEqual(one, account)) || (await mayHost(db, show, account));
}

export async function requireShow(db: Queryable, id: string): Promise<ShowRow> {
	const show = await findShow(db, id);
	if (!show) throw new Refusal('Live_UnknownShow', 'notFound', { show: id });
	return show;
}

/** The show, for who may run it. */
export async function requireHost(db: Queryable, id: string, account: Address): Promise<ShowRow> {
	const show = await requireShow(db, id);
	if (!(await mayHost(db, show, account))) throw new Refusal('Live_NotHost', 'forbidden', { show: id });
	return show;
}

export async function requireModerator(db: Queryable, id: string, account: Address): Promise<ShowRow> {
	const show = await requireShow(db, id);
	if (!(await mayModerate(db, show, account))) throw new Refusal('Live_NotModerator', 'forbidden', { show: id });
	return show;
}
