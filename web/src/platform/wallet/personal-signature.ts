import { encodeMultiSignature, encodeWebAuthnSignature, type Viewer, webAuthnSignatureFromAssertion } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { personalSignDigest } from '@kaishi/protocol/platform/sealing';
import { type Hex, stringToHex } from 'viem';
import { askWallet } from './injected.ts';
import { assertPasskey } from './passkey.ts';
import { passkeyOf, walletHolding } from './session.ts';

/** Has the person sign a sentence that goes to no contract (EIP-191; accounts check it by ERC-1271). Throws `Refusal`. */
export async function signPersonally(viewer: Viewer, statement: string, market: MarketInfo): Promise<Hex> {
	if (viewer.kind === 'wallet') {
		const { provider } = await walletHolding(viewer.address);
		return askWallet<Hex>(provider, 'personal_sign', [stringToHex(statement), viewer.address]);
	}
	const { credentialId, signer } = await passkeyOf(viewer.address, viewer.credentialId);
	const assertion = await assertPasskey(personalSignDigest(statement, viewer.address, market.chainId), credentialId);
	return encodeMultiSignature([{ signer, signature: encodeWebAuthnSignature(webAuthnSignatureFromAssertion(assertion)) }]);
}
