import { fileURLToPath } from 'node:url';
import type { HardhatUserConfig } from 'hardhat/config';
import type { Hex } from 'viem';
import type { Genesis } from './journal-record.ts';
import { RpcError } from './rpc-error.ts';

export interface ExecutedBlock {
	number: bigint;
	hash: Hex;
	timestamp: bigint;
	baseFeePerGas: bigint;
	gasUsed: bigint;
	transactions: Hex[];
}

/** An EVM that executes what it is told, deterministically, and remembers nothing across restarts. */
export interface Executor {
	request<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
	/** Queues a signed transaction for the next block and returns its hash; throws `RpcError` when it could not be executed. */
	admit(rawTransaction: Hex): Promise<Hex>;
	/** Takes a queued transaction back. */
	drop(hash: Hex): Promise<void>;
	/** Executes everything queued as one block. Without `prevRandao` the block's own follows from those before it. */
	cut(timestamp: number, prevRandao: Hex | null): Promise<ExecutedBlock>;
	/** Lets what is asked about the pending block see a clock of `timestamp` or later. */
	alignClock(timestamp: number): Promise<void>;
	head(): Promise<ExecutedBlock>;
	close(): Promise<void>;
}

/** One block may hold this much gas; one transaction at most `TRANSACTION_GAS_CAP` (EIP-7825, osaka). */
export const BLOCK_GAS_LIMIT = 1_000_000_000n;
export const TRANSACTION_GAS_CAP = 16_777_216n;

const PROJECT_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Private keys make Hardhat's network fund the accounts of the genesis; they sign nothing here. */
export async function openEdr(genesis: Genesis, privateKeys: Hex[]): Promise<Executor> {
	// Loaded on demand: a market on a real chain never needs the EVM.
	const { createHardhatRuntimeEnvironment } = await import('hardhat/hre');
	const config = {
		networks: {
			embedded: {
				type: 'edr-simulated',
				chainType: 'l1',
				chainId: genesis.chainId,
				hardfork: 'osaka',
				blockGasLimit: BLOCK_GAS_LIMIT,
				initialDate: new Date(genesis.timestamp * 1000),
				initialBaseFeePerGas: 1_000_000_000n,
				// Blocks of 100 ms must not run ahead of the wall clock.
				allowBlocksWithSameTimestamp: true,
				mining: { auto: false, interval: 0, mempool: { order: 'fifo' } },
				accounts: genesis.accounts.map((account, i) => ({ privateKey: privateKeys[i] ?? '0x', balance: account.balance })),
				loggingEnabled: false,
				throwOnTransactionFailures: false,
				throwOnCallFailures: true,
			},
		},
	} satisfies HardhatUserConfig;
	// Hardhat wants a project around it, wherever the market was started from.
	const hre = await createHardhatRuntimeEnvironment(config, {}, PROJECT_ROOT);
	const connection = await hre.network.create({ network: 'embedded' });
	const request = async <T>(method: string, params: readonly unknown[] = []): Promise<T> => {
		try {
			return (await connection.provider.request({ method, params: [...params] })) as T;
		} catch (cause) {
			throw asRpcError(cause);
		}
	};
	const head = async () => parseBlock(await request<RpcBlock>('eth_getBlockByNumber', ['latest', false]));
	return {
		request,
		head,
		admit: (raw) => request<Hex>('eth_sendRawTransaction', [raw]),
		async drop(hash) {
			await request('hardhat_dropTransaction', [hash]);
		},
		async cut(timestamp, prevRandao) {
			if (prevRandao !== null) await request('hardhat_setPrevRandao', [prevRandao]);
			await request('evm_setNextBlockTimestamp', [timestamp]);
			await request('evm_mine');
			return await head();
		},
		async alignClock(timestamp) {
			const pending = await request<RpcBlock>('eth_getBlockByNumber', ['pending', false]);
			const behind = timestamp - Number(pending.timestamp);
			if (behind > 0) await request('evm_increaseTime', [behind]);
		},
		close: () => connection.close(),
	};
}

interface RpcBlock {
	number: Hex;
	hash: Hex;
	timestamp: Hex;
	baseFeePerGas?: Hex;
	gasUsed: Hex;
	transactions: Hex[];
}

function parseBlock(block: RpcBlock): ExecutedBlock {
	return {
		number: BigInt(block.number),
		hash: block.hash,
		timestamp: BigInt(block.timestamp),
		baseFeePerGas: BigInt(block.baseFeePerGas ?? 0),
		gasUsed: BigInt(block.gasUsed),
		transactions: block.transactions,
	};
}

function asRpcError(cause: unknown): RpcError {
	if (!(cause instanceof Error)) return new RpcError(-32603, String(cause));
	const code = 'code' in cause && typeof cause.code === 'number' ? cause.code : -32603;
	// Hardhat repeats whole requests in `data`; only revert data is of use.
	return new RpcError(code, cause.message, 'data' in cause ? cause.data : null, { cause });
}
