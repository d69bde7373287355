import type { OrderProof } from '@kaishi/protocol/discovery';
import { orderBookDomain } from '@kaishi/protocol/order';
import { type Address, type Hex, keccak256 } from 'viem';
import { eventsOf, findOrder, toOrderWire } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Queryable } from '../platform/db/database.ts';
import { toProof } from '../platform/indexer/proof.ts';
import { listingVersions, versionKey } from '../shop/public.ts';
import { readRawLogs } from './raw-logs.ts';

export interface ProofContext {
	db: Queryable;
	chain: Pick<Chain, 'request' | 'chainId'>;
	orderBook: Address;
}

/** Everything an auditor needs to check one order without us: the raw logs come from the chain, not from our tables. */
export async function readOrderProof({ db, chain, orderBook }: ProofContext, orderId: Hex): Promise<OrderProof | null> {
	const order = await findOrder(db, orderId.toLowerCase());
	if (!order) return null;
	const [events, versions] = await Promise.all([eventsOf(db, order.order_id), listingVersions(db, [{ listingId: order.listing_id, version: order.version }])]);
	const listing = versions.get(versionKey(order.listing_id, order.version));
	if (!listing) return null;
	const proofs = events.map(toProof);
	const raw = await readRawLogs(chain, proofs);
	return {
		orderId: order.order_id,
		state: order.state,
		steps: proofs.flatMap((proof) => {
			const log = raw.get(proof);
			return log ? [{ proof, raw: log }] : [];
		}),
		listing: {
			listingId: order.listing_id,
			version: order.version,
			proof: listing.proof,
			content: listing.contentBytes.toString('utf8'),
			contentHash: keccak256(listing.contentBytes),
		},
		typedData: { domain: orderBookDomain(chain.chainId, orderBook), message: toOrderWire(order) },
	};
}
