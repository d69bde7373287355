import { derivations, sealingInfo } from '@kaishi/protocol/platform/sealing';
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';
import type { Address, Hex } from 'viem';
import { bytesToHex, hexToBytes } from '../wallet/bytes.ts';
import { deriveBytes, type ReadingSecret } from './secret.ts';

// RFC 9180. Loaded when something sealed is made or opened.
const suite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

export interface ReadingKeyPair {
	publicKey: Hex;
	/** Opens a data key that was sealed to it for this file and reader. Throws when it was not. */
	open(sealed: { enc: Hex; ciphertext: Hex }, cid: string, reader: Address): Promise<Uint8Array<ArrayBuffer>>;
}

/** The pair that belongs to a secret; the private half cannot leave the browser's own key store. */
export async function readingKeyOf(secret: ReadingSecret): Promise<ReadingKeyPair> {
	const pair = await suite.DeriveKeyPair(await deriveBytes(secret, derivations.readingKey), false);
	return {
		publicKey: bytesToHex(await suite.SerializePublicKey(pair.publicKey)),
		async open({ enc, ciphertext }, cid, reader) {
			const info = new TextEncoder().encode(sealingInfo(cid, reader));
			return new Uint8Array(await suite.Open(pair, hexToBytes(enc), hexToBytes(ciphertext), { info }));
		},
	};
}

/** Seals a file's data key to a reader. */
export async function sealKey(dataKey: Uint8Array<ArrayBuffer>, publicKey: Hex, cid: string, reader: Address): Promise<{ enc: Hex; ciphertext: Hex }> {
	const info = new TextEncoder().encode(sealingInfo(cid, reader));
	const { encapsulatedSecret, ciphertext } = await suite.Seal(await suite.DeserializePublicKey(hexToBytes(publicKey)), dataKey, { info });
	return { enc: bytesToHex(encapsulatedSecret), ciphertext: bytesToHex(ciphertext) };
}
