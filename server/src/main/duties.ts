import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { endDealCall } from '@kaishi/protocol/shop';
import { releaseTabsCall } from '@kaishi/protocol/tab';
import { sendCompleteRounds } from '../account/public.ts';
import type { Live } from '../live/public.ts';
import { type Sequencer, sequencerMethods, startSequencer } from '../operator/public.ts';
import { createOrderLimits, limitOrders } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { OperatorKeys } from '../platform/chain/keys.ts';
import { createOperator } from '../platform/chain/operator.ts';
import type { Duties } from '../platform/cluster/servers.ts';
import { fenced, type Term } from '../platform/cluster/term.ts';
import type { Config } from '../platform/config/config.ts';
import type { OpenDatabase } from '../platform/db/open-database.ts';
import type { Indexer } from '../platform/indexer/indexer.ts';
import type { PushSender } from '../platform/push/push-sender.ts';
import { openRelayer } from '../platform/relayer/open-relayer.ts';
import { relayerMethods } from '../platform/relayer/relayer-over.ts';
import { startReminders } from '../social/public.ts';
import { createChannelSettler, createReservations, restoreChannels } from '../tab/public.ts';
import { startKeeper } from './keeper.ts';
import { channelDuty } from './open-channel.ts';

export interface DutiesParts {
	config: Config;
	chain: Chain;
	deployment: Deployment;
	keys: OperatorKeys;
	db: OpenDatabase;
	indexer: Indexer;
	live: Live;
	push: PushSender;
	publish(messages: readonly ServerMessage[]): void;
	onError(error: unknown): void;
}

/**
 * Takes up what only one server of a market does at a time: folding the chain, submitting intents with the operator's key and
 * executing deadlines. Everything starts anew with each term and knows nothing of the one before but what chain and tables say.
 */
export async function assumeDuties(parts: DutiesParts, term: Term): Promise<Duties> {
	const { config, chain, deployment, keys, db, indexer, live, push, publish, onError } = parts;
	const place = { chainId: chain.chainId, orderBook: deployment.contracts.orderBook };
	// Its nonce is the chain's: what the leader before still had under way counts.
	const operator = createOperator(chain, keys.operator.account, () => term.require());
	// Not all there is to come: under load there is always more.
	indexer.poke();
	await indexer.waitForProjection((await chain.head()).number);
	const waitForProjection = (block: bigint) => indexer.waitForProjection(block);
	let sequencer: Sequencer | null = null;
	const settling = () => (sequencer?.backlog ?? 0) > 0;
	const relayer = limitOrders(openRelayer({ chain, deployment, operator, waitForProjection, settling }), createOrderLimits(db), place);
	const reservations = createReservations();
	const channel = channelDuty({ chain, deployment, keys, db, reserved: reservations, relayer, fence: (tx) => fenced(tx, term.number), onError });
	await restoreChannels({ db, reserved: reservations });
	const catchUp = () => indexer.poke();
	sequencer = await startSequencer({ chain, deployment, keys, db, operator, reservations, term, waitForProjection, catchUp, onError });
	const keeper = startKeeper({
		db,
		settleTabs: createChannelSettler(channel.settling),
		settleDue: (order) => relayer.settleDue(order),
		sweep: (shopId, currency) => relayer.sweep(shopId, currency),
		releaseTabs: (tabs) => {
			const { to, data } = releaseTabsCall(deployment.contracts, tabs);
			return relayer.poke(to, data);
		},
		poke: (data) => relayer.poke(deployment.contracts.court, data),
		contracts: deployment.contracts,
		pokeAuctions: (data) => relayer.poke(deployment.contracts.auctions, data),
		pokePot: (data) => relayer.poke(deployment.contracts.pots, data),
		endDeal: (offerId) => {
			const { to, data } = endDealCall(deployment.contracts, offerId);
			return relayer.poke(to, data);
		},
		head: async () => (await chain.head()).number,
		cutBlock: chain.embedded ? () => cutBlock(chain, indexer) : null,
		now: () => chain.now(),
		onError,
	});
	const stage = await live.assume();
	const reminders = startReminders({ db, push, now: () => chain.now(), publish, onError });
	const rounds = sendCompleteRounds({ db, chain, deployment, relayer, publicUrl: config.publicUrl, trustProxy: config.trustProxy }).catch(onError);
	return {
		methods: { ...relayerMethods(relayer), ...sequencerMethods(sequencer), ...channel.methods, ...stage.methods, keep: () => keeper.run() },
		streams: stage.streams,
		async stop() {
			await sequencer.stop();
			await reminders.stop();
			await stage.stop();
			await keeper.stop();
			await rounds;
		},
	};
}

/** Embedded chain: what waits for the next block waits for nobody. */
async function cutBlock(chain: Chain, indexer: Indexer): Promise<void> {
	await chain.advance(0);
	await indexer.processAll();
}
