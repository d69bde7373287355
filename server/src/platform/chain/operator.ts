import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, type Hex, numberToHex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { Chain, SubmittedReceipt } from './chain.ts';
import { TRANSACTION_GAS_CAP } from './executor.ts';

export interface OperatorTransaction {
	to?: Address;
	data?: Hex;
	value?: bigint;
	/** The most it may burn; default: what a transaction may. */
	gas?: bigint;
	/** Send with just that gas, without an estimate. */
	exactGas?: boolean;
}

/** Signs and submits with one key. Nonces are handed out in the order of the calls. */
export interface Operator {
	readonly address: Address;
	/** Resolves with the receipt, also of a failed transaction. */
	send(transaction: OperatorTransaction): Promise<SubmittedReceipt>;
}

const NONCE_TROUBLE = new Set(['Chain_NonceGap', 'Chain_NonceUsed']);

/**
 * The nonce is read from the chain at first use and after any failure, so neither a crash nor a refused transaction
 * leaves a gap behind. `requireTurn` throws when another server sends with this key now.
 */
export function createOperator(chain: Chain, account: PrivateKeyAccount, requireTurn: () => void = () => undefined): Operator {
	let nextNonce: number | null = null;
	let turn: Promise<unknown> = Promise.resolve();

	/** Signs under the lock, so that transactions enter the chain's queue in the order of their nonces. */
	const signNext = async ({ exactGas, ...transaction }: OperatorTransaction): Promise<{ receipt: Promise<SubmittedReceipt> }> => {
		const fees = await feesOf(chain);
		const gas = exactGas && transaction.gas ? transaction.gas : await gasOf(chain, account.address, transaction);
		nextNonce ??= Number(await chain.request<Hex>('eth_getTransactionCount', [account.address, 'pending']));
		const nonce = nextNonce++;
		const raw = await account.signTransaction({ type: 'eip1559', chainId: chain.chainId, nonce, ...fees, ...transaction, gas });
		requireTurn();
		const receipt = chain.submit(raw);
		receipt.catch(() => {
			nextNonce = null;
		});
		return { receipt };
	};

	const send = async (transaction: OperatorTransaction): Promise<SubmittedReceipt> => {
		for (let attempt = 1; ; attempt++) {
			const signing = turn.then(() => signNext(transaction));
			turn = signing.catch(() => undefined);
			try {
				return await (await signing).receipt;
			} catch (error) {
				if (!(error instanceof Refusal) || !NONCE_TROUBLE.has(error.code) || attempt === 4) throw error;
			}
		}
	};
	return { address: account.address, send };
}

/** The embedded chain's gas costs nothing; a real one is asked. */
async function feesOf(chain: Chain): Promise<{ maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }> {
	if (chain.embedded) return { maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 0n };
	const [price, tip] = await Promise.all([chain.request<Hex>('eth_gasPrice'), chain.request<Hex>('eth_maxPriorityFeePerGas').catch(() => '0x0' as Hex)]);
	const maxPriorityFeePerGas = BigInt(tip);
	return { maxFeePerGas: 2n * BigInt(price) + maxPriorityFeePerGas, maxPriorityFeePerGas };
}

/** Unused gas is not paid for, so the embedded chain spares itself the estimate; real blocks are smaller and fuller. */
async function gasOf(chain: Chain, from: Address, transaction: OperatorTransaction): Promise<bigint> {
	const most = transaction.gas ?? TRANSACTION_GAS_CAP;
	if (chain.embedded) return most;
	const value = transaction.value === undefined ? {} : { value: numberToHex(transaction.value) };
	const estimate = BigInt(await chain.request<Hex>('eth_estimateGas', [{ from, ...transaction, ...value, gas: numberToHex(most) }]));
	const roomy = (estimate * 5n) / 4n;
	return roomy < most ? roomy : most;
}
