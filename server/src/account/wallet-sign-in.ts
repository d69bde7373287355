import type { Viewer, WalletSignIn } from '@kaishi/protocol/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, encodeFunctionData, getAddress, type Hex, hashMessage, parseAbi, recoverMessageAddress } from 'viem';
import { parseSiweMessage } from 'viem/siwe';
import type { Chain } from '../platform/chain/chain.ts';
import { hasCode } from '../platform/chain/create2.ts';
import { READ_GAS } from '../platform/chain/read-contract.ts';
import { RpcError } from '../platform/chain/rpc-error.ts';
import { takeChallenge } from './challenges.ts';
import type { AccountContext } from './context.ts';

const erc1271 = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']);
const VALID = '0x1626ba7e';
/** How far a wallet's clock may be off; the challenge itself lives five minutes. Seconds. */
const CLOCK_TOLERANCE = 3600;

/**
 * Sign-In with Ethereum (EIP-4361): domain, origin, chain, nonce and time must be ours, the signature the address's
 * own, by key or by contract (ERC-1271). Refuses with `Session_*`.
 */
export async function signInWithWallet({ db, chain, publicUrl }: AccountContext, { message, signature }: WalletSignIn): Promise<Viewer> {
	const parsed = parseSiweMessage(message);
	const { address, nonce, domain, uri, version, chainId } = parsed;
	if (address === undefined || nonce === undefined || version !== '1') throw new Refusal('Session_InvalidMessage', 'invalid');
	await takeChallenge(db, { nonce });
	const site = new URL(publicUrl);
	// The whole origin, not only the host: a page served without encryption is another site.
	if (domain !== site.host || uri === undefined || originOf(uri) !== site.origin || (parsed.scheme !== undefined && `${parsed.scheme}:` !== site.protocol))
		throw new Refusal('Session_WrongOrigin', 'forbidden');
	if (chainId !== chain.chainId) throw new Refusal('Session_WrongChain', 'invalid', { given: String(chainId), wanted: String(chain.chainId) });
	requireTime(parsed, chain.now());
	const signer = getAddress(address);
	if (!(await isSignedBy(chain, signer, message, signature))) throw new Refusal('Session_InvalidSignature', 'unauthenticated');
	return { address: signer, kind: 'wallet', credentialId: null };
}

function requireTime({ issuedAt, notBefore, expirationTime }: { issuedAt?: Date; notBefore?: Date; expirationTime?: Date }, now: number) {
	const seconds = (date: Date) => date.getTime() / 1000;
	// Written so that dates which are none do not pass.
	const early = notBefore !== undefined && !(seconds(notBefore) <= now);
	const late = expirationTime !== undefined && !(seconds(expirationTime) > now);
	const odd = issuedAt === undefined || !(Math.abs(seconds(issuedAt) - now) <= CLOCK_TOLERANCE);
	if (early || late || odd) throw new Refusal('Session_WrongTime', 'unauthenticated');
}

async function isSignedBy(chain: Chain, address: Address, message: string, signature: Hex): Promise<boolean> {
	const recovered = await recoverMessageAddress({ message, signature }).catch(() => null);
	if (recovered === address) return true;
	if (!(await hasCode(chain, address))) return false;
	const data = encodeFunctionData({ abi: erc1271, functionName: 'isValidSignature', args: [hashMessage(message), signature] });
	try {
		const answer = await chain.request<Hex>('eth_call', [{ to: address, data, gas: READ_GAS }, 'latest']);
		return answer.length === 66 && answer.startsWith(VALID);
	} catch (error) {
		// A contract that reverts did not sign; a chain that cannot be reached must not look like that.
		if (error instanceof RpcError) return false;
		throw error;
	}
}

function originOf(uri: string): string | null {
	return URL.canParse(uri) ? new URL(uri).origin : null;
}
