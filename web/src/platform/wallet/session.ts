import type { AccountView, Challenge, RegisteredPasskey, Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address, Hex } from 'viem';
import { api } from '../api/client.ts';
import { type KnownPasskey, knownPasskeyOf, knownWallet, rememberPasskey, rememberWallet } from './device.ts';
import { askWallet, discoverWallets, type InjectedWallet } from './injected.ts';
import { assertPasskey, createCredential } from './passkey.ts';
import type { Signer } from './signer.ts';

/**
 * Makes an account with a new passkey. It exists on the chain from its first operation on, which also signs the browser in.
 * On a chain of test money a first allowance is asked for at once.
 */
export async function createPasskeyAccount(label: string, market: MarketInfo): Promise<KnownPasskey> {
	const credential = await createCredential(label);
	const { address, signer } = await api.post<RegisteredPasskey>('/api/passkeys', { ...credential, label });
	const passkey = { credentialId: credential.credentialId, address, signer };
	rememberPasskey(passkey);
	if (market.embedded) await askForTestMoney(address);
	return passkey;
}

/**
 * The account of a passkey that this browser made earlier, for paying without signing in first. Named again, so that
 * an operator who has not met it (a new one, or one that lost its tables) knows whose signature comes.
 */
export async function recallPasskeyAccount(known: KnownPasskey, label: string): Promise<KnownPasskey> {
	// ERC-7913: 20 bytes of verifier, then x and y.
	const point = known.signer.slice(42);
	const publicKey = { x: `0x${point.slice(0, 64)}`, y: `0x${point.slice(64)}` };
	const { credentialId, address: account } = known;
	const { address, signer } = await api.post<RegisteredPasskey>('/api/passkeys', { credentialId, publicKey, label, account });
	const passkey = { credentialId, signer, address: address !== account && (await isSignerOf(account, signer)) ? account : address };
	rememberPasskey(passkey);
	return passkey;
}

/** Whether a key was let into an account that is not its own: only the chain knows. */
async function isSignerOf(account: Address, signer: Hex): Promise<boolean> {
	const { deployed, signers } = await api.get<AccountView>(`/api/accounts/${account}`);
	return deployed && signers.includes(signer.toLowerCase() as Hex);
}

/** What an account holds of a currency outside the market, in base units. */
export async function heldBy(account: Address, currency: Address): Promise<bigint> {
	const { held } = await api.get<AccountView>(`/api/accounts/${account}`);
	return BigInt(held.find((entry) => entry.currency.toLowerCase() === currency.toLowerCase())?.amount ?? 0);
}

/** Test money for an account; a refusal means it has had its share, which is no failure. */
export async function askForTestMoney(account: Address): Promise<boolean> {
	try {
		await api.post('/api/faucet', { account });
		return true;
	} catch (error) {
		if (error instanceof Refusal && /^Faucet_/.test(error.code)) return false;
		throw error;
	}
}

/**
 * Signs in with a passkey: the named one, or whichever of this site's the person picks. Starts a session.
 * `account`: the one to enter, where the passkey was let into one that is not its own; it is part of what is signed.
 */
export async function signInWithPasskey(credentialId?: string, account?: Address): Promise<{ viewer: Viewer; passkey: KnownPasskey }> {
	const [{ challenge }, { signInChallenge }] = await Promise.all([api.post<Challenge>('/api/session/challenge'), import('./sign-in-challenge.ts')]);
	const assertion = await assertPasskey(signInChallenge(location.origin, challenge, account), credentialId);
	const viewer = await api.post<Viewer>('/api/session/passkey', { challenge, ...assertion, ...(account ? { account } : {}) });
	return { viewer, passkey: await passkeyOf(viewer.address, assertion.credentialId) };
}

/** The passkey by which an account signs here. */
export async function passkeyOf(address: Address, credentialId: string | null): Promise<KnownPasskey> {
	const known = knownPasskeyOf(address);
	if (known && (!credentialId || known.credentialId === credentialId)) return known;
	const account = await api.get<AccountView>(`/api/accounts/${address}`);
	const listed = account.passkeys.find((p) => p.credentialId === credentialId) ?? account.passkeys[0];
	if (!listed) throw new Refusal('Passkey_Unknown', 'notFound');
	const passkey = { credentialId: listed.credentialId, address, signer: listed.signer };
	rememberPasskey(passkey);
	return passkey;
}

/** EIP-4361 with an injected wallet. Starts a session. */
export async function signInWithWallet(wallet: InjectedWallet, market: MarketInfo): Promise<Viewer> {
	const [account] = await askWallet<Address[]>(wallet.provider, 'eth_requestAccounts');
	if (!account) throw new Refusal('Wallet_Rejected', 'forbidden');
	const [{ challenge }, { createSiweMessage, getAddress, stringToHex }] = await Promise.all([
		api.post<Challenge>('/api/session/challenge'),
		import('./siwe.ts'),
	]);
	const message = createSiweMessage({
		address: getAddress(account),
		chainId: market.chainId,
		domain: location.host,
		nonce: challenge.slice(2, 34),
		uri: location.origin,
		version: '1',
		issuedAt: new Date(Date.now() + market.clockOffset * 1000),
	});
	const signature = await askWallet<`0x${string}`>(wallet.provider, 'personal_sign', [stringToHex(message), account]);
	const viewer = await api.post<Viewer>('/api/session/wallet', { message, signature });
	rememberWallet(wallet.info.rdns);
	return viewer;
}

export async function signOut(): Promise<void> {
	await api.delete('/api/session');
}

/** How the signed-in person signs. Loads the chain library; call it on first intent. */
export async function signerOf(viewer: Pick<Viewer, 'address' | 'kind' | 'credentialId'>, market: MarketInfo): Promise<Signer> {
	if (viewer.kind === 'passkey') return passkeySigner(await passkeyOf(viewer.address, viewer.credentialId), market);
	const [{ WalletSigner }, wallet] = await Promise.all([import('./wallet-signer.ts'), walletHolding(viewer.address)]);
	return new WalletSigner(viewer.address, wallet.provider, market);
}

export async function passkeySigner(passkey: KnownPasskey, market: MarketInfo): Promise<Signer> {
	const { PasskeySigner } = await import('./passkey-signer.ts');
	return new PasskeySigner(passkey, market);
}

/** The wallet that holds an address. */
export async function walletHolding(address: Address): Promise<InjectedWallet> {
	const wallets = await discoverWallets();
	const rdns = knownWallet();
	const wallet = wallets.find((w) => w.info.rdns === rdns) ?? wallets[0];
	if (!wallet) throw new Refusal('Wallet_None', 'unavailable');
	const accounts = await askWallet<Address[]>(wallet.provider, 'eth_requestAccounts');
	if (!accounts.some((account) => account.toLowerCase() === address.toLowerCase())) throw new Refusal('Wallet_WrongAccount', 'conflict', { address });
	return wallet;
}
