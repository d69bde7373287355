import type { ListingDraft } from './listing-draft.ts';

/** A draft as kept on this device. */
interface Kept {
	savedAt: number;
	draft: ListingDraft;
}

const keyOf = (shopId: string, listingId: string | null) => `kaishi.draft.${shopId}.${listingId ?? 'new'}`;

/** Storage may be full or forbidden; then the draft lives as long as the page. */
export function keepDraft(shopId: string, listingId: string | null, draft: ListingDraft, now: number): boolean {
	try {
		localStorage.setItem(keyOf(shopId, listingId), JSON.stringify({ savedAt: now, draft } satisfies Kept));
		return true;
	} catch {
		return false;
	}
}

/** Null when there is none, or one of an older shape. */
export function findDraft(shopId: string, listingId: string | null): Kept | null {
	try {
		const kept = JSON.parse(localStorage.getItem(keyOf(shopId, listingId)) ?? 'null') as Kept | null;
		return kept &&
			Array.isArray(kept.draft?.rows) &&
			Array.isArray(kept.draft.policy?.splits) &&
			typeof kept.draft.policy.returnParcel === 'string' &&
			Array.isArray(kept.draft.pictures) &&
			typeof kept.draft.perAccount === 'string' &&
			Array.isArray(kept.draft.goods?.size)
			? kept
			: null;
	} catch {
		return null;
	}
}

export function dropDraft(shopId: string, listingId: string | null): void {
	try {
		localStorage.removeItem(keyOf(shopId, listingId));
	} catch {
		return;
	}
}
