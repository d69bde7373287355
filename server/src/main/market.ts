import type { Server } from 'node:http';
import type { AccountReads, Viewer } from '@kaishi/protocol/account';
import type { DiscoveryReads, MarketInfo } from '@kaishi/protocol/discovery';
import type { DisputeReads } from '@kaishi/protocol/dispute';
import type { GovernanceReads } from '@kaishi/protocol/governance';
import type { AuctionReads, LiveReads } from '@kaishi/protocol/live';
import type { OperatorReads } from '@kaishi/protocol/operator';
import type { CheckoutReads, InvoiceReads, OrderReads } from '@kaishi/protocol/order';
import type { ReviewReads } from '@kaishi/protocol/review';
import type { ShopReads } from '@kaishi/protocol/shop';
import type { SocialReads } from '@kaishi/protocol/social';
import type { ChannelReads, TabReads } from '@kaishi/protocol/tab';
import type { Chain } from '../platform/chain/chain.ts';
import type { Deployment } from '../platform/chain/deployment.ts';
import type { OperatorKeys } from '../platform/chain/keys.ts';
import type { Config } from '../platform/config/config.ts';
import type { Database } from '../platform/db/database.ts';
import type { JsonDoor } from '../platform/http/json-door.ts';
import type { Indexer } from '../platform/indexer/indexer.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import type { RateSource } from '../platform/rates/rate-source.ts';
import type { Relayer } from '../platform/relayer/relayer.ts';

/** All questions pages may ask, by domain. */
export interface Reads {
	account: AccountReads;
	discovery: DiscoveryReads;
	dispute: DisputeReads;
	governance: GovernanceReads;
	order: OrderReads;
	invoice: InvoiceReads;
	/** Carts and quotes. */
	checkout: CheckoutReads;
	live: LiveReads;
	auction: AuctionReads;
	operator: OperatorReads;
	review: ReviewReads;
	shop: ShopReads;
	social: SocialReads;
	tab: TabReads;
	/** Purchases and tips on tabs. */
	channel: ChannelReads;
}

/** A whole market in this process: chain, tables, pictures, API. */
export interface Market {
	readonly config: Config;
	readonly deployment: Deployment;
	readonly keys: OperatorKeys;
	readonly chain: Chain;
	readonly relayer: Relayer;
	readonly db: Database;
	readonly indexer: Indexer;
	/** Whether this server leads the others that share its chain and database; the only one always does. */
	leads(): boolean;
	readonly media: MediaStore;
	readonly reads: Reads;
	/** Rates for showing prices in the reader's own currency. */
	readonly rates: RateSource;
	/** The market's description as of now. */
	info(): Promise<MarketInfo>;
	/** Chain time, Unix seconds. */
	now(): number;
	/** How far the tables are: another one when they say something new of the chain. */
	revision(): string;
	/** Where browsers get the pictures of shows besides here; pages must allow it. */
	readonly pictureOrigins: readonly string[];
	/** Who the session cookie in a `Cookie` header belongs to. */
	viewerOf(cookieHeader: string | null): Promise<Viewer | null>;
	/** Answers /api, /rpc, /media and /og. `env` carries Node's request where there is one. */
	fetch(request: Request, env?: unknown): Response | Promise<Response>;
	/** What is answered by the listener itself instead of `fetch`, by method and path. */
	readonly doors: ReadonlyMap<string, JsonDoor>;
	/** Serves the socket of an HTTP server. */
	attach(server: Server): void;
	/** Ends all sockets, which otherwise keep an HTTP server open. */
	closeSockets(): void;
	/** Resolves when the tables hold everything the chain holds now. */
	processAll(): Promise<void>;
	/** Time travel on the embedded chain: what falls due on the way is settled, and the tables know. */
	advance(seconds: number): Promise<void>;
	/** Folds the chain again from its start. */
	reindex(): Promise<void>;
	/** One hash per derived table. */
	fingerprints(): Promise<Record<string, string>>;
	close(): Promise<void>;
}
