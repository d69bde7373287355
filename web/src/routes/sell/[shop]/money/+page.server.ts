import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import { actsAsOwner, mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { shop, access } = await parent();
	const seesMoney = mayDo(access, 'money') || actsAsOwner(access);
	if (!seesMoney && !access.cold) error(403, { status: 403, message: 'money', code: 'Shop_Unauthorized' });
	// A cold address sees what it guards, which is public, and nothing of the shop's business.
	if (!seesMoney) return { seesMoney, available: [], inEscrow: [], ledger: { items: [], next: null } };
	const { order } = locals.reads;
	const account = shopAccountOf(BigInt(shop.id));
	const [figures, ledger] = await Promise.all([order.shopFigures(shop.id), order.ledgerOf(account, url.searchParams.get('cursor'))]);
	return { seesMoney, available: figures.available, inEscrow: figures.inEscrow, ledger };
};
