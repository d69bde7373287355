import type { Relayed } from '@kaishi/protocol/account';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { type Address, encodeEventTopics, type Hex, hexToBigInt, isAddressEqual } from 'viem';
import type { Deployment } from '../chain/deployment.ts';
import type { Log } from './dispatcher.ts';

const topicOf = (topics: readonly unknown[]) => topics[0] as Hex;
const SHOP_OPENED = topicOf(encodeEventTopics({ abi: shopAbi, eventName: 'ShopOpened' }));
const LISTING_PUBLISHED = topicOf(encodeEventTopics({ abi: catalogAbi, eventName: 'ListingPublished' }));
export const ORDER_PLACED = topicOf(encodeEventTopics({ abi: orderBookAbi, eventName: 'OrderPlaced' }));

/** Ids that the logs announce, each by the contract that may announce it. */
export function createdIn(logs: readonly Log[], contracts: Deployment['contracts']): Relayed['created'] {
	const firstTopics = (address: Address, topic: Hex) =>
		logs.filter((log) => log.topics[0] === topic && isAddressEqual(log.address, address)).flatMap((log) => log.topics.slice(1, 2));
	return {
		shopIds: firstTopics(contracts.shop, SHOP_OPENED).map((id) => hexToBigInt(id).toString()),
		listingIds: firstTopics(contracts.catalog, LISTING_PUBLISHED).map((id) => hexToBigInt(id).toString()),
		orderIds: firstTopics(contracts.orderBook, ORDER_PLACED),
	};
}
