import { listingOfOffer } from '@kaishi/protocol/shop';
import { error } from '@sveltejs/kit';
import { ADDRESS_COOKIE } from '#domain/order/address.ts';
import { referrerOf } from '#domain/shop/buyer/buy-link.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
	const offerId = url.searchParams.get('offer') ?? '';
	if (!/^\d{1,78}$/.test(offerId)) error(404, 'no such offer');
	const { reads, viewer } = locals;
	const wanted = Math.floor(Number(url.searchParams.get('n') ?? 1));
	const [listing, quote, balances, account] = await Promise.all([
		reads.shop.listing(listingOfOffer(BigInt(offerId)).toString()),
		reads.checkout.quote([{ offerId, quantity: 1 }]),
		viewer ? reads.order.balancesOf(viewer.address) : [],
		viewer ? reads.account.account(viewer.address) : null,
	]);
	const offer = listing?.offers.find((o) => o.offerId === offerId);
	if (!listing || !offer) error(404, 'no such offer');
	const amountOf = (list: { currency: string; amount: string }[]) =>
		list.find((entry) => entry.currency.toLowerCase() === offer.terms.currency.toLowerCase())?.amount ?? '0';
	return {
		listing: {
			id: listing.id,
			title: listing.title,
			image: listing.media[offer.media ?? 0] ?? listing.image,
			kind: listing.kind,
			perAccount: listing.perAccount,
			listed: listing.listed,
			version: listing.version,
			shop: listing.shop,
			options: listing.options,
			proof: listing.proof,
		},
		offer,
		/** The listing's version on the page that led here. */
		readVersion: Number(url.searchParams.get('v')) || listing.version,
		quantity: Number.isFinite(wanted) ? Math.max(1, Math.min(wanted, offer.stock ?? 99, 99)) : 1,
		/** Until when these prices hold. */
		validBefore: quote.validBefore,
		/** An address waits on the device. */
		addressKnown: cookies.get(ADDRESS_COOKIE) === '1',
		referrer: referrerOf(url.searchParams),
		/** What the viewer has in the offer's currency. */
		balance: amountOf(balances),
		held: amountOf(account?.held ?? []),
	};
};
