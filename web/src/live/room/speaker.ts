import type { Viewer } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { lineBytes, type SignedLine, SPEAKER_SECONDS, type SpeakerView, speakerStatement } from '@kaishi/protocol/live';
import type { Hex } from 'viem';
import { api } from '#platform/api/client.ts';
import { chainNow } from '#platform/chain-clock.svelte.ts';
import { bytesToHex, randomHex } from '#platform/wallet/bytes.ts';
import { signPersonally } from '#platform/wallet/personal-signature.ts';
import type { Signer } from '#platform/wallet/signer.ts';

/** The key that this browser speaks with in live rooms. Its private half cannot be read by anybody, this page included. */
export interface Speaker {
	account: string;
	keys: CryptoKeyPair;
	publicKey: Hex;
	/** What rooms call the person. */
	name: string;
	/** Unix seconds. */
	until: number;
}

const DATABASE = 'kaishi-live';
const STORE = 'speakers';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
/** A key that ends so soon is made anew before somebody is in the middle of a sentence. */
const MARGIN_SECONDS = 600;

function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(DATABASE, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'account' });
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => {
			const database = opening.result;
			const request = work(database.transaction(STORE, mode).objectStore(STORE));
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
			request.transaction?.addEventListener('complete', () => database.close());
		};
	});
}

/** The key of this browser for an account; null when there is none that still counts. */
export async function heldSpeaker(account: string): Promise<Speaker | null> {
	const found = await within<Speaker | undefined>('readonly', (store) => store.get(account.toLowerCase())).catch(() => undefined);
	return found && found.until > chainNow() + MARGIN_SECONDS ? found : null;
}

export async function forgetSpeaker(account: string): Promise<void> {
	await within('readwrite', (store) => store.delete(account.toLowerCase())).catch(() => undefined);
}

/** Makes a key and has the account vouch for it. Asks the person to sign; an account that exists nowhere yet is made first. Throws `Refusal`. */
export async function becomeSpeaker(viewer: Viewer, signer: Signer, name: string, market: MarketInfo): Promise<Speaker> {
	const [account, until] = [viewer.address, chainNow() + SPEAKER_SECONDS - MARGIN_SECONDS];
	const keys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
	const publicKey = bytesToHex(new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)));
	if (signer.kind === 'passkey' && !(await api.get<{ deployed: boolean }>(`/api/accounts/${account}`)).deployed) await signer.call([]);
	const signature = await signPersonally(viewer, speakerStatement({ account, publicKey, name, until, chainId: market.chainId }), market);
	const view = await api.post<SpeakerView>('/api/live/speakers', { publicKey, name, until, signature });
	const speaker: Speaker = { account: account.toLowerCase(), keys, publicKey, name: view.name, until: view.until };
	// Nothing may be kept here: then it speaks until the page is left.
	await within('readwrite', (store) => store.put(speaker)).catch(() => undefined);
	return speaker;
}

/** @param text as `cleanLine` leaves it. @param atMs the server's clock. */
export async function signLine(speaker: Speaker, show: string, text: string, atMs: number): Promise<SignedLine> {
	const line = { show, text, at: Math.round(atMs), nonce: randomHex(16) };
	const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, speaker.keys.privateKey, lineBytes(line));
	return { line, speaker: speaker.publicKey, signature: bytesToHex(new Uint8Array(signature)) };
}
