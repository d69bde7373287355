import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AuctionReads, LiveReads } from '@kaishi/protocol/live';
import type { MarketContracts } from '@kaishi/protocol/platform/market-contracts';
import type { Currency } from '@kaishi/protocol/platform/money';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { ShopReads } from '@kaishi/protocol/shop';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Address, Hex } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import { isPersonalSignature } from '../platform/chain/personal-signature.ts';
import type { PeerStreams } from '../platform/cluster/servers.ts';
import type { Config } from '../platform/config/config.ts';
import type { Database } from '../platform/db/database.ts';
import { clientAddress } from '../platform/http/app.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import type { MediaViews } from '../shop/public.ts';
import { openAuctions } from './auction/open-auctions.ts';
import { type LiveDoor, liveMethods, liveOver } from './live-over.ts';
import { type MediaDuty, openLiveMedia } from './media/open-media.ts';
import type { StreamEvent } from './media/stream-source.ts';
import { openPassedRequests, type PassedRequests, passOnRequest } from './passed-requests.ts';
import { openPlay } from './play/open-play.ts';
import { createLiveReads } from './reads.ts';
import { openReplay } from './replay/open-replay.ts';
import { keepShowsShort } from './room/long-shows.ts';
import { notePicture } from './room/picture.ts';
import { foldAgain } from './room/records.ts';
import { openRooms, type Rooms } from './room/rooms.ts';
import { liveRoutes } from './routes.ts';

export interface LiveParts {
	config: Config;
	chain: Chain;
	db: Database;
	viewerOf: ViewerOf;
	media: MediaViews;
	shops: Pick<ShopReads, 'listing'>;
	/** Tells sockets of this server and of the others. */
	publish(messages: readonly ServerMessage[]): void;
	/** Tickets of pictures are derived from it. */
	operatorKey: Hex;
	/** Asks whoever leads. */
	call(method: string, args: readonly unknown[]): Promise<unknown>;
	/** Opens a stream to whoever leads, see `Servers.stream`. */
	stream(method: string, args: readonly unknown[]): Promise<Socket>;
	/** What this market trades in. */
	currencies: readonly Currency[];
	contracts: Pick<MarketContracts, 'pots' | 'batch' | 'auctions'>;
	/** Makes a call as the operator, see `Relayer.poke`. */
	poke(to: Address, data: Hex): Promise<unknown>;
	onError(error: unknown): void;
}

/** Live shows as one server of a market has them. */
export interface Live {
	reads: LiveReads;
	auctions: AuctionReads;
	/** The rooms of whoever leads. */
	door: LiveDoor;
	routes: Hono;
	/** Takes up what only the leader does: rooms, their people, the picture. */
	assume(): Promise<LiveDuty>;
	/** Takes over a socket that wants to be upgraded; false: not for us. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
	/** What the indexer has just written. */
	hear(messages: readonly ServerMessage[]): void;
	/** Folds all records again. */
	reindex(): Promise<void>;
	/** Ends the sockets that are passed on to another server. */
	hangUp(): void;
	close(): Promise<void>;
}

export interface LiveDuty {
	methods: ReturnType<typeof liveMethods>;
	streams: PeerStreams;
	stop(): Promise<void>;
}

const SOCKET_STREAM = 'live.socket';
const REQUEST_STREAM = 'live.request';
/** What only the leader can answer: it alone holds the stage, and it alone cuts and deletes. */
const LEADERS = [
	[/^(GET|POST)$/, /^\/api\/live\/[0-9a-f]{16}\/(engine|publish-ticket|play-ticket|stream-key\/rotate|health|hls\/.+)$/],
	[/^(POST|PATCH|DELETE)$/, /^\/api\/live\/([0-9a-f]{16}\/(clips|recording|whip.*)|clips\/[0-9a-f]{16}|livekit)$/],
] as const;
const isForLeader = (method: string, path: string) => LEADERS.some(([methods, paths]) => methods.test(method) && paths.test(path));

/** Wires shows, pictures, replays, pots and auctions together. Every server reads and answers; who leads also calls `assume`. */
export function openLive(parts: LiveParts): Live {
	const { db, chain, media, shops } = parts;
	const viewerOf: ViewerOf = async (cookie) => passed?.senderOf(cookie)?.viewer ?? (await parts.viewerOf(cookie));
	const now = () => chain.now();
	const reads = createLiveReads({ db, media, shops, now });
	const door = liveOver(parts.call);
	const clientOf = (c: Context) => passed?.senderOf(c.req.header('cookie'))?.address ?? clientAddress(c, parts.config.trustProxy);
	const play = openPlay({ db, viewerOf, clientOf, contracts: parts.contracts, poke: parts.poke, now, onError: parts.onError });
	const pictures = openLiveMedia({ ...parts, viewerOf, clientOf, passOn: (arrival) => parts.stream(SOCKET_STREAM, [arrival]) });
	const replay = openReplay({ ...parts, viewerOf, now });
	const auctions = openAuctions({ db, chainId: parts.chain.chainId, contracts: parts.contracts, poke: parts.poke, clientOf, onError: parts.onError });
	let rooms: Rooms | null = null;
	let picture: MediaDuty | null = null;
	let passed: PassedRequests | null = null;
	const roomRoutes = liveRoutes({
		db,
		currencies: parts.currencies,
		reads,
		door,
		viewerOf,
		chainId: chain.chainId,
		now,
		isPersonalSignature: (account, message, signature) => isPersonalSignature(chain, account, message, signature),
	});
	const passOn: MiddlewareHandler = async (c, next) => {
		if (pictures.isHeld() || !isForLeader(c.req.method, c.req.path)) return next();
		// Playlists are everybody's; a player asks for several a second.
		const viewer = c.req.path.includes('/hls/') ? null : await viewerOf(c.req.header('cookie') ?? null);
		const sender = { address: clientOf(c), viewer };
		return passOnRequest(c, sender, (from) => parts.stream(REQUEST_STREAM, [from]));
	};
	const own = new Hono().route('/', pictures.routes).route('/', replay.routes);
	return {
		reads,
		auctions: auctions.reads,
		door,
		routes: new Hono().use('/live/*', passOn).route('/', roomRoutes).route('/', own).route('/', play.routes).route('/', auctions.routes),
		async assume() {
			const onPicture = async (id: string, event: StreamEvent) => {
				await notePicture(event, pictures.recordingOf(id), (news) => rooms?.note(id, news));
				if (event.type === 'recorded') replay.keep();
			};
			const held = await pictures.assume((id, event) => void onPicture(id, event).catch(parts.onError));
			picture = held;
			const opened = await openRooms({ db, now, clock: Date.now, stage: held.rooms, publish: parts.publish, onError: parts.onError });
			rooms = opened;
			const end = async (id: string) => {
				await opened.note(id, { kind: 'ended', reason: 'away' });
				await held.follow(id, 'end');
			};
			const stops = [
				keepShowsShort({ db, now, end, onError: parts.onError }),
				replay.assume((id) => opened.note(id, { kind: 'replay-gone' })),
				play.assume(opened.door),
				auctions.assume(opened.door),
			];
			const step: LiveDoor['step'] = async (id, by, taken) => {
				await opened.door.step(id, by, taken);
				await held.follow(id, taken);
			};
			const change: LiveDoor['change'] = async (id, by, changed) => {
				await opened.door.change(id, by, changed);
				await held.recheckKeys({ showIds: [id] });
			};
			await held.reopen();
			const requests = openPassedRequests(own, parts.onError);
			passed = requests;
			return {
				methods: liveMethods({ ...opened.door, step, change }),
				streams: { [SOCKET_STREAM]: pictures.receive, [REQUEST_STREAM]: requests.accept },
				async stop() {
					rooms = null;
					passed = picture = null;
					requests.close();
					await Promise.all(stops.map((stop) => stop()));
					await opened.close();
					await held.stop();
				},
			};
		},
		upgrade: pictures.upgrade,
		hear(messages) {
			rooms?.hear(messages);
			const shopIds = messages.flatMap(({ topic }) => (topic.startsWith('shop:') ? [topic.slice('shop:'.length)] : []));
			if (shopIds.length > 0) void picture?.recheckKeys({ shopIds }).catch(parts.onError);
			play.hear(messages);
			auctions.hear(messages);
		},
		reindex: () => foldAgain(db),
		hangUp: pictures.hangUp,
		close: () => play.close(),
	};
}
