import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
	viewer: locals.viewer,
	market: locals.market,
	theme: locals.theme,
	timeZone: locals.timeZone,
	/** What the reader counts in, and the rates for it. */
	currency: locals.currency,
	rates: locals.rates,
});
