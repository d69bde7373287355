import { potCommitmentOf } from '@kaishi/protocol/live';
import { beforeEach, expect, test, vi } from 'vitest';
import { freshSecret, secretOf } from './secrets.ts';

const ann = `0x${'a'.repeat(40)}` as const;
let kept: Map<string, string>;
beforeEach(() => {
	kept = new Map();
	vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
});

test('default: a number is kept before anybody hears of it, and found by what it was sealed to', async () => {
	const { secret, commitment } = await freshSecret(ann);
	expect(commitment).toBe(potCommitmentOf(ann, secret));
	expect(secretOf(commitment)).toBe(secret);
	expect((await freshSecret(ann)).secret).not.toBe(secret);
	expect(secretOf(commitment)).toBe(secret);
	expect(secretOf('0x00')).toBeNull();
});

test('behavior: the latest sixty are kept', async () => {
	const first = await freshSecret(ann);
	for (let i = 0; i < 59; i++) await freshSecret(ann);
	expect(secretOf(first.commitment)).toBe(first.secret);
	await freshSecret(ann);
	expect(secretOf(first.commitment)).toBeNull();
});

test('error: a store that was damaged is an empty one', async () => {
	for (const damaged of ['{', '7', '{}']) {
		for (const key of [...kept.keys(), 'kaishi.pot-secrets']) kept.set(key, damaged);
		expect(secretOf('0x00')).toBeNull();
		const { secret, commitment } = await freshSecret(ann);
		expect(secretOf(commitment)).toBe(secret);
	}
});
