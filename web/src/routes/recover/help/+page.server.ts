import type { LocalText } from '@kaishi/protocol/platform/local-text';
import { type Address, isAddress } from 'viem';
import { signerFromLink } from '#domain/account/keys.ts';
import type { PageServerLoad } from './$types';

/** What a guardian's link asks for: which account, which new key, and what the key was called. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { reads, market } = locals;
	const address = url.searchParams.get('account') ?? '';
	const signer = signerFromLink(url.searchParams.get('key'), market.contracts.webAuthnVerifier);
	const name = (url.searchParams.get('name') ?? '').slice(0, 60);
	if (!isAddress(address, { strict: false }) || !signer) return { asked: null };
	const [account, shops] = await Promise.all([reads.account.account(address as Address), reads.shop.shopsOf(address as Address)]);
	return {
		asked: {
			account: { ...account, passkeys: [] },
			shops: shops.filter(({ owner }) => owner).map(({ shop }): { slug: string; name: LocalText } => ({ slug: shop.slug, name: shop.name })),
			signer,
			name,
		},
	};
};
