import { type LineBody, lineBytes, type SignedLine, SPEAKER_SECONDS, type SpeakerView, speakerStatement } from '@kaishi/protocol/live';
import { bytesToHex, type Hex } from 'viem';
import type { WalletUser } from './wallet-user.ts';

/** A browser's key that speaks for somebody in live rooms. */
export interface Voice {
	publicKey: Hex;
	/** A signed line as a room takes it. */
	line(show: string, text: string, change?: Partial<LineBody>): Promise<SignedLine>;
}

/** Makes a key and has the account vouch for it, as a browser does before somebody's first words. */
export async function makeVoice(user: WalletUser, name: string): Promise<Voice> {
	const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
	const raw = bytesToHex(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)));
	const market = await user.client.market();
	const until = Math.floor(await user.client.now()) + SPEAKER_SECONDS;
	const statement = speakerStatement({ account: user.address, publicKey: raw, name, until, chainId: market.chainId });
	const signature = await user.account.signMessage({ message: statement });
	await user.client.post<SpeakerView>('/api/live/speakers', { publicKey: raw, name, until, signature });
	return {
		publicKey: raw,
		async line(show, text, change = {}) {
			const nonce = bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
			const line: LineBody = { show, text, at: Date.now(), nonce, ...change };
			const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, lineBytes(line));
			return { line, speaker: raw, signature: bytesToHex(new Uint8Array(signed)) };
		},
	};
}
