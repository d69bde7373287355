import { type Hex, sha256, stringToHex } from 'viem';

/**
 * What a passkey signs to sign in: never the server's bytes themselves, which might be the hash of an operation that
 * would move money. `challenge` is the server's, in lower-case hex; `origin` is the page's own, not what the server says it is.
 */
export function signInChallenge(origin: string, challenge: Hex): Hex {
	return sha256(stringToHex(`Kaishi sign-in\n${origin}\n${challenge}`));
}
