import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineView, isOnAir, type PublishDoor, type PublishTicket, publishTicketBody } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import type { Address } from 'viem';
import type { Database } from '../../platform/db/database.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { LOCAL } from '../../platform/http/peer-address.ts';
import { sendRange } from '../../platform/http/send-range.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import { hasAccepted, isInvited, requireHost, requireShow } from '../room/access.ts';
import { acceptInvitation } from '../room/invitations.ts';
import type { ShowRow } from '../room/query.ts';
import type { StageClient } from '../stage/stage-client.ts';
import { createParking, mayWait, relayHls } from './hls-relay.ts';
import { noteHolder, rotateLostKeys } from './key-holders.ts';
import type { LiveEngine } from './live-engine.ts';
import { endOf, MEDIA_FILE, readIndex } from './recording/recording-index.ts';
import { recordingPlaylist } from './recording/recording-playlist.ts';
import { keyGenerationOf, rotateStreamKey } from './stream-keys.ts';
import { relayWhip } from './whip/whip-relay.ts';

export interface MediaRoutesContext {
	db: Database;
	viewerOf: ViewerOf;
	/** Whom limits count. */
	clientOf(c: Context): string;
	/** Recordings stand below it. */
	directory: string;
	/** Null: another server holds the stage. */
	held(): { stage: Pick<StageClient, 'whereabouts'>; engine: LiveEngine } | null;
}

const SHOW = '/live/:show{[0-9a-f]{16}}';
const MAX_BEGUN = 1000;
/** At the door for WebRTC, of one address: guessing keys gets nowhere anyway, this keeps it cheap for us. */
const KNOCKS = { burst: 20, perSecond: 0.5 };
const PLAYLIST = 'application/vnd.apple.mpegurl';

/** Tickets, stream keys, health, playlists and recordings of shows; to be mounted at /api. */
export function mediaRoutes({ db, viewerOf, clientOf, directory, held }: MediaRoutesContext): Hono {
	const app = new Hono();
	const requireSeen = createBegunCheck(db);
	const park = createParking();
	const mayKnock = createRateLimiter(KNOCKS);
	const idOf = (c: Context) => c.req.param('show') ?? '';
	const requireHeld = () => {
		const parts = held();
		if (!parts) throw new Refusal('Live_Elsewhere', 'unavailable');
		return parts;
	};
	const asHost = async (c: Context): Promise<{ show: ShowRow; by: Address }> => {
		const viewer = await viewerOf(c.req.header('cookie') ?? null);
		if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
		return { show: await requireHost(db, idOf(c), viewer.address), by: viewer.address };
	};
	const open = async (show: ShowRow) => {
		if (show.status === 'ended') throw new Refusal('Live_AlreadyEnded', 'conflict', { show: show.show_id });
		const { engine } = requireHeld();
		const keyGeneration = await keyGenerationOf(db, show.show_id);
		await engine.open({ showId: show.show_id, host: show.host.toLowerCase(), record: true, keyGeneration, isEarly: show.status === 'scheduled' });
		return engine;
	};

	const ticketFor = async (show: ShowRow, by: Address, door: PublishDoor): Promise<PublishTicket> => {
		await rotateLostKeys(db, { showIds: [show.show_id] });
		// Whoever sends a picture takes part.
		if (isInvited(show, by) && !hasAccepted(show, by)) await acceptInvitation({ db, clock: Date.now }, show.show_id, by);
		const ticket = await (await open(show)).publishTicket(show.show_id, by.toLowerCase(), door);
		if (ticket.key !== undefined) {
			await noteHolder(db, show.show_id, by);
			// Whose role went in between is not noted by anybody else.
			await requireHost(db, show.show_id, by);
		}
		return ticket;
	};

	app.post(`${SHOW}/publish-ticket`, async (c) => {
		const { show, by } = await asHost(c);
		const { door } = await parseBody(publishTicketBody, c);
		return c.json(await ticketFor(show, by, door));
	});
	app.post(`${SHOW}/stream-key/rotate`, async (c) => {
		const { show, by } = await asHost(c);
		// Whoever cannot tell the stage leaves the key as it is: else the old one would go on working.
		requireHeld();
		await rotateStreamKey(db, show.show_id);
		const door = requireHeld()
			.engine.capabilities()
			.doors.find((one) => one !== 'browser');
		return door ? c.json(await ticketFor(show, by, door)) : c.body(null, 204);
	});
	app.get(`${SHOW}/engine`, async (c) => {
		await asHost(c);
		const { engine } = requireHeld();
		const { doors, recorded } = engine.capabilities();
		return c.json({ name: engine.name, doors: [...doors], recorded } satisfies EngineView);
	});
	const whip = async (c: Context) => {
		const { engine, stage } = requireHeld();
		if (engine.name !== 'embedded' || !engine.capabilities().doors.includes('whip')) throw new Refusal('Live_UnknownDoor', 'invalid', { door: 'whip' });
		const address = clientOf(c);
		if (address !== LOCAL) mayKnock(address);
		return relayWhip((await stage.whereabouts()).socketPath, c, address);
	};
	app.post(`${SHOW}/whip`, whip);
	app.on(['PATCH', 'DELETE'], `${SHOW}/whip/:session`, whip);
	// What LiveKit tells of rooms; it signs its calls.
	app.post('/live/livekit', async (c) => {
		await requireHeld().engine.webhook?.(await c.req.text(), c.req.header('authorization'));
		return c.body(null, 204);
	});
	app.post(`${SHOW}/play-ticket`, async (c) => {
		const show = await requireBegun(db, idOf(c));
		if (!isOnAir(show.status)) throw new Refusal('Live_AlreadyEnded', 'conflict', { show: show.show_id });
		const viewer = await viewerOf(c.req.header('cookie') ?? null);
		return c.json(await requireHeld().engine.playTicket(show.show_id, viewer?.address.toLowerCase() ?? 'stranger'));
	});
	app.get(`${SHOW}/health`, async (c) => {
		const { show } = await asHost(c);
		const none = { live: false, viewers: 0, kbps: 0, droppedFrames: 0, latencyMs: null, renditions: [] };
		return c.json((await requireHeld().engine.health(show.show_id)) ?? none);
	});
	app.get(`${SHOW}/hls/:path{.+}`, async (c) => {
		await requireSeen(idOf(c));
		const { stage } = requireHeld();
		const { socketPath } = await stage.whereabouts();
		const asked = `${c.req.param('path')}${new URL(c.req.url).search}`;
		const leave = mayWait(asked) ? park(clientOf(c)) : null;
		try {
			return await relayHls(socketPath, `/${idOf(c)}/${asked}`, c.req.raw.signal);
		} finally {
			leave?.();
		}
	});
	app.get(`${SHOW}/recording/index.m3u8`, async (c) => {
		const show = await requireBegun(db, idOf(c));
		const entries = await readIndex(join(directory, show.show_id));
		if (entries.length === 0) throw new Refusal('Live_NoReplay', 'notFound', { show: show.show_id });
		c.header('Cache-Control', 'no-cache');
		return c.body(recordingPlaylist(entries, { isWhole: show.status === 'ended' }), 200, { 'Content-Type': PLAYLIST });
	});
	app.get(`${SHOW}/recording/${MEDIA_FILE}`, async (c) => {
		await requireSeen(idOf(c));
		const place = join(directory, idOf(c));
		const path = join(place, MEDIA_FILE);
		const size = endOf(await readIndex(place));
		const sent =
			size > 0 && (await stat(path).catch(() => null))
				? await sendRange({ path, size, type: 'video/mp4', cacheControl: 'no-cache' }, c.req.header('range'))
				: null;
		if (!sent) throw new Refusal('Live_NoReplay', 'notFound', { show: idOf(c) });
		return sent;
	});
	return app;
}

async function requireBegun(db: Database, showId: string): Promise<ShowRow> {
	const show = await requireShow(db, showId);
	if (show.status === 'scheduled') throw new Refusal('Live_StillScheduled', 'conflict', { show: showId });
	return show;
}

/** As `requireBegun`, and asks only once for each of the shows that many ask for: one that has begun stays begun. */
function createBegunCheck(db: Database): (showId: string) => Promise<void> {
	const begun = new Set<string>();
	return async (showId) => {
		if (begun.has(showId)) return;
		await requireBegun(db, showId);
		if (begun.size >= MAX_BEGUN) begun.clear();
		begun.add(showId);
	};
}
