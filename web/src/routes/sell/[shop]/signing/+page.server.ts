import { error, redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Only for the people who own the shop together; whoever owns it alone is shown where that begins. */
export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { access } = await parent();
	const { viewer, reads } = locals;
	if (viewer && access.owner && !access.treasury) redirect(307, `/sell/${params.shop}/settings`);
	if (!viewer || !access.treasury) error(403, { status: 403, message: 'signing', code: 'Shop_Unauthorized' });
	const [rounds, owned] = await Promise.all([reads.account.rounds(access.treasury.address, viewer), reads.shop.shopsOf(access.treasury.address)]);
	return { treasury: access.treasury, rounds, names: Object.fromEntries(owned.map(({ shop }) => [shop.id, shop.name])) };
};
