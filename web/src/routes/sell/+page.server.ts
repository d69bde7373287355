import type { PageServerLoad } from './$types';

/** Own shops and those worked for, then those owned together with others. */
export const load: PageServerLoad = async ({ locals }) => {
	const { viewer, reads } = locals;
	if (!viewer) return { shops: [] };
	const [mine, treasuries] = await Promise.all([reads.shop.shopsOf(viewer.address), reads.account.treasuriesOf(viewer)]);
	const owned = (await Promise.all(treasuries.map(({ address }) => reads.shop.shopsOf(address)))).flat().filter(({ owner }) => owner);
	const together = owned.map((entry) => ({ ...entry, owner: false, together: true }));
	const known = new Set(together.map(({ shop }) => shop.id));
	return { shops: [...mine.filter(({ shop }) => !known.has(shop.id)).map((entry) => ({ ...entry, together: false })), ...together] };
};
