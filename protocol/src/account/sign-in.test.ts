import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { signInChallenge } from './sign-in.ts';

const challenge = `0x${'ab'.repeat(32)}` as const;

test('default: SHA-256 of what it is for, where, and the challenge', () => {
	const text = `Kaishi sign-in\nhttps://shop.example\n${challenge}`;
	expect(signInChallenge('https://shop.example', challenge)).toBe(`0x${createHash('sha256').update(text).digest('hex')}`);
});

test('behavior: another for every origin, challenge and account, and never the challenge itself', () => {
	const all = [signInChallenge('https://a.example', challenge), signInChallenge('https://b.example', challenge), signInChallenge('https://a.example', '0x00')];
	const accounts = ['0x00000000000000000000000000000000000000aA', '0x00000000000000000000000000000000000000bB'] as const;
	const wishes = accounts.map((account) => signInChallenge('https://a.example', challenge, account));
	expect(new Set([...all, ...wishes, challenge]).size).toBe(6);
});
