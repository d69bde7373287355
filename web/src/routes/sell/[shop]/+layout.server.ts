import { error } from '@sveltejs/kit';
import type { ShopAccess } from '#domain/shop/seller/access.ts';
import type { LayoutServerLoad } from './$types';

/** Only the owner, those who own it together, staff, the cold address, and to a show its co-hosts come in; every page below waits for this. */
export const load: LayoutServerLoad = async ({ locals, params }) => {
	const { viewer, reads } = locals;
	const shop = await reads.shop.shop(params.shop);
	if (!shop) error(404, { status: 404, message: 'No such shop.', code: 'Shop_NotFound' });
	if (!viewer) error(401, { status: 401, message: 'Not signed in.', code: 'Account_NotSignedIn' });
	const mine = (await reads.shop.shopsOf(viewer.address)).find((entry) => entry.shop.id === shop.id);
	const treasury = mine?.owner ? null : await reads.account.treasury(shop.owner, viewer);
	const cold = shop.guard !== null && shop.guard.cold === viewer.address;
	const works = mine !== undefined || treasury !== null || cold;
	if (!works && !(params.show && (await reads.live.mayHost(params.show, viewer.address))))
		error(403, { status: 403, message: 'Not your shop.', code: 'Shop_Unauthorized' });
	const access: ShopAccess = { owner: mine?.owner ?? false, roles: mine?.roles ?? 0, treasury, cold };
	return { shop, access, works, unreadMessages: works ? await reads.social.unreadOfShop(shop.id) : 0 };
};
