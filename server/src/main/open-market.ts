import { join } from 'node:path';
import { releaseTabCall } from '@kaishi/protocol/tab';
import { type AccountRoutesContext, createAccountReads, readViewer, sendCompleteRounds } from '../account/public.ts';
import { createReceiptSigner, createRules, openJournal, openSequencer, Settler } from '../operator/public.ts';
import { createOrderLimits, limitOrders, openDownloadFiles } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import { ensureDeployment } from '../platform/chain/deploy.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import { openChain } from '../platform/chain/open-chain.ts';
import { createOperator } from '../platform/chain/operator.ts';
import { beginTerm } from '../platform/cluster/term.ts';
import type { Config } from '../platform/config/config.ts';
import { migrate } from '../platform/db/migrate.ts';
import { type OpenDatabase, openDatabase } from '../platform/db/open-database.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { fingerprintTables } from '../platform/indexer/fingerprint.ts';
import { Indexer } from '../platform/indexer/indexer.ts';
import { chainLogSource } from '../platform/indexer/log-source.ts';
import { announce, listenForNews } from '../platform/indexer/news.ts';
import { openBlobStore } from '../platform/media/blob-store.ts';
import { openMediaStore } from '../platform/media/media-store.ts';
import { openSignedRates } from '../platform/rates/signed-rates.ts';
import { openRelayer } from '../platform/relayer/open-relayer.ts';
import { createSocketHub } from '../platform/socket/socket-hub.ts';
import type { Herald } from '../social/public.ts';
import { createChannelSettler, createReservations, restoreChannels } from '../tab/public.ts';
import { createProjections, domainMigrations, indexedContracts } from './domains.ts';
import { startKeeper } from './keeper.ts';
import type { Market } from './market.ts';
import { openApp } from './open-app.ts';
import { openChannel, settlingOf } from './open-channel.ts';
import { openReads } from './open-reads.ts';

export interface MarketOptions {
	config: Config;
	/** An open database instead of the configured one; closed with the market. */
	database?: OpenDatabase;
	/** False skips fsync of the embedded database: tests only. */
	durable?: boolean;
	/** Embedded only: a new chain starts this far from the wall clock, seconds; negative in the past. */
	startOffsetSeconds?: number;
	/** Operational failures, never refusals; default: a line on standard error. */
	onError?: (error: unknown) => void;
}

/** Opens everything below the HTTP server. When one part fails, what is open already is closed again. */
export async function openMarket(options: MarketOptions): Promise<Market> {
	const closers: (() => Promise<unknown>)[] = [];
	const close = async () => {
		for (const closer of closers.splice(0).reverse()) await closer();
	};
	try {
		return await openParts(options, closers, close);
	} catch (error) {
		await close().catch(() => undefined);
		throw error;
	}
}

async function openParts(options: MarketOptions, closers: (() => Promise<unknown>)[], close: () => Promise<void>): Promise<Market> {
	const { config, onError = writeError } = options;
	// The chain first: it takes the data directory for this process alone.
	const { chain, keys } = await openChain({ config, ...(options.startOffsetSeconds === undefined ? {} : { startOffsetSeconds: options.startOffsetSeconds }) });
	closers.push(() => chain.close());
	const [deployment, db] = await Promise.all([
		ensureDeployment({ chain, keys, dataDir: config.dataDir, currenciesFile: config.currenciesFile }),
		openTables(options).then((opened) => {
			closers.push(() => opened.close());
			return opened;
		}),
	]);
	const [store, privateStore, evidence, indexer] = await Promise.all([
		openMediaStore({ dataDir: config.dataDir }),
		openMediaStore({ dataDir: join(config.dataDir, 'private') }),
		openBlobStore(join(config.dataDir, 'evidence')),
		openIndexer(chain, deployment, db, onError),
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
	const operator = createOperator(chain, keys.operator.account);
	const place = { chainId: chain.chainId, orderBook: deployment.contracts.orderBook };
	const relayer = limitOrders(
		openRelayer({ chain, deployment, operator, waitForProjection: (block) => indexer.waitForProjection(block) }),
		createOrderLimits(db),
		place,
	);
	const term = await beginTerm(db, config.publicUrl);
	const reservations = createReservations();
	const sequencer = openSequencer({
		db,
		chain,
		orderBook: deployment.contracts.orderBook,
		// Nobody's tabs are at operator 0: an operator that is not registered takes no intents.
		operatorId: deployment.operator?.id ?? 0,
		journal: openJournal(db, () => term),
		signer: createReceiptSigner({
			privateKey: keys.operator.privateKey,
			operatorId: deployment.operator?.id ?? 0,
			chainId: chain.chainId,
			operators: deployment.contracts.operators,
		}),
		settler: new Settler({ operator, batch: deployment.contracts.batch, orderBook: deployment.contracts.orderBook, onError }),
		rulesOf: createRules(chain, deployment.contracts.parameters),
		waitForProjection: (block) => indexer.waitForProjection(block),
		reservations,
		onError,
	});
	closers.push(() => sequencer.stop());
	await restoreChannels({ db, reserved: reservations });
	await sequencer.start();
	const accounts: AccountRoutesContext = { db, chain, deployment, relayer, publicUrl: config.publicUrl, trustProxy: config.trustProxy };
	const viewerOf: ViewerOf = (cookieHeader) => readViewer(db, cookieHeader);
	const reads = openReads({ config, chain, deployment, db, store, privateStore, account: createAccountReads(accounts), rates });
	const files = openDownloadFiles(join(config.dataDir, 'downloads'));
	const hub = createSocketHub({ publicUrl: config.publicUrl, viewerOf, trustProxy: config.trustProxy });
	closers.push(async () => hub.close());
	const herald: Herald = {
		// No block: what people say changes nothing that was indexed.
		announce: async (tx, messages) => void (messages.length > 0 && (await announce(tx, { from: indexer.id, block: '0', messages: [...messages] }))),
		publish: (messages) => hub.publish(messages),
	};
	const channelParts = { chain, deployment, keys, db, reserved: reservations, reads, files, relayer, viewerOf, herald };
	const keeper = startKeeper({
		db,
		settleTabs: createChannelSettler(settlingOf(channelParts, onError)),
		settleDue: (order) => relayer.settleDue(order),
		sweep: (shopId, currency) => relayer.sweep(shopId, currency),
		releaseTab: (account, key, currency) => {
			const { to, data } = releaseTabCall(deployment.contracts, account, key, currency);
			return relayer.poke(to, data);
		},
		poke: (data) => relayer.poke(deployment.contracts.court, data),
		head: async () => (await chain.head()).number,
		cutBlock: chain.embedded ? () => cutBlock(chain, indexer) : null,
		now: () => chain.now(),
		onError,
	});
	closers.push(() => keeper.stop());
	const rounds = sendCompleteRounds(accounts).catch(onError);
	closers.push(() => rounds);
	indexer.onNews((news) => hub.publish(news.messages));
	closers.push(chain.onBlock(() => indexer.poke()) as () => Promise<unknown>);
	if (config.databaseUrl !== null) closers.push(listenForNews(db.connection, (news) => indexer.hear(news)));
	const channel = openChannel(channelParts);
	const app = openApp({
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
		accounts,
		channel,
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
		media: store,
		reads,
		rates,
		info: () => reads.discovery.market(),
		now: () => chain.now(),
		viewerOf,
		fetch: (request, env) => app.fetch(request, env as object),
		attach: (server) => hub.attach(server),
		closeSockets: () => hub.close(),
		processAll: () => indexer.processAll(),
		async advance(seconds) {
			await chain.advance(seconds);
			await indexer.processAll();
			await keeper.run();
			await indexer.processAll();
		},
		reindex: () => indexer.reindex(),
		fingerprints: () => fingerprintTables(db, indexer.tables),
		close,
	};
}

/** Embedded chain: what waits for the next block waits for nobody. */
async function cutBlock(chain: Chain, indexer: Indexer): Promise<void> {
	await chain.advance(0);
	await indexer.processAll();
}

async function openTables({ config, database, durable }: MarketOptions): Promise<OpenDatabase> {
	const db = database ?? (await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, ...(durable === undefined ? {} : { durable }) }));
	await migrate(db, domainMigrations);
	return db;
}

async function openIndexer(chain: Chain, deployment: Deployment, db: OpenDatabase, onError: (error: unknown) => void): Promise<Indexer> {
	const indexer = new Indexer({
		db,
		source: chainLogSource(chain),
		contracts: indexedContracts(deployment),
		projections: createProjections(deployment),
		startBlock: BigInt(deployment.startBlock),
		onError,
	});
	await indexer.start();
	return indexer;
}

function writeError(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
