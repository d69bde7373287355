import { type Address, type Hex, sha256, stringToHex } from 'viem';

/**
 * What a passkey signs to sign in: never the server's bytes themselves, which might be the hash of an operation that
 * would move money. `challenge` is the server's, in lower-case hex; `origin` is the page's own, not what the server says it is.
 * `account`: the account that the person wants to enter, where the passkey was let into one that is not its own. Without
 * the passkey's word nobody could be led into a stranger's account that named its public key as a signer.
 */
export function signInChallenge(origin: string, challenge: Hex, account?: Address): Hex {
	const wish = account === undefined ? '' : `\n${account.toLowerCase()}`;
	return sha256(stringToHex(`Kaishi sign-in\n${origin}\n${challenge}${wish}`));
}
