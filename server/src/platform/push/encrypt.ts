import { createCipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';

/** Whom a message is for: what a browser said of its subscription, base64url. */
export interface PushKeys {
	p256dh: string;
	auth: string;
}

const RECORD_SIZE = 4096;
/** What fits into one record with its end mark and its tag. */
export const MAX_PUSH_BYTES = RECORD_SIZE - 17 - 86;

/** What the sender makes anew for every message; given only by tests against published examples. */
export interface PushSecrets {
	sender: ECDH;
	salt: Buffer;
}

function newSecrets(): PushSecrets {
	const sender = createECDH('prime256v1');
	sender.generateKeys();
	return { sender, salt: randomBytes(16) };
}

const hkdf = (key: Buffer, salt: Buffer, info: Buffer, bytes: number) => Buffer.from(hkdfSync('sha256', key, salt, info, bytes));

/** A message that only one browser can read (RFC 8291, one record of RFC 8188). Throws on keys that are none. */
export function encryptPush(plain: Buffer, { p256dh, auth }: PushKeys, { sender, salt }: PushSecrets = newSecrets()): Buffer {
	if (plain.length > MAX_PUSH_BYTES) throw new RangeError('too long for one message');
	const [receiver, authSecret] = [Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url')];
	const shared = sender.computeSecret(receiver);
	const own = sender.getPublicKey();
	const input = hkdf(shared, authSecret, Buffer.concat([Buffer.from('WebPush: info\0'), receiver, own]), 32);
	const key = hkdf(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
	const nonce = hkdf(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
	const cipher = createCipheriv('aes-128-gcm', key, nonce);
	const sealed = Buffer.concat([cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()]);
	const head = Buffer.alloc(21);
	salt.copy(head);
	head.writeUInt32BE(RECORD_SIZE, 16);
	head[20] = own.length;
	return Buffer.concat([head, own, sealed]);
}
