import { type OfferTerms, termsFromWire, termsHashOf } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type ListingView, listingOfOffer, type OfferView } from '@kaishi/protocol/shop';
import { goodsPurchase, isPaidAtOnce, mostOnTab, type Purchase, payeesHash, shopOfAccount, tipPurchase } from '@kaishi/protocol/tab';
import { type Address, isAddressEqual, isHash } from 'viem';
import type { ChannelContext } from './channel-context.ts';
import type { ChainTab } from './channel-store.ts';

type Checking = Pick<ChannelContext, 'shops' | 'hasDownload' | 'fee' | 'currencies'>;

/** Refuses what is not for tabs, and what is not divided as it must be. Returns the listing of goods. */
export async function checkPurchase(context: Checking, purchase: Purchase, token: Address, tab: ChainTab): Promise<string | null> {
	const currency = context.currencies.find((one) => isAddressEqual(one.address, token));
	if (currency === undefined) throw new Refusal('Tab_NotForTabs', 'invalid', { reason: 'currency' });
	const most = mostOnTab(currency);
	if (purchase.amount > most) throw new Refusal('Tab_NotForTabs', 'invalid', { reason: 'amount', most: most.toString() });
	const listingId = purchase.kind === 'goods' ? await checkGoods(context, purchase, token) : checkTip(purchase);
	requireShop(purchase, tab);
	return listingId;
}

/** A tab for one shop pays nobody else: goods that also pay others are bought by order there. */
function requireShop({ seller, payees }: Purchase, { shop_id }: ChainTab): void {
	if (shop_id === null) return;
	const shop = shopOfAccount(seller);
	if (shop?.toString() !== shop_id) throw new Refusal('Tabs_OtherShop', 'conflict', { shopId: shop_id, wanted: String(shop ?? 0) });
	if (!payees.every(({ account }) => isAddressEqual(account, seller))) throw new Refusal('Tab_NotForTabs', 'conflict', { reason: 'splits' });
}

function checkTip(purchase: Purchase): null {
	const expected = tipPurchase({ to: purchase.seller, amount: purchase.amount, note: purchase.note, salt: purchase.salt });
	const plain = purchase.offerId === 0n && purchase.version === 0 && purchase.quantity === 0n && purchase.termsHash === expected.termsHash;
	if (!plain || payeesHash(expected.payees) !== payeesHash(purchase.payees)) throw new Refusal('Tab_WrongAmount', 'invalid');
	return null;
}

async function checkGoods({ shops, hasDownload, fee }: Checking, purchase: Purchase, token: Address): Promise<string> {
	const { offerId, version, quantity, termsHash, salt, note } = purchase;
	const listingId = listingOfOffer(offerId).toString();
	const listing = await shops.listing(listingId);
	const offer = listing?.offers.find((one) => one.offerId === offerId.toString());
	if (!listing?.listed || !offer) throw new Refusal('Catalog_UnknownListing', 'notFound', { listingId });
	const terms = termsFromWire(offer.terms);
	const current = listing.version === version && termsHashOf(terms) === termsHash && isAddressEqual(terms.currency, token);
	if (!current) throw new Refusal('Catalog_TermsMismatch', 'conflict', { offerId: offerId.toString() });
	if (!fitsTab(listing, offer, terms) || !(await hasDownload(listingId))) throw new Refusal('Tab_NotForTabs', 'invalid', { reason: 'terms' });
	if (quantity === 0n || note !== '' || !isHash(salt)) throw new Refusal('Tab_InvalidPurchase', 'invalid');
	const expected = goodsPurchase({ offerId, version, terms, quantity, fee: await fee(), salt });
	const same = isAddressEqual(expected.seller, purchase.seller) && expected.amount === purchase.amount;
	if (!same || payeesHash(expected.payees) !== payeesHash(purchase.payees)) throw new Refusal('Tab_WrongAmount', 'conflict');
	return listingId;
}

/** Without end, and handed over at once. Goods of which an account may have only so many are counted where orders are. */
function fitsTab(listing: ListingView, offer: OfferView, terms: OfferTerms): boolean {
	return listing.kind === 'digital' && offer.stock === null && listing.perAccount === null && isPaidAtOnce(terms);
}
