import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
	const { viewer, reads } = locals;
	const [recoveries, unread] = viewer ? await Promise.all([reads.account.pendingRecoveries(viewer.address), reads.social.unread(viewer.address)]) : [[], null];
	return {
		viewer,
		/** That the viewer may still stop: said loudly on every page. */
		recoveries,
		market: locals.market,
		theme: locals.theme,
		timeZone: locals.timeZone,
		unread,
		/** What the reader counts in, and the rates for it. */
		currency: locals.currency,
		rates: locals.rates,
	};
};
