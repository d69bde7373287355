import { auctionsAbi } from '@kaishi/protocol/generated/auctions';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { courtAbi } from '@kaishi/protocol/generated/court';
import { feeInsuranceAbi } from '@kaishi/protocol/generated/fee-insurance';
import { juryAbi } from '@kaishi/protocol/generated/jury';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import { potsAbi } from '@kaishi/protocol/generated/pots';
import { recoveryAbi } from '@kaishi/protocol/generated/recovery';
import { reviewsAbi } from '@kaishi/protocol/generated/reviews';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import { timelockAbi } from '@kaishi/protocol/generated/timelock';
import { accountMigrations, createAccountProjection } from '../account/public.ts';
import { createDiscoveryProjection, discoveryMigrations } from '../discovery/public.ts';
import { createDisputeProjection, createTransferWords, disputeMigrations } from '../dispute/public.ts';
import { createGovernanceProjection, governanceMigrations } from '../governance/public.ts';
import {
	auctionMigrations,
	createAuctionProjection,
	createAuctionWords,
	createPlayProjection,
	createPlayWords,
	liveMigrations,
	playMigrations,
} from '../live/public.ts';
import { createOperatorProjection, createOperatorWords, journalMigrations, operatorMigrations } from '../operator/public.ts';
import { cartMigrations, createOrderProjection, type ExplainTransfer, orderMigrations } from '../order/public.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import { clusterMigrations } from '../platform/cluster/schema.ts';
import type { Migration } from '../platform/db/migrate.ts';
import type { IndexedContract } from '../platform/indexer/decode-log.ts';
import type { Projection } from '../platform/indexer/projection.ts';
import { indexerMigrations } from '../platform/indexer/schema.ts';
import { createReviewProjection, reviewMigrations } from '../review/public.ts';
import { createShopProjection, shopMigrations } from '../shop/public.ts';
import { createNotificationProjection, socialMigrations } from '../social/public.ts';
import { channelMigrations, createTabProjection, createTabWords, tabMigrations } from '../tab/public.ts';

/** In the order of the domains' levels. */
export const domainMigrations: readonly Migration[] = [
	...clusterMigrations,
	...indexerMigrations,
	...accountMigrations,
	...shopMigrations,
	...orderMigrations,
	...cartMigrations,
	...tabMigrations,
	...channelMigrations,
	...journalMigrations,
	...operatorMigrations,
	...disputeMigrations,
	...reviewMigrations,
	...liveMigrations,
	...auctionMigrations,
	...playMigrations,
	...governanceMigrations,
	...socialMigrations,
	...discoveryMigrations,
];

/** In the order of the domains' levels: a later one may read what an earlier one has just written. */
export function createProjections({ chainId, contracts }: Pick<Deployment, 'chainId' | 'contracts'>): Projection[] {
	const { court, jury, feeInsurance: insurance } = contracts;
	const [explainTab, explainOperator, explainPot] = [createTabWords(contracts.tabs), createOperatorWords(contracts.operators), createPlayWords(contracts.pots)];
	const explainAuction = createAuctionWords(contracts.auctions);
	const explainCourt = createTransferWords({ court, jury, insurance });
	const explain: ExplainTransfer = async (db, event) =>
		(await explainTab(db, event)) ??
		(await explainOperator(db, event)) ??
		(await explainAuction(db, event)) ??
		(await explainPot(db, event)) ??
		(await explainCourt(db, event));
	return [
		createAccountProjection(),
		createShopProjection(),
		createOrderProjection({ chainId, explain }),
		createTabProjection(),
		createOperatorProjection(),
		createDisputeProjection(),
		createReviewProjection(),
		createAuctionProjection(),
		createPlayProjection(),
		createGovernanceProjection(),
		createNotificationProjection(),
		createDiscoveryProjection(),
	];
}

/** The contracts whose events are folded; names are the prefixes of events. */
export function indexedContracts({ contracts }: Pick<Deployment, 'contracts'>): IndexedContract[] {
	return [
		{ name: 'Shop', address: contracts.shop, abi: shopAbi },
		{ name: 'Catalog', address: contracts.catalog, abi: catalogAbi },
		{ name: 'OrderBook', address: contracts.orderBook, abi: orderBookAbi },
		{ name: 'Tabs', address: contracts.tabs, abi: tabsAbi },
		{ name: 'Operators', address: contracts.operators, abi: operatorsAbi },
		{ name: 'Court', address: contracts.court, abi: courtAbi },
		{ name: 'Jury', address: contracts.jury, abi: juryAbi },
		{ name: 'FeeInsurance', address: contracts.feeInsurance, abi: feeInsuranceAbi },
		{ name: 'Auctions', address: contracts.auctions, abi: auctionsAbi },
		{ name: 'Pots', address: contracts.pots, abi: potsAbi },
		{ name: 'Reviews', address: contracts.reviews, abi: reviewsAbi },
		{ name: 'Recovery', address: contracts.recovery, abi: recoveryAbi },
		{ name: 'Parameters', address: contracts.parameters, abi: parametersAbi },
		{ name: 'Timelock', address: contracts.timelock, abi: timelockAbi },
	];
}
