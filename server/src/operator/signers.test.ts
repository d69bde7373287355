import type { Address, Hex } from 'viem';
import { expect, test } from 'vitest';
import type { Recovery } from './clerk-work.ts';
import type { Intent } from './promise.ts';
import { Signers } from './signers.ts';

const intent = (n: number) => ({ orderId: `0x0${n}`, signature: `0x${'aa'.repeat(20)}${`0${n}`.repeat(65)}` }) as Intent;

function ask(recover: (items: readonly Recovery[]) => Promise<(Address | null)[]>) {
	const asked: (readonly Recovery[])[] = [];
	const signers = new Signers({
		recover(items) {
			asked.push(items);
			return recover(items);
		},
	});
	return { signers, asked };
}

test('default: who asks in one turn is asked for together, and each is told of their own signature, without the key before it', async () => {
	const { signers, asked } = ask(async (items) => items.map(({ digest }) => (digest === '0x02' ? null : (`${digest}ff` as Address))));
	expect(await Promise.all([1, 2, 3].map((n) => signers.ask(intent(n))))).toEqual(['0x01ff', null, '0x03ff']);
	expect(await signers.ask(intent(4))).toBe('0x04ff');
	expect(asked.map((items) => items.map(({ digest }) => digest))).toEqual([['0x01', '0x02', '0x03'], ['0x04']]);
	expect(asked[0]?.[1]?.signature).toBe(`0x${'02'.repeat(65)}` satisfies Hex);
});

test('behavior: a crowd is asked about a few at a time, each once', async () => {
	const { signers, asked } = ask(async (items) => items.map(({ digest }) => digest as Address));
	const told = await Promise.all(Array.from({ length: 40 }, (_, n) => signers.ask(intent(n))));
	expect(told).toEqual(Array.from({ length: 40 }, (_, n) => intent(n).orderId));
	expect(asked.map((items) => items.length)).toEqual([16, 16, 8]);
});

test('error: who asked is told of a failure, and the next ones are not', async () => {
	let broken = true;
	const { signers } = ask(async (items) => {
		if (broken) throw new Error('broken');
		return items.map(() => null);
	});
	await expect(signers.ask(intent(1))).rejects.toThrow('broken');
	broken = false;
	expect(await signers.ask(intent(1))).toBeNull();
});
