import { error } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/** Only the owner and staff come in; every page below waits for this. */
export const load: LayoutServerLoad = async ({ locals, params }) => {
	const { viewer, reads } = locals;
	const shop = await reads.shop.shop(params.shop);
	if (!shop) error(404, { status: 404, message: 'No such shop.', code: 'Shop_NotFound' });
	if (!viewer) error(401, { status: 401, message: 'Not signed in.', code: 'Account_NotSignedIn' });
	const mine = (await reads.shop.shopsOf(viewer.address)).find((entry) => entry.shop.id === shop.id);
	if (!mine) error(403, { status: 403, message: 'Not your shop.', code: 'Shop_Unauthorized' });
	return { shop, access: { owner: mine.owner, roles: mine.roles }, unreadMessages: await reads.social.unreadOfShop(shop.id) };
};
