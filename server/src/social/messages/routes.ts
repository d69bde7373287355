import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopRoles } from '@kaishi/protocol/shop';
import { postMessage, quickReplies, type SocialReads } from '@kaishi/protocol/social';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Address } from 'viem';
import { hasOrderBetween } from '../../order/public.ts';
import type { Database } from '../../platform/db/database.ts';
import { addressText, idText, parseBody, parseOrRefuse, parseQuery, wholeNumber } from '../../platform/http/parse.ts';
import { createRateLimiter } from '../../platform/limits/rate-limit.ts';
import { mayAct, tenureOf } from '../../shop/public.ts';
import { canAnswer, requireAdmitted, requireShopSide } from './access.ts';
import { markRead, openConversation, setAssignee, setBlocked } from './conversation-store.ts';
import { writeQuickReplies } from './message-store.ts';
import { toMessageView } from './reads.ts';
import { type MessageRoutesContext, requireViewer } from './routes-context.ts';
import { pictureRoutes } from './routes-pictures.ts';
import { sendMessage } from './send.ts';

/** Of one sender: a lively talk, not a flood. */
const MESSAGES = { burst: 20, perSecond: 0.5 };
/** New conversations of one account: asking around, not soliciting. */
const OPENINGS = { burst: 20, perSecond: 1 / 60 };

const cursor = v.optional(v.pipe(v.string(), v.maxLength(400)));
const listQuery = v.object({ shopId: v.optional(idText), show: v.optional(v.picklist(['all', 'unread', 'mine'])), cursor });
const seqText = wholeNumber(0, 2_000_000_000);
const rangeQuery = v.object({ before: v.optional(seqText), after: v.optional(seqText), limit: v.optional(wholeNumber(1, 100)) });
const openBody = v.strictObject({ shopId: idText, buyer: v.optional(addressText) });
const readBody = v.strictObject({ seq: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000_000)) });
const assignBody = v.strictObject({ account: v.nullable(addressText) });
const blockBody = v.strictObject({ blocked: v.boolean() });

/** /conversations and what hangs on them, /shops/:shopId/{quick-replies,response-time}; to be mounted at /api. */
export function messageRoutes(context: MessageRoutesContext): Hono {
	const { db, reads, audience } = context;
	const speak = createRateLimiter(MESSAGES);
	const open = createRateLimiter(OPENINGS);
	const app = new Hono();
	const viewerIn = (c: Context) => requireViewer(c, context.viewerOf);

	app.get('/conversations', async (c) => {
		const { shopId, ...filter } = parseQuery(listQuery, c);
		const viewer = await viewerIn(c);
		if (shopId === undefined) return c.json(await reads.conversationsOfBuyer(viewer, filter));
		if (!(await canAnswer(db, shopId, viewer))) throw unauthorized(shopId, viewer);
		return c.json(await reads.conversationsOfShop(shopId, viewer, filter));
	});
	app.post('/conversations', async (c) => {
		const { shopId, buyer } = await parseBody(openBody, c);
		const viewer = await viewerIn(c);
		open(viewer);
		const tenure = await tenureOf(db, shopId);
		if (tenure === null) throw new Refusal('Shop_Unknown', 'notFound', { shop: shopId });
		await requireMayOpen(db, shopId, viewer, buyer);
		const { id } = await openConversation(db, { buyer: buyer ?? viewer, shopId, tenure, now: context.now() });
		return c.json(await shown(reads, id, viewer), 201);
	});
	app.get('/conversations/:id', async (c) => c.json(await shown(reads, c.req.param('id'), await viewerIn(c), parseQuery(rangeQuery, c))));
	app.post('/conversations/:id/messages', async (c) => {
		const viewer = await viewerIn(c);
		speak(viewer);
		const { message, added } = await sendMessage(context, c.req.param('id'), viewer, await parseBody(postMessage, c));
		const pictures = await context.privateStore.mediaViews(message.picture === null ? [] : [message.picture]);
		return c.json(toMessageView(message, pictures), added ? 201 : 200);
	});
	app.put('/conversations/:id/read', async (c) => {
		const { seq } = await parseBody(readBody, c);
		const { conversation, side } = await requireAdmitted(db, c.req.param('id'), await viewerIn(c));
		const news = await db.transaction(async (tx) =>
			(await markRead(tx, conversation.id, side, seq)) ? audience.announce(tx, conversation, 'MessageRead') : [],
		);
		audience.publish(news);
		return c.body(null, 204);
	});
	app.put('/conversations/:id/block', async (c) => {
		const { blocked } = await parseBody(blockBody, c);
		const { conversation, side } = await requireAdmitted(db, c.req.param('id'), await viewerIn(c));
		await setBlocked(db, conversation.id, side, blocked);
		audience.publish(await audience.announce(db, conversation, 'ConversationChanged'));
		return c.body(null, 204);
	});
	app.put('/conversations/:id/assignee', async (c) => {
		const { account } = await parseBody(assignBody, c);
		const viewer = await viewerIn(c);
		const admitted = await requireAdmitted(db, c.req.param('id'), viewer);
		requireShopSide(admitted, viewer);
		const { conversation } = admitted;
		if (account !== null && !(await canAnswer(db, conversation.shop_id, account))) throw new Refusal('Social_NotStaff', 'invalid', { account });
		await setAssignee(db, conversation.id, account);
		// Told with both names: whoever gives it away and whoever gets it.
		audience.publish([
			...(await audience.announce(db, conversation, 'ConversationChanged')),
			...(await audience.announce(db, { ...conversation, assignee: account }, 'ConversationChanged')),
		]);
		return c.body(null, 204);
	});

	app.get('/shops/:shopId/response-time', async (c) => c.json(await reads.responseTime(parseOrRefuse(idText, c.req.param('shopId')))));
	app.get('/shops/:shopId/quick-replies', async (c) => {
		const shopId = parseOrRefuse(idText, c.req.param('shopId'));
		const viewer = await viewerIn(c);
		if (!(await canAnswer(db, shopId, viewer))) throw unauthorized(shopId, viewer);
		return c.json(await reads.quickReplies(shopId));
	});
	app.put('/shops/:shopId/quick-replies', async (c) => {
		const shopId = parseOrRefuse(idText, c.req.param('shopId'));
		const viewer = await viewerIn(c);
		if (!(await mayAct(db, shopId, viewer, shopRoles.orders))) throw unauthorized(shopId, viewer);
		const replies = await parseBody(quickReplies, c);
		await writeQuickReplies(db, shopId, (await tenureOf(db, shopId)) ?? '0', replies);
		return c.json(replies);
	});
	app.route('/', pictureRoutes(context));
	return app;
}

const unauthorized = (shopId: string, actor: Address) => new Refusal('Shop_Unauthorized', 'forbidden', { shopId, actor, role: String(shopRoles.orders) });

async function shown(reads: SocialReads, id: string, viewer: Address, range: Parameters<SocialReads['conversation']>[2] = {}) {
	const page = await reads.conversation(id, viewer, range);
	if (!page) throw new Refusal('Social_UnknownConversation', 'notFound');
	return page;
}

/** Anybody asks a shop that is not their own; the shop writes first to who ordered there. */
async function requireMayOpen(db: Database, shopId: string, viewer: Address, buyer: Address | undefined): Promise<void> {
	const answers = await mayAct(db, shopId, viewer, shopRoles.orders);
	if (buyer === undefined) {
		if (answers) throw new Refusal('Social_OwnShop', 'conflict', { shopId });
		return;
	}
	if (!answers) throw unauthorized(shopId, viewer);
	if (!(await hasOrderBetween(db, shopId, buyer))) throw new Refusal('Social_UnknownBuyer', 'forbidden', { buyer });
}
