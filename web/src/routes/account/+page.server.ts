import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { viewer, reads } = locals;
	if (!viewer) return { mine: null };
	const [account, balances, ledger, shops, keys] = await Promise.all([
		reads.account.account(viewer.address),
		reads.order.balancesOf(viewer.address),
		reads.order.ledgerOf(viewer.address, url.searchParams.get('cursor')),
		reads.shop.shopsOf(viewer.address),
		reads.account.spendingKeys(viewer.address),
	]);
	return { mine: { account, balances, ledger, shops, keys } };
};
