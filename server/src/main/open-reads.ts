import type { AccountReads } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { juryAbi } from '@kaishi/protocol/generated/jury';
import type { AuctionReads, LiveReads } from '@kaishi/protocol/live';
import type { ShopReads } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import { createDiscoveryReads } from '../discovery/public.ts';
import { type CourtConstants, createDisputeReads } from '../dispute/public.ts';
import { createGovernanceReads } from '../governance/public.ts';
import { createOperatorReads } from '../operator/public.ts';
import { createCheckoutReads, createInvoiceReads, createOrderReads, type InvoiceContext } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import type { Config } from '../platform/config/config.ts';
import type { Queryable } from '../platform/db/database.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import type { RateSource } from '../platform/rates/rate-source.ts';
import { countReviewsByShop, createReviewReads, ratingsOf, reviewsForOrder } from '../review/public.ts';
import { createShopReads } from '../shop/public.ts';
import { createSocialReads } from '../social/public.ts';
import { createChannelReads, createTabReads } from '../tab/public.ts';
import type { Reads } from './market.ts';

export interface ReadsParts {
	config: Config;
	chain: Chain;
	deployment: Deployment;
	db: Queryable;
	store: MediaStore;
	/** Pictures in conversations. */
	privateStore: MediaStore;
	account: AccountReads;
	rates: RateSource;
	shop: ShopReads;
	live: LiveReads;
	auction: AuctionReads;
}

export interface ShopReadsParts {
	chain: Chain;
	deployment: Deployment;
	db: Queryable;
	store: MediaStore;
}

/** Shops and listings with what later domains know of them. */
export function openShopReads({ chain, deployment, db, store }: ShopReadsParts): ShopReads {
	const ratings = {
		ofListings: (ids: readonly string[]) => ratingsOf(db, 'listing', ids),
		ofShops: (ids: readonly string[]) => ratingsOf(db, 'shop', ids),
	};
	const decimals = new Map(deployment.currencies.map((currency) => [currency.address, currency.decimals]));
	return createShopReads({ db, media: (cids) => store.mediaViews(cids), ratings, decimals, now: () => chain.now() });
}

/** Gives each domain what it asks of later ones: shops their ratings, orders their reviews. */
export function openReads({ config, chain, deployment, db, store, privateStore, account, rates, shop, live, auction }: ReadsParts): Reads {
	const media = (cids: string[]) => store.mediaViews(cids);
	const now = () => chain.now();
	const reviews = {
		ofOrder: (orderId: `0x${string}`) => reviewsForOrder({ db, media }, orderId),
		countByShop: (shopId: string) => countReviewsByShop(db, shopId),
	};
	const isCourt = (arbitrator: Address) => isAddressEqual(arbitrator, deployment.contracts.court);
	const order = createOrderReads({ db, media, privateMedia: (cids) => privateStore.mediaViews(cids), reviews, isCourt, now });
	const discovery = createDiscoveryReads({ db, chain, fixed: describeMarket(config, chain, deployment), clock: Date.now });
	return {
		account,
		shop,
		live,
		auction,
		order,
		invoice: createInvoiceReads({ db, ...invoicing(chain, deployment) }),
		social: createSocialReads({ db, media, privateMedia: (cids) => privateStore.mediaViews(cids), orders: order, shops: shop, now }),
		operator: createOperatorReads({ db, operator: deployment.operator }),
		review: createReviewReads({ db, media }),
		tab: createTabReads({ db, now }),
		channel: createChannelReads({ db }),
		checkout: createCheckoutReads({
			db,
			shops: shop,
			feeBps: async () => (await discovery.market()).feeBps,
			ratesVersion: async () => (await rates.current())?.table.version ?? null,
			now,
		}),
		discovery,
		dispute: createDisputeReads({ db, orders: order, insurance: deployment.contracts.feeInsurance, constants: rememberConstants(chain, deployment) }),
		governance: createGovernanceReads({
			db,
			parameters: deployment.contracts.parameters,
			currencies: deployment.currencies,
			feeBps: async () => (await discovery.market()).feeBps,
			now,
		}),
	};
}

/** Asked of the chain at the first use, and again only after a failure. */
function rememberConstants(chain: Chain, { contracts }: Deployment): () => Promise<CourtConstants> {
	const jury = { address: contracts.jury, abi: juryAbi } as const;
	const ask = async (): Promise<CourtConstants> => ({
		stakeToken: await readContract(chain, { ...jury, functionName: 'stakeToken' }),
		seatStake: await readContract(chain, { ...jury, functionName: 'seatStake' }),
		penalty: await readContract(chain, { ...jury, functionName: 'penalty' }),
	});
	let known: Promise<CourtConstants> | null = null;
	return () => {
		known ??= ask().catch((error: unknown) => {
			known = null;
			throw error;
		});
		return known;
	};
}

/** What invoices need to know of the market. */
export function invoicing(chain: Chain, { contracts, currencies }: Deployment): Omit<InvoiceContext, 'db'> {
	return { chainId: chain.chainId, orderBook: contracts.orderBook, currencies };
}

function describeMarket(config: Config, chain: Chain, deployment: Deployment): Omit<MarketInfo, 'feeBps' | 'clockOffset'> {
	return {
		name: 'Kaishi · 开市',
		chainId: chain.chainId,
		embedded: chain.embedded,
		// Also before a real chain: whoever runs it may not want its address known.
		rpcUrl: new URL('/rpc', config.publicUrl).href,
		contracts: deployment.contracts,
		operator: deployment.operator,
		currencies: deployment.currencies,
		arbitrators: deployment.arbitrators,
	};
}
