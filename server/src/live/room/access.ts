import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopRoles } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { mayAct } from '../../shop/public.ts';
import { findShow, type ShowRow } from './query.ts';

type Hosted = Pick<ShowRow, 'shop_id' | 'co_hosts'>;

const isAmong = (accounts: readonly Address[], account: Address) => accounts.some((one) => isAddressEqual(one, account));

/** Whether the shop named an account as a co-host of the show. */
export const isInvited = (show: Pick<ShowRow, 'co_hosts'>, account: Address): boolean => isAmong(show.co_hosts, account);

/** Whether a co-host has said yes: before that nobody is shown as one, and nobody presents. */
export const hasAccepted = (show: Pick<ShowRow, 'accepted'>, account: Address): boolean => isAmong(show.accepted, account);

/** Whether an account works for the show's shop: it owns it, or is staff with the live role. */
export const isTeam = (db: Queryable, show: Pick<ShowRow, 'shop_id'>, account: Address): Promise<boolean> => mayAct(db, show.shop_id, account, shopRoles.live);

/** Whether an account may run the show: the shop's people, and whom they named as co-hosts. */
export async function mayHost(db: Queryable, show: Hosted, account: Address): Promise<boolean> {
	return isInvited(show, account) || (await isTeam(db, show, account));
}

/** Whether an account may keep order in the chat: who runs the show, and whom the shop's people named for it. */
export async function mayModerate(db: Queryable, show: Hosted & Pick<ShowRow, 'moderators'>, account: Address): Promise<boolean> {
	return isAmong(show.moderators, account) || (await mayHost(db, show, account));
}

/** Throws `Live_UnknownShow`. */
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

/** The show, for the shop's own people: they alone say who else takes part in it. */
export async function requireTeam(db: Queryable, id: string, account: Address): Promise<ShowRow> {
	const show = await requireShow(db, id);
	if (!(await isTeam(db, show, account))) throw new Refusal('Live_NotHost', 'forbidden', { show: id });
	return show;
}

/** The show, for who may keep order in its chat. */
export async function requireModerator(db: Queryable, id: string, account: Address): Promise<ShowRow> {
	const show = await requireShow(db, id);
	if (!(await mayModerate(db, show, account))) throw new Refusal('Live_NotModerator', 'forbidden', { show: id });
	return show;
}
