import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import type { MarketFee } from '@kaishi/protocol/tab';
import { hexToBytes } from 'viem';
import { type DownloadFiles, hasDownload, sendDownload } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { OperatorKeys } from '../platform/chain/keys.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import { signDigest } from '../platform/crypto/secp256k1.ts';
import type { Database } from '../platform/db/database.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import type { Relayer } from '../platform/relayer/relayer.ts';
import type { Herald } from '../social/public.ts';
import type { ChannelRoutesContext, Reservations, SettlerContext } from '../tab/public.ts';
import type { Reads } from './market.ts';

export interface ChannelParts {
	chain: Chain;
	deployment: Deployment;
	keys: OperatorKeys;
	db: Database;
	reserved: Reservations;
	reads: Pick<Reads, 'shop'>;
	files: DownloadFiles;
	relayer: Relayer;
	viewerOf: ViewerOf;
	herald: Herald;
}

/** A fee changes with two days' notice. */
const FEE_MS = 30_000;

/** Purchases on tabs, countersigned with the operator's key; null on a chain where this server is no operator. */
export function openChannel({ chain, deployment, keys, db, reserved, reads, files, relayer, viewerOf, herald }: ChannelParts): ChannelRoutesContext | null {
	const { operator, contracts, chainId, currencies } = deployment;
	if (operator === null) return null;
	const secret = hexToBytes(keys.operator.privateKey);
	return {
		db,
		reserved,
		shops: reads.shop,
		hasDownload: (listingId) => hasDownload(db, listingId),
		fee: rememberFee(chain, deployment),
		currencies,
		chainId,
		tabs: contracts.tabs,
		operator,
		sign: async (digest) => signDigest(secret, digest),
		now: () => chain.now(),
		viewerOf,
		download: (listingId, id) => sendDownload(db, files, listingId, id),
		send: (to, data) => relayer.poke(to, data),
		publish: (messages) => herald.publish(messages),
	};
}

function rememberFee(chain: Chain, { contracts }: Deployment): () => Promise<MarketFee> {
	let known: { fee: Promise<MarketFee>; at: number } | null = null;
	const ask = async (): Promise<MarketFee> => {
		const [bps, recipient] = await readContract(chain, { address: contracts.parameters, abi: parametersAbi, functionName: 'fee' });
		return { bps, recipient };
	};
	return () => {
		if (known === null || Date.now() - known.at > FEE_MS) {
			known = { fee: ask(), at: Date.now() };
			known.fee.catch(() => {
				known = null;
			});
		}
		return known.fee;
	};
}

/** What the keeper needs to settle purchases on tabs. */
export function settlingOf({ db, chain, deployment, reserved, relayer }: ChannelParts, onError: (error: unknown) => void): SettlerContext {
	const { contracts, currencies } = deployment;
	return { db, chain, contracts, currencies, reserved, send: (to, data) => relayer.poke(to, data), now: () => chain.now(), onError };
}
