import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, isAddressEqual } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { ownerOf } from '../../shop/public.ts';
import { hasAccepted, isInvited, requireShow } from './access.ts';
import type { ShowRow } from './query.ts';
import { makeChanges, type ShowsContext } from './shows.ts';

/** A co-host says yes. Again, nothing changes. Throws `Live_NotHost`, `Live_AlreadyEnded`. */
export async function acceptInvitation(context: Pick<ShowsContext, 'db' | 'clock'>, id: string, by: Address): Promise<void> {
	await makeChanges(context, id, by, requireInvited, async (_, show) => (hasAccepted(show, by) ? [] : [{ kind: 'accepted', body: {} }]));
}

/** A co-host says no, or leaves; the shop's owner presents what they presented. Throws `Live_NotHost`, `Live_AlreadyEnded`. */
export async function declineInvitation(context: Pick<ShowsContext, 'db' | 'clock'>, id: string, by: Address): Promise<void> {
	await makeChanges(context, id, by, requireInvited, async (tx, show) => {
		const owner = isAddressEqual(show.host, by) ? await ownerOf(tx, show.shop_id) : null;
		return [{ kind: 'declined', body: owner === null ? {} : { host: owner } }];
	});
}

async function requireInvited(tx: Queryable, id: string, account: Address): Promise<ShowRow> {
	const show = await requireShow(tx, id);
	if (!isInvited(show, account)) throw new Refusal('Live_NotHost', 'forbidden', { show: id });
	if (show.status === 'ended') throw new Refusal('Live_AlreadyEnded', 'conflict', { show: id });
	return show;
}
