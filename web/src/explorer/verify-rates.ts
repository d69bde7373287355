import { rateTableHash } from '@kaishi/protocol/platform/rate-signing';
import type { SignedRateTable } from '@kaishi/protocol/platform/rates';
import { isAddressEqual, recoverAddress } from 'viem';

// Loads the chain library, so it is imported when somebody wants to check.

/** Whether the table is exactly what its signer signed for this chain. */
export async function isSignedAsSaid({ table, signer, signature }: SignedRateTable, chainId: number): Promise<boolean> {
	try {
		return isAddressEqual(await recoverAddress({ hash: rateTableHash(table, chainId), signature }), signer);
	} catch {
		// No signature at all.
		return false;
	}
}
