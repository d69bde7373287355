import type { Config } from '../config/config.ts';
import { createPeerCaller } from '../peer/call-peer.ts';
import { createSeal } from '../peer/seal.ts';
import type { BegunReplay } from './begin-replay.ts';
import type { Chain } from './chain.ts';
import { CHAIN_CLIENT } from './chain-door.ts';
import { openEmbeddedChain } from './embedded-chain.ts';
import { joinChain } from './joined-chain.ts';
import { loadKeys, type OperatorKeys } from './keys.ts';
import { openRemoteChain } from './remote-chain.ts';

export interface OpenChainOptions {
	config: Pick<Config, 'dataDir' | 'rpcUrl' | 'operatorKey' | 'blockMs'>;
	/** Embedded only: a new chain starts this far from the wall clock, seconds; negative in the past. */
	startOffsetSeconds?: number;
	/** Embedded only: the replay of the data directory's journal, where it was begun before. */
	begun?: BegunReplay;
	/** Embedded only, Unix milliseconds; tests bring their own. */
	clock?: () => number;
}

/**
 * Opens the chain that the configuration names: the one behind `RPC_URL`, which may be the embedded one in a process of its
 * own, or the embedded one in the data directory.
 * The keys are the operator's, made at first run.
 */
export async function openChain(options: OpenChainOptions): Promise<{ chain: Chain; keys: OperatorKeys }> {
	const { config } = options;
	const keys = loadKeys(config.dataDir, config.operatorKey);
	if (config.rpcUrl !== null) {
		return { chain: await openFarChain(config.rpcUrl, keys), keys };
	}
	const chain = await openEmbeddedChain({
		dataDir: config.dataDir,
		keys,
		blockMs: config.blockMs,
		...(options.startOffsetSeconds === undefined ? {} : { startOffsetSeconds: options.startOffsetSeconds }),
		...(options.begun === undefined ? {} : { begun: options.begun }),
		...(options.clock === undefined ? {} : { clock: options.clock }),
	});
	return { chain, keys };
}

async function openFarChain(rpcUrl: string, keys: OperatorKeys): Promise<Chain> {
	const chain = await openRemoteChain({ rpcUrl });
	const client = await chain.request('web3_clientVersion').catch(() => null);
	if (client !== CHAIN_CLIENT) return chain;
	await chain.close();
	return await joinChain(rpcUrl, createPeerCaller(createSeal(keys.operator.privateKey)));
}
