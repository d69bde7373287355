import { randomBytes } from 'node:crypto';
import {
	changeShow,
	createShow,
	giftBody,
	type LiveReads,
	moderationBody,
	putBag,
	putModerators,
	putPin,
	putRules,
	reportBody,
	SHOW_ID,
	type ShowStep,
	saleBody,
	showSteps,
	speakerBody,
	winBody,
} from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Address } from 'viem';
import type { Database } from '../platform/db/database.ts';
import { isStorable } from '../platform/db/storable.ts';
import { idText, parseBody, parseOrRefuse, parseQuery, wholeNumber } from '../platform/http/parse.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import type { LiveDoor } from './live-over.ts';
import { type GiftsContext, noticeOfGift } from './room/gifts.ts';
import { setReminder } from './room/reminders.ts';
import { reportShow } from './room/reports.ts';
import { type SpeakersContext, speakersOf, vouchFor } from './room/speakers.ts';
import { type Telling, tellOnce } from './room/told.ts';
import { noticeOfWin } from './room/wins.ts';

export interface LiveRoutesContext extends SpeakersContext, GiftsContext {
	db: Database;
	reads: LiveReads;
	/** The rooms of whoever leads. */
	door: LiveDoor;
	viewerOf: ViewerOf;
}

/** What one account changes: a busy host, not a flood. */
const CHANGES = { burst: 60, perSecond: 5 };
/** Purchases of one account that are told of; each may wait a moment until its order stands on the chain. */
const SALES = { burst: 20, perSecond: 0.5 };
/** Complaints of one account. */
const REPORTS = { burst: 10, perSecond: 1 / 60 };

const listQuery = v.object({
	status: v.picklist(['live', 'upcoming', 'ended']),
	shop: v.optional(idText),
	listing: v.optional(idText),
	replay: v.optional(v.picklist(['0', '1'])),
	cursor: v.optional(v.pipe(v.string(), v.maxLength(400))),
	limit: v.optional(wholeNumber(1, 60)),
});
const linesQuery = v.object({ before: v.optional(wholeNumber(1, 2_000_000_000)) });
const SHOW = '/live/:show{[0-9a-f]{16}}';

/** /live/*: shows and their rooms; to be mounted at /api. */
export function liveRoutes(context: LiveRoutesContext): Hono {
	const { reads, door } = context;
	const mayChange = createRateLimiter(CHANGES);
	const maySell = createRateLimiter(SALES);
	const mayReport = createRateLimiter(REPORTS);
	const app = new Hono();
	const actor = async (c: Context): Promise<Address> => {
		const viewer = await context.viewerOf(c.req.header('cookie') ?? null);
		if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
		mayChange(viewer.address);
		return viewer.address;
	};
	const shown = async (id: string) => {
		const show = await reads.show(id);
		if (!show) throw new Refusal('Live_UnknownShow', 'notFound', { show: id });
		return show;
	};
	const tellRoom = (id: string, { about, notice }: Telling) => tellOnce(context.db, about, context.now(), () => door.tell(id, [{ kind: 'notice', notice }]));
	const body = async <S extends v.GenericSchema>(schema: S, c: Context) => {
		const parsed = await parseBody(schema, c);
		if (!isStorable(parsed)) throw new Refusal('Request_Invalid', 'invalid', { field: 'text' });
		return parsed;
	};

	app.get('/live/speakers', async (c) => c.json(await speakersOf(context.db, await actor(c), context.now())));
	app.post('/live/speakers', async (c) => {
		const by = await actor(c);
		return c.json(await vouchFor(context, by, await body(speakerBody, c)), 201);
	});
	app.post(`${SHOW}/moderation`, async (c) => {
		const by = await actor(c);
		await door.moderate(c.req.param('show'), by, await body(moderationBody, c));
		return c.body(null, 204);
	});
	app.post(`${SHOW}/sales`, async (c) => {
		const by = await actor(c);
		maySell(by);
		await door.sell(c.req.param('show'), by, await body(saleBody, c));
		return c.body(null, 204);
	});
	app.post(`${SHOW}/gifts`, async (c) => {
		const [by, id] = [await actor(c), c.req.param('show')];
		await tellRoom(id, await noticeOfGift(context, id, by, await body(giftBody, c)));
		return c.body(null, 204);
	});
	app.post(`${SHOW}/wins`, async (c) => {
		const [by, id] = [await actor(c), c.req.param('show')];
		await tellRoom(id, await noticeOfWin(context.db, id, by, await body(winBody, c), context.now()));
		return c.body(null, 204);
	});
	app.post(`${SHOW}/report`, async (c) => {
		const by = await actor(c);
		mayReport(by);
		await reportShow(context.db, c.req.param('show'), by, await body(reportBody, c), Date.now());
		return c.body(null, 204);
	});
	app.put(`${SHOW}/reminder`, async (c) => {
		await setReminder(context.db, c.req.param('show'), await actor(c), true);
		return c.body(null, 204);
	});
	app.delete(`${SHOW}/reminder`, async (c) => {
		await setReminder(context.db, c.req.param('show'), await actor(c), false);
		return c.body(null, 204);
	});
	app.get(`${SHOW}/reminder`, async (c) => c.json({ reminded: await reads.reminded(c.req.param('show'), await actor(c)) }));

	app.get('/live/invitations', async (c) => c.json(await reads.invitationsOf(await actor(c))));
	app.get('/live/reminders', async (c) => c.json(await reads.remindersOf(await actor(c))));

	app.get('/live', async (c) => {
		const { shop, listing, replay, ...filter } = parseQuery(listQuery, c);
		return c.json(await reads.shows({ ...filter, shopId: shop, listingId: listing, replay: replay === '1' }));
	});
	app.post('/live/shows', async (c) => {
		const by = await actor(c);
		const id = randomBytes(8).toString('hex');
		await door.schedule(id, by, await body(createShow, c));
		return c.json(await shown(id), 201);
	});
	app.get(SHOW, async (c) => c.json(await shown(c.req.param('show'))));
	app.patch(SHOW, async (c) => {
		const [by, id] = [await actor(c), c.req.param('show')];
		await door.change(id, by, await body(changeShow, c));
		return c.json(await shown(id));
	});
	app.get(`${SHOW}/bag`, async (c) => c.json(await reads.bag(c.req.param('show'))));
	app.put(`${SHOW}/bag`, async (c) => {
		const [by, id] = [await actor(c), c.req.param('show')];
		await door.bag(id, by, (await body(putBag, c)).listingIds);
		return c.json((await shown(id)).bag);
	});
	app.put(`${SHOW}/pin`, async (c) => {
		const [by, id] = [await actor(c), c.req.param('show')];
		await door.pin(id, by, await body(putPin, c));
		return c.json({ pin: (await shown(id)).pin });
	});
	app.put(`${SHOW}/rules`, async (c) => {
		const [by, id] = [await actor(c), c.req.param('show')];
		const { words, ...rules } = await body(putRules, c);
		await door.rules(id, by, { words, ...rules });
		return c.json(rules);
	});
	app.put(`${SHOW}/invitation`, async (c) => {
		await door.answer(c.req.param('show'), await actor(c), true);
		return c.body(null, 204);
	});
	app.delete(`${SHOW}/invitation`, async (c) => {
		await door.answer(c.req.param('show'), await actor(c), false);
		return c.body(null, 204);
	});
	app.put(`${SHOW}/moderators`, async (c) => {
		const by = await actor(c);
		await door.moderators(c.req.param('show'), by, (await body(putModerators, c)).accounts);
		return c.body(null, 204);
	});
	app.get(`${SHOW}/lines`, async (c) => c.json(await reads.lines(c.req.param('show'), parseQuery(linesQuery, c).before)));
	app.get(`${SHOW}/desk`, async (c) => c.json(await forWhom(await reads.desk(c.req.param('show'), await actor(c)))));
	app.get(`${SHOW}/metrics`, async (c) => c.json(await forWhom(await reads.figures(c.req.param('show'), await actor(c)))));
	app.get(`${SHOW}/report`, async (c) => c.json(await forWhom(await reads.report(c.req.param('show'), await actor(c)))));
	for (const step of showSteps) app.post(`${SHOW}/${step}`, (c) => take(c, step));
	return app;

	async function take(c: Context, step: ShowStep): Promise<Response> {
		const by = await actor(c);
		const id = parseOrRefuse(v.pipe(v.string(), v.regex(SHOW_ID)), c.req.param('show'));
		await door.step(id, by, step);
		const { status, title, host, scheduledAt, startedAt, endedAt } = await shown(id);
		return c.json({ id, status, title, host, scheduledAt, startedAt, endedAt });
	}
}

/** Strangers are told what they would be told of a show that does not exist. */
async function forWhom<T>(found: T | null): Promise<T> {
	if (found === null) throw new Refusal('Live_NotHost', 'forbidden');
	return found;
}
