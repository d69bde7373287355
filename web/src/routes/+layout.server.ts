import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => ({
	viewer: locals.viewer,
	/** Recoveries that the viewer may still stop: said loudly on every page. */
	recoveries: locals.viewer ? await locals.reads.account.pendingRecoveries(locals.viewer.address) : [],
	market: locals.market,
	theme: locals.theme,
	timeZone: locals.timeZone,
	unread: locals.viewer ? await locals.reads.social.unread(locals.viewer.address) : null,
	/** What the reader counts in, and the rates for it. */
	currency: locals.currency,
	rates: locals.rates,
});
