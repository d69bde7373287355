import type { DeliveryDetails, OrderNote, OrderRole, ReasonNote, TrackingNote } from '@kaishi/protocol/order';
import { mayDownload, maySeeDelivery, maySeeNotes } from './access.ts';
import type { OrderContext } from './context.ts';
import { findDownload, findNote, findNotes, liveOffers } from './private-store.ts';
import type { OrderRow } from './query.ts';
import type { PrivateParts } from './view.ts';

/** What only an order's people see of it; empty for strangers. */
export async function privateParts(context: OrderContext, row: OrderRow, role: OrderRole | null): Promise<PrivateParts> {
	const { db } = context;
	const [delivery, notes, download, offers] = await Promise.all([
		maySeeDelivery(role) ? findNote<DeliveryDetails>(db, row.order_id, 'delivery', row.details_hash) : null,
		maySeeNotes(role) ? readNotes(context, row) : new Map<string, OrderNote>(),
		mayDownload(role, row) ? findDownload(db, row.listing_id) : null,
		maySeeDelivery(role) && row.deadline > 0 ? liveOffers(db, row.order_id, row.step, context.now()) : [],
	]);
	const reason = noteOf(notes, row.reason_hash);
	return {
		delivery,
		tracking: trackingOf(noteOf(notes, row.tracking_hash)),
		returnTracking: trackingOf(noteOf(notes, row.return_hash)),
		disputeReason: reason?.kind === 'reason' ? reason.reason : null,
		notes,
		offers,
		hasDownload: download !== null,
	};
}

const noteOf = (notes: Map<string, OrderNote>, hash: string | null) => (hash === null ? null : (notes.get(hash) ?? null));

function trackingOf(note: OrderNote | null): TrackingNote | null {
	return note?.kind === 'tracking' ? { carrier: note.carrier, number: note.number } : null;
}

/** Everything that was told, by hash. What no step brought to the chain is looked up by nobody. */
async function readNotes({ db, privateMedia }: OrderContext, row: OrderRow): Promise<Map<string, OrderNote>> {
	const stored = await findNotes(db, row.order_id);
	const cids = [...stored.values()].flatMap(({ kind, body }) => (kind === 'reason' ? ((body as ReasonNote).pictures ?? []) : []));
	const media = await privateMedia(cids);
	const notes = new Map<string, OrderNote>();
	for (const [hash, { kind, body }] of stored) {
		if (kind === 'tracking' || kind === 'return') notes.set(hash, { kind: 'tracking', ...(body as TrackingNote) });
		if (kind === 'reason') {
			const { reason, pictures = [] } = body as ReasonNote;
			notes.set(hash, { kind, reason, pictures: pictures.flatMap((cid) => media.get(cid) ?? []) });
		}
	}
	return notes;
}
