import { shopAccountOf } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import { mayDo } from '#domain/shop/seller/access.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { shop, access } = await parent();
	if (!mayDo(access, 'money')) error(403, { status: 403, message: 'money', code: 'Shop_Unauthorized' });
	const { order } = locals.reads;
	const account = shopAccountOf(BigInt(shop.id));
	const [figures, ledger] = await Promise.all([order.shopFigures(shop.id), order.ledgerOf(account, url.searchParams.get('cursor'))]);
	return { available: figures.available, inEscrow: figures.inEscrow, ledger };
};
