import { bytesToHex, concat, type Hex, hexToBigInt, keccak256, numberToHex, recoverAddress, slice, toHex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { hexToBytes } from 'viem/utils';
import { expect, test } from 'vitest';
import { keccak } from './keccak.ts';
import { recoverSigner, signDigest } from './secp256k1.ts';

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const digest = keccak256(toHex('an order'));

test('default: recovers what wallets sign, and signs what others recover', async () => {
	for (let i = 0; i < 20; i++) {
		const secret = generatePrivateKey();
		const account = privateKeyToAccount(secret);
		const hash = keccak256(toHex(`order ${i}`));
		expect(recoverSigner(hash, await account.sign({ hash }))).toBe(account.address.toLowerCase());
		expect(await recoverAddress({ hash, signature: signDigest(hexToBytes(secret), hash) })).toBe(account.address);
		expect(bytesToHex(keccak(hexToBytes(hash)))).toBe(keccak256(hash));
	}
});

test('error: other spellings of a good signature are nobody’s', async () => {
	const account = privateKeyToAccount(generatePrivateKey());
	const good = await account.sign({ hash: digest });
	const v = slice(good, 64, 65);
	const high = concat([slice(good, 0, 32), numberToHex(ORDER - hexToBigInt(slice(good, 32, 64)), { size: 32 }), v === '0x1b' ? '0x1c' : '0x1b']);
	const raw = concat([slice(good, 0, 64), v === '0x1b' ? '0x00' : '0x01']);
	for (const bad of [
		high,
		raw,
		slice(good, 0, 64),
		concat([good, '0x00']),
		`${good}zz`,
		`${good.slice(0, -2)}zz`,
		good.slice(2),
		`0x${'00'.repeat(65)}`,
		`0x${'ff'.repeat(64)}1b`,
	] as Hex[])
		expect(recoverSigner(digest, bad)).toBeNull();
});

test('error: a wrong digest gives somebody else', async () => {
	const account = privateKeyToAccount(generatePrivateKey());
	expect(recoverSigner(keccak256(toHex('another')), await account.sign({ hash: digest }))).not.toBe(account.address.toLowerCase());
});
