import { join } from 'node:path';
import { type AccountRoutesContext, createAccountReads, readViewer } from '../account/public.ts';
import { liveTables, openLive, pictureOriginsOf } from '../live/public.ts';
import { createIntentDoor, sequencerOver } from '../operator/public.ts';
import { openDownloadFiles } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import { openChain } from '../platform/chain/open-chain.ts';
import type { Term } from '../platform/cluster/term.ts';
import { migrate } from '../platform/db/migrate.ts';
import { type OpenDatabase, openDatabase } from '../platform/db/open-database.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { fingerprintTables } from '../platform/indexer/fingerprint.ts';
import { Indexer, type IndexerOptions } from '../platform/indexer/indexer.ts';
import { chainLogSource } from '../platform/indexer/log-source.ts';
import { announce, listenForNews } from '../platform/indexer/news.ts';
import { openBlobStore } from '../platform/media/blob-store.ts';
import { openMediaStore } from '../platform/media/media-store.ts';
import { createPushSender } from '../platform/push/push-sender.ts';
import { createVapid } from '../platform/push/vapid.ts';
import { openSignedRates } from '../platform/rates/signed-rates.ts';
import { relayerOver } from '../platform/relayer/relayer-over.ts';
import { createSocketHub } from '../platform/socket/socket-hub.ts';
import type { Herald } from '../social/public.ts';
import type { Begun, MarketOptions } from './begin-market.ts';
import { createProjections, domainMigrations, indexedContracts } from './domains.ts';
import { assumeDuties } from './duties.ts';
import type { Market } from './market.ts';
import { openApp } from './open-app.ts';
import { openChannel } from './open-channel.ts';
import { openReads, openShopReads } from './open-reads.ts';
import { openDeployment, openServers } from './open-servers.ts';

const LOOK_MS = 1000;

/** Opens everything below the HTTP server over what was begun. When one part fails, what is open already is closed again. */
export async function openParts(options: MarketOptions, begun: Begun): Promise<Market> {
	const closers: (() => Promise<unknown>)[] = [];
	const close = async () => {
		for (const closer of closers.splice(0).reverse()) await closer();
	};
	try {
		return await openEach(options, begun, closers, close);
	} catch (error) {
		await close().catch(() => undefined);
		throw error;
	}
}

async function openEach(options: MarketOptions, begun: Begun, closers: (() => Promise<unknown>)[], close: () => Promise<void>): Promise<Market> {
	const { config, onError = writeError } = options;
	const { chain, keys, tables } = await openBase(options, begun, closers);
	const [deployment, db] = await Promise.all([openDeployment(config, { chain, keys }, tables), tables]);
	let term: Term | null = null;
	const [store, privateStore, evidence, indexer] = await Promise.all([
		openMediaStore({ dataDir: config.dataDir }),
		openMediaStore({ dataDir: join(config.dataDir, 'private') }),
		openBlobStore(join(config.dataDir, 'evidence')),
		openIndexer({ chain, deployment, db, leads: () => term?.isCurrent() ?? false, onError }),
	]);
	closers.push(() => indexer.close());
	const rates = await openSignedRates({
		dataDir: config.dataDir,
		chainId: chain.chainId,
		operator: keys.operator.account,
		now: () => chain.now(),
		sample: chain.embedded,
		onError,
	});
	const viewerOf: ViewerOf = (cookieHeader) => readViewer(db, cookieHeader);
	const shop = openShopReads({ chain, deployment, db, store });
	const call = (method: string, args: readonly unknown[]) => servers.call(method, args);
	const relayer = relayerOver(call);
	const live = openLive({
		config,
		operatorKey: keys.operator.privateKey,
		chain,
		db,
		viewerOf,
		media: (cids) => store.mediaViews(cids),
		shops: shop,
		call,
		stream: (method, args) => servers.stream(method, args),
		publish: (messages) => herald.publish(messages),
		currencies: deployment.currencies,
		contracts: deployment.contracts,
		poke: (to, data) => relayer.poke(to, data),
		onError,
	});
	closers.push(() => live.close());
	const push = options.push ?? createPushSender({ vapid: createVapid(keys.operator.privateKey, config.publicUrl) });
	const servers = await openServers({
		config,
		keys,
		db,
		assume(next) {
			term = next;
			return assumeDuties({ config, chain, deployment, keys, db, indexer, live, push, publish: (messages) => herald.publish(messages), onError }, next);
		},
		onError,
	});
	closers.push(() => servers.close());
	const leads = () => servers.leads();
	const sequencer = sequencerOver(call, (method, args) => servers.callHere(method, args));
	const accounts: AccountRoutesContext = { db, chain, deployment, relayer, publicUrl: config.publicUrl, trustProxy: config.trustProxy };
	const reads = openReads({
		config,
		chain,
		deployment,
		db,
		store,
		privateStore,
		account: createAccountReads(accounts),
		rates,
		shop,
		live: live.reads,
		auction: live.auctions,
	});
	const hub = createSocketHub({ publicUrl: config.publicUrl, viewerOf, trustProxy: config.trustProxy });
	closers.push(async () => hub.close());
	indexer.onNews((news) => {
		hub.publish(news.messages);
		live.hear(news.messages);
	});
	closers.push(chain.onBlock(() => indexer.poke()) as () => Promise<unknown>);
	if (config.databaseUrl !== null) closers.push(followNews(db, indexer));
	const files = openDownloadFiles(join(config.dataDir, 'downloads'));
	const herald: Herald = {
		// No block: what people say changes nothing that was indexed.
		announce: async (tx, messages) => void (messages.length > 0 && (await announce(tx, { from: indexer.id, block: '0', messages: [...messages] }))),
		publish: (messages) => hub.publish(messages),
	};
	const channel = openChannel({ call, deployment, db, files, relayer, viewerOf, herald, now: () => chain.now() });
	const app = openApp({
		channel,
		live,
		pushKey: push.publicKey,
		sequencer,
		config,
		chain,
		deployment,
		db,
		store,
		privateStore,
		evidence,
		herald,
		files,
		reads,
		rates,
		indexer,
		leads,
		accounts,
		viewerOf,
		onError,
	});
	return {
		config,
		deployment,
		keys,
		chain,
		relayer,
		db,
		indexer,
		leads,
		media: store,
		reads,
		rates,
		info: () => reads.discovery.market(),
		now: () => chain.now(),
		revision: () => String(indexer.cursor),
		pictureOrigins: pictureOriginsOf(config),
		viewerOf,
		fetch: (request, env) => app.fetch(request, env as object),
		doors: new Map([['POST /api/intents', createIntentDoor({ sequencer, publicUrl: config.publicUrl, trustProxy: config.trustProxy, onError })]]),
		attach: (server) => hub.attach(server, live.upgrade),
		closeSockets() {
			hub.close();
			live.hangUp();
		},
		processAll: () => indexer.processAll(),
		async advance(seconds) {
			await chain.advance(seconds);
			await indexer.processAll();
			await servers.call('keep', []);
			await indexer.processAll();
		},
		async reindex() {
			await indexer.reindex();
			await live.reindex();
		},
		fingerprints: () => fingerprintTables(db, [...indexer.tables, ...liveTables]),
		close,
	};
}

/** What other servers announce; what got lost on the way is noticed a little later. */
function followNews(db: OpenDatabase, indexer: Indexer): () => Promise<void> {
	const stop = listenForNews(db.connection, (news) => indexer.hear(news));
	const looking = setInterval(() => indexer.poke(), LOOK_MS);
	looking.unref();
	return async () => {
		clearInterval(looking);
		await stop();
	};
}

/** Chain and tables, at the same time: a restart waits for both. The data directory is left last. */
async function openBase(options: MarketOptions, begun: Begun, closers: (() => Promise<unknown>)[]) {
	const { config, startOffsetSeconds } = options;
	closers.push(() => begun.leave());
	const tables = openTables(options, begun);
	// Whoever waits for them is told; nobody does when the chain does not open.
	tables.catch(() => undefined);
	closers.push(async () => (await tables.catch(() => null))?.close());
	const { chain, keys } = await openChain({
		config,
		...(begun.replay === null ? {} : { begun: begun.replay }),
		...(startOffsetSeconds === undefined ? {} : { startOffsetSeconds }),
	});
	closers.splice(1, 0, () => chain.close());
	return { chain, keys, tables };
}

async function openTables({ config, database }: MarketOptions, begun: Begun): Promise<OpenDatabase> {
	const place = begun.postgres ?? config.databaseUrl;
	const db = database ?? (place && (await openDatabase(place)));
	if (!db) throw new Error('nobody says where the database is');
	await migrate(db, domainMigrations);
	return db;
}

interface IndexerParts extends Pick<IndexerOptions, 'leads' | 'onError'> {
	chain: Chain;
	deployment: Deployment;
	db: OpenDatabase;
}

async function openIndexer({ chain, deployment, ...parts }: IndexerParts): Promise<Indexer> {
	const indexer = new Indexer({
		...parts,
		source: chainLogSource(chain),
		contracts: indexedContracts(deployment),
		projections: createProjections(deployment),
		startBlock: BigInt(deployment.startBlock),
	});
	await indexer.start();
	return indexer;
}

function writeError(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
