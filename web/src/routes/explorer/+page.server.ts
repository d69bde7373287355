import { redirect } from '@sveltejs/kit';
import { readSearch } from '#domain/explorer/find.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { discovery, shop: shops } = locals.reads;
	const query = (url.searchParams.get('q') ?? '').slice(0, 200);
	const search = readSearch(query);
	if (search.kind === 'hash' && (await discovery.orderProof(search.hash))) redirect(303, `/explorer/orders/${search.hash}`);
	if (search.kind === 'slug') {
		const shop = await shops.shop(search.slug);
		if (shop) redirect(303, `/s/${shop.slug}`);
	}
	const [totals, trades, rules, court] = await Promise.all([
		discovery.totals(),
		discovery.trades(url.searchParams.get('cursor')),
		locals.reads.governance.rules(),
		locals.reads.dispute.overview(),
	]);
	/** A number that is no order may be a transaction's: the browser asks the chain. */
	return {
		totals,
		court,
		trades,
		rules,
		query,
		missed: query !== '',
		hash: search.kind === 'hash' ? search.hash : null,
		searchable: search.kind !== 'nothing',
	};
};
