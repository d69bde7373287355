import type { Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { readingKeyStatement } from '@kaishi/protocol/platform/sealing';
import { type Address, createPublicClient, type Hex, hashMessage, http, isAddressEqual, parseAbi, recoverMessageAddress } from 'viem';
import { signPersonally } from '../wallet/personal-signature.ts';

/** Has the person sign that sealed files for them are for this key. Throws `Refusal`. */
export const signReadingKey = (viewer: Viewer, publicKey: Hex, market: MarketInfo): Promise<Hex> =>
	signPersonally(viewer, readingKeyStatement(viewer.address, publicKey, market.chainId), market);

const ERC1271 = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']);
const MAGIC = '0x1626ba7e';

/** Whether the account signed that this key is its own: asked of the chain, so that no server can slip in a key of its own. */
export async function isSignedKey(key: { account: Address; publicKey: Hex; signature: Hex }, market: MarketInfo): Promise<boolean> {
	const message = readingKeyStatement(key.account, key.publicKey, market.chainId);
	const client = createPublicClient({ transport: http(market.rpcUrl) });
	try {
		if ((await client.getCode({ address: key.account })) === undefined)
			return isAddressEqual(await recoverMessageAddress({ message, signature: key.signature }), key.account);
		const args = [hashMessage(message), key.signature] as const;
		return (await client.readContract({ address: key.account, abi: ERC1271, functionName: 'isValidSignature', args })) === MAGIC;
	} catch {
		return false;
	}
}
