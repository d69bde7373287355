import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { isOnAir, type ShowStep } from '@kaishi/protocol/live';
import type { Context, Hono } from 'hono';
import { type Address, getAddress, type Hex } from 'viem';
import type { Config } from '../../platform/config/config.ts';
import type { Database } from '../../platform/db/database.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import { mayHost } from '../room/access.ts';
import { findShow, type ShowRow, showsOnAir } from '../room/query.ts';
import type { RoomStage } from '../stage/room-messages.ts';
import { StageClient } from '../stage/stage-client.ts';
import { type Arrival, createUpgradeDoor } from '../stage/upgrade-door.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { rotateLostKeys } from './key-holders.ts';
import type { LiveEngine } from './live-engine.ts';
import { mediaRoutes } from './routes.ts';
import { keyGenerationOf } from './stream-keys.ts';
import type { StreamEvent } from './stream-source.ts';
import { createTickets, type Tickets } from './tickets.ts';

export interface LiveMediaParts {
	config: Config;
	/** Tickets and stream keys are derived from it. */
	operatorKey: Hex;
	db: Database;
	viewerOf: ViewerOf;
	/** Whom limits count. */
	clientOf(c: Context): string;
	/** To the server that holds the stage. */
	passOn(arrival: Arrival): Promise<Socket>;
	onError(error: unknown): void;
}

/** What the leader holds: the stage with all its sockets. */
export interface MediaDuty {
	engine: LiveEngine;
	rooms: RoomStage;
	/** Shows that were on air when the last leader went: their hosts have their usual time to come back. */
	reopen(): Promise<void>;
	/** Whoever may no longer run a show of these shops has no key of it any more. */
	recheckKeys(shows: { showIds?: string[]; shopIds?: string[] }): Promise<void>;
	/** What the host did with the show is what happens to its picture. */
	follow(showId: string, step: ShowStep): Promise<void>;
	stop(): Promise<void>;
}

export interface LiveMedia {
	routes: Hono;
	/** Whether the stage is here. */
	isHeld(): boolean;
	/** False: not for us. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
	/** Takes a socket from another server. */
	receive(socket: Socket, arrival: Arrival): void;
	/** Ends the sockets that were passed on. */
	hangUp(): void;
	assume(onEvent: (showId: string, event: StreamEvent) => void): Promise<MediaDuty>;
	/** The directory of a show's recording. */
	recordingOf(showId: string): string;
}

/** Between two looks whether publishers may still publish. */
const RECHECK_MS = 5000;
/** Of the storage of all recordings, for one show. */
const RECORDING_SHARE = 0.1;

/** Pictures of live shows. Without the leader's duty this server passes nothing on, and says so. */
export function openLiveMedia({ config, operatorKey, db, viewerOf, clientOf, passOn, onError }: LiveMediaParts): LiveMedia {
	const tickets = createTickets(operatorKey);
	const directory = join(config.dataDir, 'live');
	let held: { stage: StageClient; engine: LiveEngine } | null = null;
	const door = createUpgradeDoor({
		publicUrl: config.publicUrl,
		trustProxy: config.trustProxy,
		viewerOf,
		tickets,
		mayPublish: (showId, account) => mayPublish(db, showId, getAddress(account)),
		stage: () => held?.stage ?? null,
		passOn,
	});
	return {
		isHeld: () => held !== null,
		receive: (socket, arrival) => door.receive(socket, arrival),
		hangUp: () => door.close(),
		routes: mediaRoutes({ db, viewerOf, clientOf, directory, held: () => held }),
		upgrade: (request, socket, head) => door.take(request, socket, head),
		recordingOf: (showId) => join(directory, showId),
		async assume(onEvent) {
			// With LiveKit only its egress comes in there.
			const rtmp = config.rtmpPort === null || config.livekit?.egressUrl === null ? null : { host: config.host, port: config.rtmpPort };
			const stage = new StageClient({
				rtmp,
				whip: config.livekit ? null : config.whip,
				onMedia: (showId, event) => embedded.hear(showId, event),
				onError,
			});
			const embedded = openEmbedded(config, { stage, tickets, directory, hasRtmp: rtmp !== null });
			// Its library is large, and most markets do without.
			const engine: LiveEngine = config.livekit ? (await import('./open-livekit.ts')).openLiveKit(config, config.livekit, embedded, onError) : embedded;
			engine.onEvent(onEvent);
			held = { stage, engine };
			const mayStill = (showId: string, account: string) => mayPublish(db, showId, getAddress(account));
			const rechecks = setInterval(() => {
				door.recheck().catch(onError);
				engine.recheck?.(mayStill).catch(onError);
			}, RECHECK_MS);
			const openAgain = async (show: Pick<ShowRow, 'show_id' | 'host' | 'status'>) => {
				const { show_id: showId, status } = show;
				const keyGeneration = await keyGenerationOf(db, showId);
				const [isUnderWay, isPaused, isEarly] = [isOnAir(status), status === 'paused', status === 'scheduled'];
				// A LiveKit server that does not answer keeps nobody from trading.
				await engine.open({ showId, host: show.host.toLowerCase(), record: true, keyGeneration, isUnderWay, isPaused, isEarly }).catch(onError);
			};
			const recheckKeys: MediaDuty['recheckKeys'] = async (shows) => {
				for (const { show_id } of await rotateLostKeys(db, shows)) {
					const show = await findShow(db, show_id);
					if (show) await openAgain(show);
				}
			};
			return {
				engine,
				recheckKeys,
				rooms: stage.rooms,
				async reopen() {
					const shows = await showsOnAir(db);
					await rotateLostKeys(db, { showIds: shows.map(({ show_id }) => show_id) });
					for (const show of shows) await openAgain(show);
				},
				async follow(showId, step) {
					if (step === 'end') await engine.close(showId, 'host');
					else await engine.step(showId, step === 'start' ? 'begin' : step);
				},
				async stop() {
					clearInterval(rechecks);
					held = null;
					await stage.end();
				},
			};
		},
	};
}

async function mayPublish(db: Database, showId: string, account: Address): Promise<boolean> {
	const show = await findShow(db, showId);
	return show !== null && show.status !== 'ended' && (await mayHost(db, show, account));
}

interface EngineParts {
	stage: StageClient;
	tickets: Tickets;
	directory: string;
	hasRtmp: boolean;
}

/** With LiveKit it only keeps what the egress sends, and waits for that as long as the show goes on. */
const EGRESS_PATIENCE_SECONDS = 24 * 3600;

function openEmbedded(config: Config, parts: EngineParts): EmbeddedEngine {
	const { hostname } = new URL(config.publicUrl);
	const maxRecordingBytes = config.liveStorageBytes * RECORDING_SHARE;
	const patienceSeconds = config.livekit ? EGRESS_PATIENCE_SECONDS : config.livePatienceSeconds;
	const whipOrigin = config.whip && !config.livekit ? config.publicUrl : null;
	return new EmbeddedEngine({ ...parts, whipOrigin, maxRecordingBytes, rtmpHost: hostname, patienceSeconds });
}
