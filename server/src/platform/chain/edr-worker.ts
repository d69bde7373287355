// The EVM's own thread: it asks its host about every transaction, and would wait for a busy one. See edr-thread.ts.
import { parentPort } from 'node:worker_threads';
import {
	ContractDecoder,
	EdrContext,
	L1_CHAIN_TYPE,
	L1Hardfork,
	l1GenesisState,
	l1HardforkToString,
	l1ProviderFactory,
	MineOrdering,
	type Provider,
	type ProviderConfig,
} from '@nomicfoundation/edr';
import type { EdrLimits, FromEdr, ToEdr } from './edr-thread.ts';
import type { Genesis } from './journal-record.ts';

/** Where fees would go; there are none. Part of every block, as is all of `configOf`: an existing chain replays with these alone. */
const COINBASE = '0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e';

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.slice(2), 'hex'));

/** Nobody's keys are in there: who signs, signs outside. */
const configOf = ({ chainId, timestamp, accounts }: Genesis, { blockGas, transactionGas }: EdrLimits): ProviderConfig => ({
	allowBlocksWithSameTimestamp: true,
	allowUnlimitedContractSize: false,
	bailOnCallFailure: true,
	bailOnTransactionFailure: false,
	chainId: BigInt(chainId),
	networkId: BigInt(chainId),
	coinbase: bytesOf(COINBASE),
	defaultTransactionGasLimit: transactionGas,
	genesisState: [
		...accounts.map(({ address, balance }) => ({ address: bytesOf(address), balance, code: new Uint8Array() })),
		...l1GenesisState(L1Hardfork.Osaka),
	],
	hardfork: l1HardforkToString(L1Hardfork.Osaka),
	initialBaseFeePerGas: 1_000_000_000n,
	minGasPrice: 0n,
	// Blocks are cut when they are asked for. Equal timestamps, too: blocks of 100 ms must not run ahead of the wall clock.
	mining: { autoMine: false, blockGasLimit: blockGas, memPool: { order: MineOrdering.Fifo } },
	network: { genesisBlockGasLimit: blockGas, genesisBlockTime: BigInt(timestamp) },
	observability: {},
	ownedAccounts: [],
	precompileOverrides: [],
});
const logger = { enable: false, decodeConsoleLogInputsCallback: () => [], printLineCallback: () => undefined };
const news = { subscriptionCallback: () => undefined };

const context = new EdrContext();
await context.registerProviderFactory(L1_CHAIN_TYPE, l1ProviderFactory());
const evms = new Map<number, Promise<Provider>>();

const open = (genesis: Genesis, limits: EdrLimits) => context.createProvider(L1_CHAIN_TYPE, configOf(genesis, limits), logger, news, new ContractDecoder());

async function answer(evm: Promise<Provider> | undefined, id: number, text: string): Promise<void> {
	let told: FromEdr;
	try {
		const response = await (await evm)?.handleRequest(text);
		told = response ? { id, data: response.data } : { id, failed: 'this EVM is closed' };
	} catch (error) {
		told = { id, failed: String(error) };
	}
	parentPort?.postMessage(told);
}

let turn = Promise.resolve();
parentPort?.on('message', (told: ToEdr) => {
	if ('genesis' in told) {
		const evm = open(told.genesis, told.limits);
		// Whoever asks it is told.
		evm.catch(() => undefined);
		evms.set(told.evm, evm);
	} else if ('over' in told) evms.delete(told.evm);
	else {
		const evm = evms.get(told.evm);
		// One after the other, in the order in which they were asked.
		turn = turn.then(() => answer(evm, told.id, told.text));
	}
});
