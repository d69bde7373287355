import { ADDRESS_COOKIE } from '#domain/order/address.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, cookies }) => {
	const { reads, viewer } = locals;
	const [balances, account] = await Promise.all([viewer ? reads.order.balancesOf(viewer.address) : [], viewer ? reads.account.account(viewer.address) : null]);
	return {
		/** An address waits on the device. */
		addressKnown: cookies.get(ADDRESS_COOKIE) === '1',
		/** What the viewer has inside the market, and outside it. */
		balances,
		held: account?.held ?? [],
	};
};
