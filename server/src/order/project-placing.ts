import { type OrderWire, orderIdFrom, termsFromWire, termsHashOf } from '@kaishi/protocol/order';
import { listingOfOffer, shopAccountOf, shopOfListing, variantOfOffer } from '@kaishi/protocol/shop';
import { type Address, getAddress, type Hex } from 'viem';
import { keccakHex } from '../platform/crypto/keccak.ts';
import type { Queryable } from '../platform/db/database.ts';
import type { ChainEvent, Fold } from '../platform/indexer/projection.ts';
import { PROOF_COLUMNS, PROOF_RECORD, proofRecord } from '../platform/indexer/proof.ts';
import { publishedTerms } from '../shop/public.ts';
import { BOOKED } from './ledger.ts';

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

type Placing = ChainEvent<Placed>;

/** Terms as published, as they stand in tables, and their hash. */
interface Published {
	wire: OrderWire['terms'];
	hash: Hex;
}

const MAX_REMEMBERED = 2000;

/** What orders of one version of an offer have in common, and each order; both as JSON. */
const PLACE = `with agreed as (
		select * from json_to_recordset($1::json) as a (offer text, offer_id numeric, listing_id numeric, shop_id numeric, shop_account text, variant integer,
			version bigint, terms text, currency text, arbitrator text, state text)
	), placed as (
		select * from json_to_recordset($2::json) as p (offer text, order_id text, buyer text, quantity numeric, affiliate text, fee_bps integer, total numeric,
			deadline bigint, details_hash text, valid_before numeric, salt text, ${PROOF_RECORD}) join agreed using (offer)
	), stepped as (
		insert into "order".events (order_id, kind, by_account, ${PROOF_COLUMNS}) select order_id, 'placed', buyer, ${PROOF_COLUMNS} from placed
	), moved as (
		select buyer as account, currency, -sum(total) as amount from placed group by buyer, currency
	), ${BOOKED}, explained as (
		insert into "order".ledger (account, currency, amount, kind, order_id, ${PROOF_COLUMNS})
		select buyer, currency, -total, 'payment', order_id, ${PROOF_COLUMNS} from placed
	)
	insert into "order".orders (order_id, buyer, placed_at, currency, total, offer_id, listing_id, shop_id, shop_account, variant, version, terms, arbitrator,
		quantity, affiliate, fee_bps, details_hash, valid_before, salt, state, deadline, held, ${PROOF_COLUMNS})
	select order_id, buyer, at, currency, total, offer_id, listing_id, shop_id, shop_account, variant, version, terms, arbitrator,
		quantity, affiliate, fee_bps, details_hash, valid_before, salt, state, deadline, total, ${PROOF_COLUMNS} from placed`;

/** Rebuilds orders from their events and the terms published in that version, and proves each by its id. */
export function createPlacing(chainId: number): Fold {
	// Safe across reorganisations: the id that is checked below binds every term.
	const remembered = new Map<string, Published>();
	const matches = ({ args, address }: Placing, terms: Published) => orderIdFrom(args, terms.hash, chainId, address, keccakHex) === args.orderId;
	/** As listed, or, of an order that an auction's winner has, at the price that the bids have found: the id says which. */
	const agreedTerms = (event: Placing, wire: OrderWire['terms']): Published | null => {
		const listed = { wire, hash: termsHashOf(termsFromWire(wire), keccakHex) };
		if (matches(event, listed)) return listed;
		if (event.args.quantity !== 1n) return null;
		const atPrice = { ...wire, unitPrice: (event.args.total - BigInt(wire.shippingPrice)).toString() };
		const won = { wire: atPrice, hash: termsHashOf(termsFromWire(atPrice), keccakHex) };
		return matches(event, won) ? won : null;
	};
	const termsOf = async (db: Queryable, event: Placing): Promise<Published> => {
		const { offerId, version, orderId } = event.args;
		const key = keyOf(event.args);
		const known = remembered.get(key);
		if (known && matches(event, known)) return known;
		const wire = await publishedTerms(db, listingOfOffer(offerId).toString(), version, variantOfOffer(offerId));
		const found = wire && agreedTerms(event, wire);
		// A page must bring back exactly what was agreed; a rebuilt order with another id never could.
		if (!found) throw new Error(`offer ${offerId} version ${version} does not give order ${orderId}`);
		if (remembered.size >= MAX_REMEMBERED) remembered.clear();
		remembered.set(key, found);
		return found;
	};
	return {
		async apply(db, events: readonly Placing[]) {
			const offers = new Map<string, Record<string, unknown>>();
			for (const event of events) {
				const terms = await termsOf(db, event);
				const key = keyOf(event.args);
				if (!offers.has(key)) offers.set(key, offerRecord(key, event.args, terms.wire));
			}
			await db.query(PLACE, [JSON.stringify([...offers.values()]), JSON.stringify(events.map(orderRecord))]);
		},
	};
}

/** A single piece may have been won at an auction: its price then is its own. */
const keyOf = ({ offerId, version, quantity, total }: Placed) => `${offerId}/${version}/${quantity === 1n ? total : 'listed'}`;

function offerRecord(offer: string, { offerId, version }: Placed, terms: OrderWire['terms']): Record<string, unknown> {
	const listingId = listingOfOffer(offerId);
	const shopId = shopOfListing(listingId);
	return {
		offer,
		offer_id: offerId.toString(),
		listing_id: listingId.toString(),
		shop_id: shopId.toString(),
		shop_account: getAddress(shopAccountOf(shopId)),
		variant: variantOfOffer(offerId),
		version,
		terms: JSON.stringify(terms),
		currency: terms.currency,
		arbitrator: terms.arbitrator,
		// As in OrderBook.sol: nothing to ship means delivered at purchase.
		state: terms.shipBySeconds === 0 ? 'shipped' : 'placed',
	};
}

function orderRecord(event: Placing): Record<string, unknown> {
	const { args } = event;
	return {
		offer: keyOf(args),
		order_id: args.orderId,
		buyer: args.buyer,
		quantity: args.quantity.toString(),
		affiliate: args.affiliate,
		fee_bps: args.feeBps,
		total: args.total.toString(),
		deadline: args.deadline,
		details_hash: args.detailsHash,
		valid_before: args.validBefore.toString(),
		salt: args.salt,
		...proofRecord(event),
	};
}
