import type { NetworkConnection } from 'hardhat/types/network';
import {
	type Abi,
	type Address,
	type ContractEventName,
	type ContractFunctionName,
	createPublicClient,
	custom,
	decodeErrorResult,
	encodeDeployData,
	encodeFunctionData,
	type Hex,
	type PublicClient,
	parseEventLogs,
	type TransactionReceipt,
} from 'viem';
import { hardhat } from 'viem/chains';
import * as abis from '../../protocol/src/generated/index.ts';
import { packed } from './orders.ts';

type Mutability = 'nonpayable' | 'payable';

export interface Contract<abi extends Abi = Abi> {
	address: Address;
	abi: abi;
}

/** A custom error a contract refused with, by its name. */
export class Refusal extends Error {
	readonly errorName: string;
	readonly args: readonly unknown[];
	constructor(errorName: string, args: readonly unknown[]) {
		super(`${errorName}(${args.join(', ')})`);
		this.errorName = errorName;
		this.args = args;
	}
}

/** Says what is missing instead of failing later on `undefined`. */
export function present<T>(value: T | null | undefined, what: string): T {
	if (value === null || value === undefined) throw new Error(`missing: ${what}`);
	return value;
}

const everyError: Abi = Object.values(abis)
	.flatMap((abi) => abi as Abi)
	.filter((item) => item.type === 'error');

function toRefusal(error: unknown): unknown {
	for (let cause = error as { data?: unknown; cause?: unknown } | undefined; cause; cause = cause.cause as typeof cause) {
		const data = (cause.data as { data?: Hex } | undefined)?.data ?? cause.data;
		if (typeof data !== 'string' || !data.startsWith('0x') || data.length < 10) continue;
		try {
			const { errorName, args } = decodeErrorResult({ abi: everyError, data: data as Hex });
			return new Refusal(errorName, args ?? []);
		} catch {
			return new Refusal(data, []);
		}
	}
	return error;
}

/** A fresh in-process chain whose transactions come from any address, with a clock that only we move. */
export class Chain {
	readonly provider: NetworkConnection['provider'];
	readonly client: PublicClient;
	readonly accounts: Address[];

	private constructor(provider: NetworkConnection['provider'], accounts: Address[]) {
		this.provider = provider;
		this.client = createPublicClient({ chain: hardhat, transport: custom(provider, { retryCount: 0 }), cacheTime: 0 });
		this.accounts = accounts;
	}

	static async from(connection: NetworkConnection): Promise<Chain> {
		const accounts = (await connection.provider.request({ method: 'eth_accounts' })) as Address[];
		return new Chain(connection.provider, accounts);
	}

	async now(): Promise<number> {
		return Number((await this.client.getBlock({ blockTag: 'latest' })).timestamp);
	}

	/** The next block gets exactly this time, in Unix seconds. */
	async at(timestamp: number): Promise<void> {
		await this.provider.request({ method: 'evm_setNextBlockTimestamp', params: [timestamp] });
	}

	/** Empty blocks, for what waits for a number of them. */
	async mine(blocks: number): Promise<void> {
		await this.provider.request({ method: 'hardhat_mine', params: [`0x${blocks.toString(16)}`] });
	}

	async snapshot(): Promise<string> {
		return (await this.provider.request({ method: 'evm_snapshot' })) as string;
	}

	async restore(id: string): Promise<void> {
		await this.provider.request({ method: 'evm_revert', params: [id] });
	}

	/** The error that a request is refused with; null when it is not. */
	async refusalOf(request: { method: string; params: unknown[] }): Promise<unknown> {
		try {
			await this.provider.request(request);
			return null;
		} catch (error) {
			return toRefusal(error);
		}
	}

	async fund(address: Address, wei = 10n ** 24n): Promise<void> {
		await this.provider.request({ method: 'hardhat_setBalance', params: [address, `0x${wei.toString(16)}`] });
		await this.provider.request({ method: 'hardhat_impersonateAccount', params: [address] });
	}

	async send(tx: { from: Address; to?: Address; data?: Hex; value?: bigint; gas?: bigint }): Promise<TransactionReceipt> {
		const { value = 0n, gas = 16_700_000n, ...rest } = tx;
		const params = [{ ...rest, value: `0x${value.toString(16)}`, gas: `0x${gas.toString(16)}` }];
		try {
			const hash = (await this.provider.request({ method: 'eth_sendTransaction', params })) as Hex;
			return await this.client.getTransactionReceipt({ hash });
		} catch (error) {
			throw toRefusal(error);
		}
	}

	async deploy<const abi extends Abi>(abi: abi, bytecode: Hex, args: readonly unknown[] = [], value = 0n): Promise<Contract<abi>> {
		const data = encodeDeployData({ abi: abi as Abi, bytecode, args });
		const receipt = await this.send({ from: present(this.accounts[0], 'account'), data, value });
		return { address: present(receipt.contractAddress, 'contract address'), abi };
	}

	/** Sends a transaction as `from`; a revert is thrown as {@link Refusal}. */
	async write<const abi extends Abi, name extends ContractFunctionName<abi, Mutability>>(
		from: Address,
		contract: Contract<abi>,
		functionName: name,
		args: readonly unknown[],
		value = 0n,
	): Promise<TransactionReceipt> {
		const data = encodeFunctionData<Abi, string>({ abi: contract.abi, functionName, args: packed(args) as readonly unknown[] });
		return this.send({ from, to: contract.address, data, value });
	}

	async read<const abi extends Abi, name extends ContractFunctionName<abi, 'view' | 'pure'>>(
		contract: Contract<abi>,
		functionName: name,
		args: readonly unknown[],
	) {
		return this.client.readContract({ ...contract, functionName, args: packed(args) } as never) as Promise<unknown>;
	}
}

export function eventsOf<const abi extends Abi, name extends ContractEventName<abi>>(receipt: TransactionReceipt, abi: abi, eventName: name) {
	return parseEventLogs({ abi, eventName, logs: receipt.logs });
}
