import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { viewer, reads } = locals;
	if (!viewer) return { mine: null };
	const [account, balances, ledger, shops, tabs] = await Promise.all([
		reads.account.account(viewer.address),
		reads.order.balancesOf(viewer.address),
		reads.order.ledgerOf(viewer.address, url.searchParams.get('cursor')),
		reads.shop.shopsOf(viewer.address),
		reads.tab.tabsOf(viewer.address),
	]);
	const shopIds = [...new Set(tabs.flatMap(({ shopId }) => shopId ?? []))];
	const named = await Promise.all(
		shopIds.map(async (id): Promise<[string, LocalText][]> => {
			const shop = await reads.shop.shop(id);
			return shop ? [[id, shop.name]] : [];
		}),
	);
	return { mine: { account, balances, ledger, shops, tabs, tabShops: Object.fromEntries(named.flat()) } };
};
