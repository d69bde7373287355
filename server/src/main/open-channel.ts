import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import type { MarketFee } from '@kaishi/protocol/tab';
import { hexToBytes } from 'viem';
import { type DownloadFiles, hasDownload, sendDownload } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { OperatorKeys } from '../platform/chain/keys.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import { signDigest } from '../platform/crypto/secp256k1.ts';
import type { Database, Queryable } from '../platform/db/database.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import type { Relayer } from '../platform/relayer/relayer.ts';
import { createShopReads } from '../shop/public.ts';
import type { Herald } from '../social/public.ts';
import { type ChannelRoutesContext, channelMethods, channelOver, type Reservations, type SettlerContext } from '../tab/public.ts';

export interface ChannelDutyParts {
	chain: Chain;
	deployment: Deployment;
	keys: OperatorKeys;
	db: Database;
	reserved: Reservations;
	relayer: Relayer;
	/** Makes a transaction one of the present leader's. */
	fence(tx: Queryable): Promise<void>;
	onError(error: unknown): void;
}

/** A fee changes with two days' notice. */
const FEE_MS = 30_000;

/** Purchases on tabs as the leader does them: countersigned with the operator's key, and settled. */
export function channelDuty({ chain, deployment, keys, db, reserved, relayer, fence, onError }: ChannelDutyParts) {
	const { contracts, chainId, currencies } = deployment;
	const secret = hexToBytes(keys.operator.privateKey);
	const now = () => chain.now();
	const settling: SettlerContext = { db, chain, contracts, currencies, reserved, send: (data) => relayer.tabStep(data), fence, now, onError };
	const methods = channelMethods({
		db,
		reserved,
		shops: termsOf(deployment, db, now),
		hasDownload: (listingId) => hasDownload(db, listingId),
		fee: rememberFee(chain, deployment),
		currencies,
		chainId,
		tabs: contracts.tabs,
		// Nobody's tabs are at operator 0: where this server is none, nothing is bought on tabs.
		operator: deployment.operator ?? { id: 0, signer: keys.operator.account.address },
		sign: async (digest) => signDigest(secret, digest),
		fence,
		now,
	});
	return { methods, settling };
}

/** Listings for the sake of their terms: nobody looks at pictures and stars here. */
function termsOf({ currencies }: Deployment, db: Database, now: () => number) {
	const none = async () => new Map();
	const decimals = new Map(currencies.map((currency) => [currency.address, currency.decimals]));
	return createShopReads({ db, media: none, ratings: { ofListings: none, ofShops: none }, decimals, now });
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

export interface ChannelParts {
	/** Asks whoever leads. */
	call(method: string, args: readonly unknown[]): Promise<unknown>;
	deployment: Deployment;
	db: Database;
	files: DownloadFiles;
	relayer: Relayer;
	viewerOf: ViewerOf;
	herald: Herald;
	now(): number;
}

/** The doors of every server to what is bought on tabs; null where the market's server is no operator. */
export function openChannel({ call, deployment, db, files, relayer, viewerOf, herald, now }: ChannelParts): ChannelRoutesContext | null {
	if (deployment.operator === null) return null;
	return {
		db,
		channel: channelOver(call),
		now,
		viewerOf,
		download: (listingId, id) => sendDownload(db, files, listingId, id),
		send: (data) => relayer.tabStep(data),
		open: (opening, signature) => relayer.openTab(opening, signature),
		publish: (messages) => herald.publish(messages),
	};
}
