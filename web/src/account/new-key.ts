import type { Hex } from 'viem';

/** A passkey that was just made on this device and opens nothing yet. */
export interface NewKey {
	credentialId: string;
	signer: Hex;
	name: string;
}
