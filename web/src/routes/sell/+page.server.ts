import type { PageServerLoad } from './$types';

/** Own shops and those worked for, then those owned together with others; shows of other shops that one was named for. */
export const load: PageServerLoad = async ({ locals }) => {
	const { viewer, reads } = locals;
	if (!viewer) return { shops: [], invitations: [] };
	const [mine, treasuries, invitations] = await Promise.all([
		reads.shop.shopsOf(viewer.address),
		reads.account.treasuriesOf(viewer),
		reads.live.invitationsOf(viewer.address),
	]);
	const owned = (await Promise.all(treasuries.map(({ address }) => reads.shop.shopsOf(address)))).flat().filter(({ owner }) => owner);
	const together = owned.map((entry) => ({ ...entry, owner: false, together: true }));
	const known = new Set(together.map(({ shop }) => shop.id));
	return { shops: [...mine.filter(({ shop }) => !known.has(shop.id)).map((entry) => ({ ...entry, together: false })), ...together], invitations };
};
