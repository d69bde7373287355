import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address, Hex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { type EmbeddedChainOptions, openEmbeddedChain } from './embedded-chain.ts';
import { loadKeys } from './keys.ts';

export const newDataDir = () => mkdtempSync(join(tmpdir(), 'kaishi-chain-'));

export async function openTestChain(dataDir: string, options: Partial<EmbeddedChainOptions> = {}) {
	const keys = loadKeys(dataDir);
	return { keys, chain: await openEmbeddedChain({ dataDir, keys, blockMs: 20, ...options }) };
}

/** A signed transfer of the native coin. */
export function signTransfer(
	from: PrivateKeyAccount,
	nonce: number,
	change: { to?: Address; value?: bigint; chainId?: number; gas?: bigint; maxFeePerGas?: bigint; maxPriorityFeePerGas?: bigint; data?: Hex } = {},
): Promise<Hex> {
	return from.signTransaction({
		type: 'eip1559',
		chainId: 31_337,
		nonce,
		gas: 21_000n,
		maxFeePerGas: 2_000_000_000n,
		maxPriorityFeePerGas: 0n,
		to: '0x00000000000000000000000000000000000000aa',
		value: 1n,
		...change,
	});
}
