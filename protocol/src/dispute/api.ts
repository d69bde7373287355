import type { Address, Hex } from 'viem';
import type { ReadingKey, SealedKey } from './evidence.ts';

/** POST /api/disputes/:id/blobs?sealed=… by a side: one file's bytes. Answers where they are kept. */
export interface StoredBlob {
	cid: string;
	bytes: number;
}

/** POST /api/disputes/:id/keys by anybody who can read: keys of ciphertexts, sealed to others who may. */
export interface PostSealedKeys {
	keys: SealedKey[];
}

/** GET /api/disputes/:id/keys: what is sealed to the viewer, and who still has no key to what the viewer can read. */
export interface OwnKeys {
	keys: (Omit<SealedKey, 'reader'> & { sealedBy: Address })[];
	missing: { cid: string; reader: ReadingKey }[];
}

/** PUT /api/reading-key: the viewer's key, which replaces an earlier one; GET tells it, or null. */
export interface PutReadingKey {
	publicKey: Hex;
	signature: Hex;
}

export const MAX_SEALED_KEYS = 200;
