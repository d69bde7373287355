import { readingKeyStatement } from '@kaishi/protocol/platform/sealing';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { Hono } from 'hono';
import type { Address, Hex } from 'viem';
import { type AccountRoutesContext, accountRoutes } from '../account/public.ts';
import { discoveryRoutes } from '../discovery/public.ts';
import { disputeRoutes } from '../dispute/public.ts';
import type { Live } from '../live/public.ts';
import { operatorRoutes, type SequencerDoor } from '../operator/public.ts';
import { cartRoutes, type DownloadFiles, invoiceRoutes, orderRoutes } from '../order/public.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import { isPersonalSignature } from '../platform/chain/personal-signature.ts';
import { rpcRoutes } from '../platform/chain/rpc-route.ts';
import type { Config } from '../platform/config/config.ts';
import type { Database } from '../platform/db/database.ts';
import { clientAddress, createHttpApp } from '../platform/http/app.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import type { Indexer } from '../platform/indexer/indexer.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import type { BlobStore } from '../platform/media/blob-store.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import { mediaRoutes } from '../platform/media/routes.ts';
import type { RateSource } from '../platform/rates/rate-source.ts';
import { reviewRoutes } from '../review/public.ts';
import { shopRoutes, waitRoutes } from '../shop/public.ts';
import { createAudience, followRoutes, type Herald, messageRoutes, notificationRoutes, shareRoutes } from '../social/public.ts';
import { type ChannelRoutesContext, channelRoutes, tabRoutes } from '../tab/public.ts';
import type { Reads } from './market.ts';
import { invoicing } from './open-reads.ts';

export interface AppParts {
	config: Config;
	chain: Chain;
	deployment: Deployment;
	db: Database;
	store: MediaStore;
	/** Pictures in conversations, apart from those that everybody may fetch. */
	privateStore: MediaStore;
	/** Evidence before the court. */
	evidence: BlobStore;
	herald: Herald;
	files: DownloadFiles;
	reads: Reads;
	rates: RateSource;
	indexer: Indexer;
	/** Whether this server leads the others, or is the only one. */
	leads(): boolean;
	accounts: AccountRoutesContext;
	sequencer: SequencerDoor;
	/** Null where this server is no operator. */
	channel: ChannelRoutesContext | null;
	live: Pick<Live, 'routes'>;
	/** What browsers subscribe to push messages with. */
	pushKey: string;
	viewerOf: ViewerOf;
	onError(error: unknown): void;
}

const UPLOADS = { burst: 60, perSecond: 2 };
const SHARES = { burst: 60, perSecond: 2 };

/** Composes the routes of all domains behind one front. */
export function openApp(parts: AppParts): Hono {
	const { config, chain, deployment, db, store, reads, accounts, viewerOf } = parts;
	const upload = createRateLimiter(UPLOADS);
	const share = createRateLimiter(SHARES);
	return createHttpApp({ publicUrl: config.publicUrl, trustProxy: config.trustProxy, viewerOf, onError: parts.onError }, (app) => {
		app.route('/', rpcRoutes({ chain, clientOf: (c) => clientAddress(c, config.trustProxy) }));
		app.route(
			'/',
			mediaRoutes({
				store,
				viewer: (c) => viewerOf(c.req.header('cookie') ?? null),
				rateLimit: async (c, next) => {
					const viewer = await viewerOf(c.req.header('cookie') ?? null);
					upload(viewer?.address ?? clientAddress(c, config.trustProxy));
					await next();
				},
			}),
		);
		app.route(
			'/',
			shareRoutes({
				shops: reads.shop,
				live: reads.live,
				store,
				currencies: async () => (await reads.discovery.market()).currencies,
				rateLimit: async (c, next) => {
					share(clientAddress(c, config.trustProxy));
					await next();
				},
			}),
		);
		app.get('/api/health', async (c) => {
			const health = await healthOf(parts);
			return c.json(health, health.ok ? 200 : 503);
		});
		app.get('/api/rates', async (c) => c.json(await parts.rates.current()));
		app.route('/api', accountRoutes(accounts));
		app.get('/api/rules', async (c) => c.json(await reads.governance.rules()));
		app.route('/api', discoveryRoutes(reads.discovery));
		app.route('/api', reviewRoutes(reads.review));
		app.route('/api', operatorRoutes(parts));
		app.route('/api', ordersOf(parts));
		app.route('/api', invoiceRoutes({ db, reads: reads.invoice, viewerOf, ...invoicing(chain, deployment) }));
		app.route('/api', tabRoutes({ reads: reads.tab }));
		app.route('/api', cartRoutes({ db, checkout: reads.checkout, viewerOf, clientOf: (c) => clientAddress(c, config.trustProxy) }));
		app.route('/api', disputeRoutes({ db, reads: reads.dispute, viewerOf, blobs: parts.evidence, isReadingKeyOf: createKeyCheck(chain) }));
		app.route('/api', shopRoutes(reads.shop));
		app.route('/api', waitsOf(parts));
		if (parts.channel) app.route('/api', channelRoutes(parts.channel));
		app.route('/api', parts.live.routes);
		app.route('/api', socialRoutes(parts));
	});
}

/** Whether an account signed that its sealed files are for this key. */
function createKeyCheck(chain: Chain) {
	return (account: Address, publicKey: Hex, signature: Hex) =>
		isPersonalSignature(chain, account, readingKeyStatement(account, publicKey, chain.chainId), signature);
}

function ordersOf({ db, reads, viewerOf, files, privateStore, chain, deployment, herald }: AppParts): Hono {
	const publish = (messages: readonly ServerMessage[]) => herald.publish(messages);
	return orderRoutes({ db, reads: reads.order, viewerOf, files, privateStore, chain, orderBook: deployment.contracts.orderBook, publish });
}

/** What is told to an account's other windows when it has looked at what was new. */
const onSeen = (herald: AppParts['herald']) => (account: string) =>
	herald.publish([{ topic: `account:${account.toLowerCase()}`, block: '', event: 'NotificationsRead' }]);

function waitsOf({ db, viewerOf, chain, herald }: AppParts): Hono {
	return waitRoutes({ db, viewerOf, now: () => chain.now(), publish: onSeen(herald) });
}

function socialRoutes({ db, reads, viewerOf, privateStore, herald, chain, pushKey }: AppParts): Hono {
	const publish = onSeen(herald);
	return new Hono()
		.route('/', messageRoutes({ db, reads: reads.social, viewerOf, privateStore, audience: createAudience(herald), now: () => chain.now() }))
		.route('/', notificationRoutes({ db, reads: reads.social, viewerOf, pushKey, publish }))
		.route('/', followRoutes({ db, reads: reads.social, viewerOf, now: () => chain.now() }));
}

/** Whether chain, database and tables are alive, and how far the tables are behind. */
async function healthOf({
	chain,
	db,
	indexer,
	leads,
}: AppParts): Promise<{ ok: boolean; head: string | null; projected: string | null; database: boolean; projecting: boolean; leads: boolean }> {
	const [head, database] = await Promise.all([
		chain.head().then(
			(found) => found.number.toString(),
			() => null,
		),
		db.query('select 1').then(
			() => true,
			() => false,
		),
	]);
	const projecting = indexer.failure === null;
	return { ok: head !== null && database && projecting, head, projected: indexer.cursor?.toString() ?? null, database, projecting, leads: leads() };
}
