import type { LocalText } from '@kaishi/protocol/platform/local-text';
import { type Address, isAddress } from 'viem';
import { readAccountQuery } from '#domain/account/keys.ts';
import type { PageServerLoad } from './$types';

/** Finds an account by what people remember of it: a shop, an order, its number. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { reads } = locals;
	const query = (url.searchParams.get('q') ?? url.searchParams.get('account') ?? '').slice(0, 300);
	const address = await addressOf(query, reads);
	if (!address) return { query, missed: query !== '', found: null };
	const [account, shops] = await Promise.all([reads.account.account(address), reads.shop.shopsOf(address)]);
	return {
		query,
		missed: false,
		found: {
			// Names of somebody's devices are nobody else's business.
			account: { ...account, passkeys: [] },
			shops: shops.filter(({ owner }) => owner).map(({ shop }): { slug: string; name: LocalText } => ({ slug: shop.slug, name: shop.name })),
		},
	};
};

async function addressOf(query: string, reads: App.Locals['reads']): Promise<Address | null> {
	const meant = readAccountQuery(query);
	if (meant.kind === 'account') return isAddress(meant.address, { strict: false }) ? meant.address : null;
	if (meant.kind === 'order') return (await reads.order.order(meant.id, null))?.order.buyer ?? null;
	if (meant.kind === 'shop') return (await reads.shop.shop(meant.slug))?.owner ?? null;
	return null;
}
