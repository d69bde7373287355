import type { Call } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { accountFactoryAbi } from '@kaishi/protocol/generated/account-factory';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { encodeStep, type OfferTerms, type OrderWire, orderFromWire, termsToAbi } from '@kaishi/protocol/order';
import { toCanonicalHex } from '@kaishi/protocol/platform/canonical-json';
import type { Money } from '@kaishi/protocol/platform/money';
import { type ListingContent, listingContent, type ShopProfile, shopProfile } from '@kaishi/protocol/shop';
import * as v from 'valibot';
import { type Address, encodeFunctionData, type Hex, zeroAddress } from 'viem';

// Everything a shop asks of the contracts. The chain takes any content; what readers could not read is not signed. Loads the chain library, so pages import it when somebody is about to sign.

type Market = Pick<MarketInfo, 'contracts'>;

export interface TokenAmount {
	token: Address;
	amount: bigint;
}

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

/** What each may take per day; together with `setStaff`, which comes first. */
export function setLimits({ contracts }: Market, shopId: string, staff: Address, limits: TokenAmount[]): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'setLimits', args: [BigInt(shopId), staff, limits] }) };
}

/** At once for a shop without guard, else a proposal. @param cold null lifts the guard. */
export function setGuard({ contracts }: Market, shopId: string, cold: Address | null, caps: TokenAmount[]): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'setGuard', args: [BigInt(shopId), cold ?? zeroAddress, caps] }) };
}

export function applyGuard({ contracts }: Market, shopId: string, { cold, caps }: { cold: Address | null; caps: Money[] }): Call {
	const amounts = caps.map(({ currency, amount }) => ({ token: currency, amount: BigInt(amount) }));
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'applyGuard', args: [BigInt(shopId), cold ?? zeroAddress, amounts] }) };
}

export function vetoGuard({ contracts }: Market, shopId: string): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'vetoGuard', args: [BigInt(shopId)] }) };
}

export function lowerCap({ contracts }: Market, shopId: string, { token, amount }: TokenAmount): Call {
	return { to: contracts.shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'lowerCap', args: [BigInt(shopId), token, amount] }) };
}

/** An account that any `threshold` of the signers act for together; the salt makes its address one of its own. */
export function createTreasury({ contracts }: Market, signers: Hex[], threshold: number, salt: Hex): Call {
	return {
		to: contracts.accountFactory,
		data: encodeFunctionData({ abi: accountFactoryAbi, functionName: 'create', args: [signers, BigInt(threshold), salt] }),
	};
}

/** Of a treasury, asked of itself in a signing round. Those who come in come first, so that the number stays in reach. */
export function changeSigners(treasury: Address, change: { add: Hex[]; remove: Hex[]; threshold: number | null }): Call[] {
	const own = (functionName: 'addSigners' | 'removeSigners', signers: Hex[]): Call[] =>
		signers.length === 0 ? [] : [{ to: treasury, data: encodeFunctionData({ abi: accountAbi, functionName, args: [signers] }) }];
	const number = change.threshold;
	const threshold: Call[] =
		number === null ? [] : [{ to: treasury, data: encodeFunctionData({ abi: accountAbi, functionName: 'setThreshold', args: [BigInt(number)] }) }];
	return [...own('addSigners', change.add), ...threshold, ...own('removeSigners', change.remove)];
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
