import {
	type DeliveryDetails,
	deadlineDefault,
	isOpen,
	nextActions,
	type OrderEventView,
	type OrderNote,
	type OrderRole,
	type OrderSlot,
	type OrderSummary,
	type OrderView,
	type SettlementOfferView,
	settle,
	type TrackingNote,
} from '@kaishi/protocol/order';
import type { MediaView } from '@kaishi/protocol/platform/media';
import { shopAccountOf } from '@kaishi/protocol/shop';
import { type Address, getAddress } from 'viem';
import { toProof } from '../platform/indexer/proof.ts';
import { describeVariant, type ListingVersion, pictureOf, type ShopName, versionKey } from '../shop/public.ts';
import { toOrder, toOrderWire } from './agreement.ts';
import type { OrderEventRow, OrderRow, ShareRow } from './query.ts';

/** What orders refer to, fetched for all of a page at once. */
export interface Surroundings {
	versions: Map<string, ListingVersion>;
	shops: Map<string, ShopName>;
	media: Map<string, MediaView>;
}

export function toOrderSummary(row: OrderRow, { versions, shops, media }: Surroundings): OrderSummary {
	const described = describeVariant(versions.get(versionKey(row.listing_id, row.version)), row.variant);
	return {
		id: row.order_id,
		state: row.state,
		deadline: row.deadline,
		placedAt: row.placed_at,
		quantity: Number(row.quantity),
		total: { currency: row.currency as Address, amount: row.total },
		listing: {
			id: row.listing_id,
			version: row.version,
			title: described.title,
			image: described.picture && pictureOf(described.picture, media),
			variant: described.variant,
			kind: described.kind,
		},
		shop: shops.get(row.shop_id) ?? { id: row.shop_id, slug: row.shop_id, name: { en: row.shop_id } },
		buyer: row.buyer as Address,
	};
}

/** What only parties see; all empty for strangers. */
export interface PrivateParts {
	delivery: DeliveryDetails | null;
	tracking: TrackingNote | null;
	disputeReason: string | null;
	returnTracking: TrackingNote | null;
	/** What was told with steps, by the hash that stands on the chain. */
	notes: Map<string, OrderNote>;
	offers: SettlementOfferView[];
	hasDownload: boolean;
}

export interface OrderFacts extends PrivateParts {
	events: OrderEventRow[];
	shares: ShareRow[];
	role: OrderRole | null;
	reviews: OrderView['reviews'];
	/** Whether the agreed arbitrator is a court, which takes a fee from both sides. */
	court: boolean;
	/** Chain time, Unix seconds. */
	now: number;
}

export function toSlot(row: OrderRow): OrderSlot {
	const { state, deadline, step, remedy, bps, exchanged, opener } = row;
	return { state, deadline, step, warrantyEnd: row.warranty_end, remedy, bps, byRight: row.by_right, exchanged, opener };
}

const isRequested = ({ state }: OrderRow) => state === 'requested' || state === 'returning' || state === 'returned' || state === 'replacing';

export function toOrderView(row: OrderRow, summary: OrderSummary, facts: OrderFacts): OrderView {
	const order = toOrder(row);
	const { subtotal } = settle(order);
	const { role, reviews } = facts;
	const slot = toSlot(row);
	const terms = { ...order.terms, court: facts.court };
	const reviewed = role === 'buyer' ? reviews.ofSeller !== null : reviews.ofBuyer !== null;
	const money = (amount: bigint) => ({ currency: order.terms.currency, amount: amount.toString() });
	return {
		...summary,
		order: toOrderWire(row),
		subtotal: money(subtotal),
		shipping: money(order.terms.shippingPrice),
		payouts: payoutsOf(row, facts.shares),
		events: facts.events.map((event) => toEventView(event, facts.notes)),
		role,
		step: row.step,
		court: facts.court,
		request: isRequested(row) ? { remedy: row.remedy, bps: row.bps, byRight: row.by_right } : null,
		held: money(BigInt(row.held)),
		underWarranty: row.warranty_end > 0,
		nextActions: nextActions({ slot, terms, reviewed }, role, facts.now),
		deadlineDefault: deadlineDefault(terms, slot),
		delivery: facts.delivery,
		tracking: facts.tracking,
		disputeReason: facts.disputeReason,
		returnTracking: facts.returnTracking,
		offers: facts.offers,
		hasDownload: facts.hasDownload,
		reviews,
	};
}

function toEventView(row: OrderEventRow, notes: PrivateParts['notes']): OrderEventView {
	const note = (row.note_hash && notes.get(row.note_hash)) || null;
	const view: OrderEventView = { kind: row.kind, by: row.by_account as Address, at: row.at, note, proof: toProof(row) };
	return {
		...view,
		...(row.cause !== null && { cause: row.cause }),
		...(row.deadline !== null && row.deadline > 0 && { deadline: row.deadline }),
		...(row.remedy !== null && row.bps !== null && { request: { remedy: row.remedy, bps: row.bps, byRight: row.by_right === true } }),
	};
}

/** What will be paid if it completes; once it has ended, what was. */
function payoutsOf(row: OrderRow, shares: readonly ShareRow[]): OrderView['payouts'] {
	const shopAccount = getAddress(shopAccountOf(BigInt(row.shop_id)));
	if (isOpen(row.state)) {
		const agreed = settle(toOrder(row), 0, row.warranty_end > 0 ? 'reserve' : 'all');
		const parts = agreed.shares.map(({ kind, account, amount }) => ({ kind, account, amount: amount.toString() }));
		return [{ kind: 'seller', account: shopAccount, amount: agreed.sellerAmount.toString() }, ...parts];
	}
	const payouts: OrderView['payouts'] = [
		{ kind: 'seller', account: shopAccount, amount: row.seller_amount ?? '0' },
		...shares.map((share) => ({ kind: share.kind, account: share.account as Address, amount: share.amount })),
		{ kind: 'buyer', account: row.buyer as Address, amount: row.buyer_amount ?? '0' },
	];
	return payouts.filter((payout) => payout.amount !== '0');
}
