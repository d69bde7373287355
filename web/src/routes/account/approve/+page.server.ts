import { signerFromLink } from '#domain/account/keys.ts';
import type { PageServerLoad } from './$types';

/** What another device's link asks for: its key, what it is called, and where it waits. */
export const load: PageServerLoad = ({ locals, url }) => {
	const signer = signerFromLink(url.searchParams.get('key'), locals.market.contracts.webAuthnVerifier);
	const request = url.searchParams.get('request') ?? '';
	const name = (url.searchParams.get('name') ?? '').slice(0, 60);
	return { asked: signer && /^[\w-]{22}$/.test(request) ? { signer, request, name } : null };
};
