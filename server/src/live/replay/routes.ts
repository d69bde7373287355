import { createClip } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import type { Address } from 'viem';
import type { Database } from '../../platform/db/database.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { sendRange } from '../../platform/http/send-range.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import type { MediaViews } from '../../shop/public.ts';
import { requireHost, requireTeam } from '../room/access.ts';
import type { ShowRow } from '../room/query.ts';
import { type ClipRow, clipPath, clipsOf, deleteClip, findClip, makeClip, toClipViews } from './clips.ts';

export interface ReplayRoutesContext {
	db: Database;
	viewerOf: ViewerOf;
	media: MediaViews;
	/** Recordings stand below it. */
	directory: string;
	/** Deletes a show's recording, here or on the server that leads. */
	deleteReplay(showId: string): Promise<void>;
}

const SHOW = '/live/:show{[0-9a-f]{16}}';
const CLIP = '/live/clips/:clip{[0-9a-f]{16}}';
/** Cutting reads and writes up to a minute of video. */
const CUTS = { burst: 10, perSecond: 0.1 };
/** Cuts that wait for their turn, of everybody. */
const MAX_WAITING = 20;

/** Replays are deleted, clips cut, watched and deleted; to be mounted at /api. */
export function replayRoutes({ db, viewerOf, media, directory, ...context }: ReplayRoutesContext): Hono {
	const app = new Hono();
	let turn: Promise<unknown> = Promise.resolve();
	let waiting = 0;
	const mayCut = createRateLimiter(CUTS);
	const hostOf = async (c: Context, showId: string, require = requireHost): Promise<{ show: ShowRow; by: Address }> => {
		const viewer = await viewerOf(c.req.header('cookie') ?? null);
		if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
		return { show: await require(db, showId, viewer.address), by: viewer.address };
	};
	const clipOf = async (c: Context): Promise<ClipRow> => {
		const clip = await findClip(db, c.req.param('clip') ?? '');
		if (!clip) throw new Refusal('Live_NoReplay', 'notFound', { show: c.req.param('clip') ?? '' });
		return clip;
	};

	app.delete(`${SHOW}/recording`, async (c) => {
		// A guest of one evening does not take the shop's replay away.
		const { show } = await hostOf(c, c.req.param('show'), requireTeam);
		if (show.status !== 'ended') throw new Refusal('Live_WrongStep', 'conflict', { status: show.status });
		await context.deleteReplay(show.show_id);
		return c.body(null, 204);
	});
	app.get(`${SHOW}/clips`, async (c) => c.json(await toClipViews(await clipsOf(db, c.req.param('show')), media)));
	app.post(`${SHOW}/clips`, async (c) => {
		const { show, by } = await hostOf(c, c.req.param('show'));
		mayCut(by);
		const { poster, ...span } = await parseBody(createClip, c);
		if (waiting >= MAX_WAITING) throw new Refusal('Live_Full', 'unavailable');
		waiting++;
		// One at a time: each reads and writes up to 64 MB.
		const cut = turn.then(() => makeClip(db, directory, show, { span, poster, by }));
		turn = cut.catch(() => undefined).finally(() => waiting--);
		const made = await cut;
		return c.json((await toClipViews([made], media))[0], 201);
	});
	app.get(CLIP, async (c) => c.json((await toClipViews([await clipOf(c)], media))[0]));
	app.get(`${CLIP}/media.mp4`, async (c) => {
		const clip = await clipOf(c);
		const [type = 'video/mp4'] = clip.mime.split(';');
		const cacheControl = 'public, max-age=86400';
		const sent = await sendRange({ path: clipPath(directory, clip), size: Number(clip.bytes), type, cacheControl }, c.req.header('range'));
		if (!sent) throw new Refusal('Live_NoReplay', 'notFound', { show: clip.show_id });
		return sent;
	});
	app.delete(CLIP, async (c) => {
		const clip = await clipOf(c);
		// Nor what it shares.
		await hostOf(c, clip.show_id, requireTeam);
		await deleteClip(db, directory, clip);
		return c.body(null, 204);
	});
	return app;
}
