import type { OfferLeft } from '@kaishi/protocol/operator';
import { api } from '#platform/api/client.ts';
import { chance } from '#platform/chance.ts';
import { subscribe } from '#platform/socket/socket.ts';

/** Between two questions, milliseconds, and by chance up to half as long again: a whole audience asks. */
const CALM_MS = 4000;

/** Tells what of an offer can still be promised, again and again while the page is looked at; returns how to stop. */
export function watchLeft(offerId: string, listingId: string, tell: (left: OfferLeft) => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let news = true;
	let stopped = false;
	const ask = async () => {
		clearTimeout(timer);
		if (document.visibilityState === 'visible' && news) {
			// Nothing is lost when it is not answered: what was said last stays.
			const left = await api.get<OfferLeft>(`/api/offers/${offerId}/left`).catch(() => null);
			if (stopped) return;
			if (left) tell(left);
			// Promises come before the chain's news: while somebody buys, asking goes on without any.
			news = left === null || left.waiting > 0 || left.left !== '0';
		}
		timer = setTimeout(() => void ask(), CALM_MS * (1 + chance() / 2));
	};
	const stopNews = subscribe(`listing:${listingId}`, () => {
		news = true;
	});
	void ask();
	return () => {
		stopped = true;
		clearTimeout(timer);
		stopNews();
	};
}
