import type { Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { type ListingView, sequenceOfListing } from '@kaishi/protocol/shop';
import { api } from '#platform/api/client.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import { publishListing } from './calls.ts';
import { contentOfDraft, type ListingDraft, offersOfDraft } from './listing-draft.ts';
import { writeStock } from './stock-edits.ts';

/**
 * Publishing sets every stock anew, so sales since the page was opened must not be undone: rows whose stock nobody
 * touched take what is left now. Rows are matched by place and name.
 */
export function withFreshStock(draft: ListingDraft, opened: ListingView, fresh: ListingView): ListingDraft {
	const rows = draft.rows.map((row, i) => {
		const [before, now] = [opened.offers[i], fresh.offers[i]];
		const same = before && now && JSON.stringify(before.values) === JSON.stringify(row.values) && JSON.stringify(now.values) === JSON.stringify(row.values);
		return same && row.stock.trim() === writeStock(before.stock) ? { ...row, stock: writeStock(now.stock) } : row;
	});
	return { ...draft, rows };
}

/** The house court, unless this market no longer lets new orders name it. */
const defaultArbitrator = ({ arbitrators, contracts }: MarketInfo) =>
	arbitrators.find((one) => one.toLowerCase() === contracts.court.toLowerCase()) ?? arbitrators[0];

/** Signs and publishes; the draft must be free of problems. Throws `Refusal`. */
export async function publishDraft(signer: Signer, market: MarketInfo, shopId: string, draft: ListingDraft, opened: ListingView | null): Promise<Relayed> {
	const currency = market.currencies.find((c) => c.address.toLowerCase() === draft.currency.toLowerCase());
	const arbitrator = opened?.offers[0]?.terms.arbitrator ?? defaultArbitrator(market);
	if (!currency || !arbitrator) throw new RangeError('the market names no such currency, or no arbitrator');
	const current = opened ? withFreshStock(draft, opened, await api.get<ListingView>(`/api/listings/${opened.id}`)) : draft;
	const { terms, stocks } = offersOfDraft(current, currency.decimals, arbitrator);
	const sequence = opened ? sequenceOfListing(BigInt(opened.id)) : 0;
	return signer.call([publishListing(market, shopId, sequence, contentOfDraft(current), terms, stocks)]);
}
