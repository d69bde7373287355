import type { Call } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { encodeStep, type OfferTerms, type OrderWire, orderFromWire, termsToAbi } from '@kaishi/protocol/order';
import { toCanonicalHex } from '@kaishi/protocol/platform/canonical-json';
import { type ListingContent, listingContent, type ShopProfile, shopProfile } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import { type Address, encodeFunctionData, type Hex } from 'viem';

// Everything a shop asks of the contracts. The chain takes any content; what readers could not read is not signed. Loads the chain library, so pages import it when somebody is about to sign.

type Market = Pick<MarketInfo, 'contracts'>;

export function openShop({ contracts }: Market, shop: { slug: string; payout: Address; profile: ShopProfile }): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'open', args: [shop.slug, shop.payout, toCanonicalHex(shop.profile)] }) };
}

export function setProfile({ contracts }: Market, shopId: string, profile: ShopProfile): Call {
	return {
		to: contracts.shop,
		data: encodeFunctionData({ abi: shopAbi, functionName: 'setProfile', args: [BigInt(shopId), toCanonicalHex(v.parse(shopProfile, profile))] }),
	};
}

export function setPayout({ contracts }: Market, shopId: string, payout: Address): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'setPayout', args: [BigInt(shopId), payout] }) };
}

/** @param roles bits of `shopRoles`; 0 removes. */
export function setStaff({ contracts }: Market, shopId: string, staff: Address, roles: number): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'setStaff', args: [BigInt(shopId), staff, roles] }) };
}

/** The safe variant: it refuses receivers that are contracts unable to hold a shop. */
export function transferShop({ contracts }: Market, shopId: string, from: Address, to: Address): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'safeTransferFrom', args: [from, to, BigInt(shopId)] }) };
}

/** @param sequence 0 for a new listing. */
export function publishListing({ contracts }: Market, shopId: string, sequence: number, content: ListingContent, terms: OfferTerms[], stocks: bigint[]): Call {
	const data = encodeFunctionData({
		abi: catalogAbi,
		functionName: 'publish',
		args: [BigInt(shopId), sequence, toCanonicalHex(v.parse(listingContent, content)), terms.map(termsToAbi), stocks.map(Number)],
	});
	return { to: contracts.catalog, data };
}

export function delistListing({ contracts }: Market, listingId: string): Call {
	return { to: contracts.catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'delist', args: [BigInt(listingId)] }) };
}

export function setStock({ contracts }: Market, offerId: string, stock: bigint): Call {
	return { to: contracts.catalog, data: encodeFunctionData({ abi: catalogAbi, functionName: 'setStock', args: [BigInt(offerId), Number(stock)] }) };
}

export function withdrawFromShop({ contracts }: Market, shopId: string, currency: Address, amount: bigint): Call {
	return { to: contracts.orderBook, data: encodeFunctionData({ abi: orderBookAbi, functionName: 'withdrawShop', args: [BigInt(shopId), currency, amount] }) };
}

/** @param trackingHash what the chain keeps of carrier and number. */
export function shipOrder({ contracts }: Market, order: OrderWire, trackingHash: Hex): Call {
	return { to: contracts.orderBook, data: encodeStep(orderFromWire(order), { action: 'ship', data: trackingHash }) };
}
