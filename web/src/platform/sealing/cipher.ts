/** AES-256-GCM: 12 bytes of nonce, then ciphertext and tag. Each file has a key of its own, so a random nonce meets no other. */
const NONCE_BYTES = 12;

export interface Sealed {
	/** 32 bytes; sealed to readers, never stored. */
	key: Uint8Array<ArrayBuffer>;
	ciphertext: Uint8Array<ArrayBuffer>;
}

const bound = (context: string) => new TextEncoder().encode(context);
const imported = (key: Uint8Array<ArrayBuffer>, use: KeyUsage) => crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);

/** @param context what the ciphertext belongs to; it opens nowhere else. */
export async function sealBytes(plain: Uint8Array<ArrayBuffer>, context: string): Promise<Sealed> {
	const key = crypto.getRandomValues(new Uint8Array(32));
	const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
	const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(context) }, await imported(key, 'encrypt'), plain);
	const ciphertext = new Uint8Array(NONCE_BYTES + body.byteLength);
	ciphertext.set(iv);
	ciphertext.set(new Uint8Array(body), NONCE_BYTES);
	return { key, ciphertext };
}

/** Throws when key, context or a single bit is wrong. */
export async function openBytes(ciphertext: Uint8Array<ArrayBuffer>, key: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array<ArrayBuffer>> {
	const iv = ciphertext.slice(0, NONCE_BYTES);
	const parameters = { name: 'AES-GCM', iv, additionalData: bound(context) };
	return new Uint8Array(await crypto.subtle.decrypt(parameters, await imported(key, 'decrypt'), ciphertext.slice(NONCE_BYTES)));
}
