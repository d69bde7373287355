import { expect, test } from 'vitest';
import { openBytes, sealBytes } from './cipher.ts';
import { readingKeyOf, sealKey } from './reading-key.ts';
import { deriveBytes } from './secret.ts';

const secretOf = (fill: number) => ({ bytes: new Uint8Array(32).fill(fill), source: 'browser' }) as const;
const [cid, other] = [`bafkrei${'a'.repeat(52)}`, `bafkrei${'b'.repeat(52)}`];
const reader = '0x00000000000000000000000000000000000000aA';

test('what was sealed opens with its key, in its context, unchanged, and in no other way', async () => {
	const plain = new TextEncoder().encode('罐子是空的。');
	const { key, ciphertext } = await sealBytes(plain, 'case 1');
	expect(await openBytes(ciphertext, key, 'case 1')).toEqual(plain);
	expect(Buffer.from(ciphertext).includes(Buffer.from(plain))).toBe(false);
	await expect(openBytes(ciphertext, key, 'case 2')).rejects.toThrow();
	await expect(openBytes(ciphertext, new Uint8Array(32), 'case 1')).rejects.toThrow();
	const bent = ciphertext.slice();
	bent[20] = (bent[20] ?? 0) ^ 1;
	await expect(openBytes(bent, key, 'case 1')).rejects.toThrow();
});

test('a data key opens for its reader and file alone; the same secret gives the same reading key', async () => {
	const [pair, again, stranger] = await Promise.all([readingKeyOf(secretOf(1)), readingKeyOf(secretOf(1)), readingKeyOf(secretOf(2))]);
	expect(pair.publicKey).toBe(again.publicKey);
	expect(pair.publicKey).not.toBe(stranger.publicKey);
	const dataKey = new Uint8Array(32).fill(7);
	const sealed = await sealKey(dataKey, pair.publicKey, cid, reader);
	expect(await again.open(sealed, cid, reader)).toEqual(dataKey);
	await expect(stranger.open(sealed, cid, reader)).rejects.toThrow();
	await expect(pair.open(sealed, other, reader)).rejects.toThrow();
	await expect(pair.open(sealed, cid, '0x00000000000000000000000000000000000000bB')).rejects.toThrow();
});

test('each purpose has a secret of its own', async () => {
	expect(await deriveBytes(secretOf(1), 'one')).not.toEqual(await deriveBytes(secretOf(1), 'two'));
	expect(await deriveBytes(secretOf(1), 'one')).toEqual(await deriveBytes(secretOf(1), 'one'));
});
