import { keccak256, numberToHex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { createRecoverer } from './recoverer.ts';

test('default: few here, many beside, in their order; what nobody signed is nobody’s; also after its thread has gone', async () => {
	const signer = privateKeyToAccount(generatePrivateKey());
	const items = await Promise.all(
		Array.from({ length: 30 }, async (_, i) => {
			const digest = keccak256(numberToHex(i));
			return { digest, signature: i % 7 === 3 ? (`0x${'00'.repeat(65)}` as const) : await signer.sign({ hash: digest }) };
		}),
	);
	const signers = items.map((_, i) => (i % 7 === 3 ? null : signer.address.toLowerCase()));
	const recoverer = createRecoverer();
	expect(await recoverer.recover(items)).toEqual(signers);
	// By now its thread is at work, if it is not that slow.
	await new Promise((resolve) => setTimeout(resolve, 500));
	expect(await recoverer.recover(items)).toEqual(signers);
	expect(await recoverer.recover(items.slice(0, 4))).toEqual(signers.slice(0, 4));
	const under = recoverer.recover(items);
	await recoverer.close();
	expect(await under).toEqual(signers);
	expect(await recoverer.recover(items)).toEqual(signers);
	await recoverer.close();
});
