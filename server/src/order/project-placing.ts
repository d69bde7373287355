import { type Order, type OrderWire, orderIdOf, termsFromWire } from '@kaishi/protocol/order';
import { listingOfOffer, shopAccountOf, shopOfListing, variantOfOffer } from '@kaishi/protocol/shop';
import { type Address, getAddress, type Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS } from '../platform/indexer/proof.ts';
import { publishedTerms } from '../shop/public.ts';
import { STEPPED, stepParams } from './project-step.ts';

interface Placed {
	orderId: Hex;
	offerId: bigint;
	buyer: Address;
	version: number;
	quantity: bigint;
	affiliate: Address;
	feeBps: number;
	total: bigint;
	deadline: number;
	detailsHash: Hex;
	validBefore: bigint;
	salt: Hex;
}

type Placing = (db: Queryable, event: ChainEvent<Placed>) => Promise<void>;

const MAX_REMEMBERED = 2000;

const PLACE = `with ${STEPPED}, booked as (
		insert into "order".balances (account, currency, amount) values ($3, $12, -$13::numeric)
		on conflict (account, currency) do update set amount = "order".balances.amount + excluded.amount
	), explained as (
		insert into "order".ledger (account, currency, amount, kind, order_id, ${PROOF_COLUMNS})
		values ($3, $12, -$13::numeric, 'payment', $1, $5, $6, $7, $8, $9, $10, $11)
	)
	insert into "order".orders (order_id, buyer, placed_at, currency, total, offer_id, listing_id, shop_id, shop_account, variant, version, terms, arbitrator,
		quantity, affiliate, fee_bps, details_hash, valid_before, salt, state, deadline, held, ${PROOF_COLUMNS})
	values ($1, $3, $9, $12, $13::numeric, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $13::numeric, $5, $6, $7, $8, $9, $10, $11)`;

/** Rebuilds each order from its event and the terms published in that version, and proves it by the order's id. */
export function createPlacing(chainId: number): Placing {
	// Safe across reorganisations: the id that is checked below binds every term.
	const remembered = new Map<string, OrderWire['terms']>();
	return async (db, event) => {
		const { args } = event;
		const listingId = listingOfOffer(args.offerId);
		const variant = variantOfOffer(args.offerId);
		const key = `${args.offerId}/${args.version}`;
		const matches = (terms: OrderWire['terms']) => orderIdOf({ ...args, terms: termsFromWire(terms) } satisfies Order, chainId, event.address) === args.orderId;
		let terms = remembered.get(key);
		if (!terms || !matches(terms)) {
			terms = (await publishedTerms(db, listingId.toString(), args.version, variant)) ?? undefined;
			// A page must bring back exactly what was agreed; a rebuilt order with another id never could.
			if (!terms || !matches(terms)) throw new Error(`offer ${args.offerId} version ${args.version} does not give order ${args.orderId}`);
			if (remembered.size >= MAX_REMEMBERED) remembered.clear();
			remembered.set(key, terms);
		}
		await db.query(PLACE, [
			...stepParams(event, { orderId: args.orderId, kind: 'placed', by: args.buyer }),
			terms.currency,
			args.total.toString(),
			args.offerId.toString(),
			listingId.toString(),
			shopOfListing(listingId).toString(),
			getAddress(shopAccountOf(shopOfListing(listingId))),
			variant,
			args.version,
			JSON.stringify(terms),
			terms.arbitrator,
			args.quantity.toString(),
			args.affiliate,
			args.feeBps,
			args.detailsHash,
			args.validBefore.toString(),
			args.salt,
			// As in OrderBook.sol: nothing to ship means delivered at purchase.
			terms.shipBySeconds === 0 ? 'shipped' : 'placed',
			args.deadline,
		]);
	};
}
