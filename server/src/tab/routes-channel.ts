import { Refusal } from '@kaishi/protocol/platform/errors';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { shopRoles } from '@kaishi/protocol/shop';
import { CHANNEL_QUERY_SECONDS, purchaseWire, shopOfAccount, type TabOpening, tabChannelStatement, tabOpeningWire, tabStateWire } from '@kaishi/protocol/tab';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { type Address, type Hex, hashMessage, isAddressEqual } from 'viem';
import { recoverSigner } from '../platform/crypto/secp256k1.ts';
import type { Queryable } from '../platform/db/database.ts';
import { addressText, bytes32Text, idText, parseBody, parseOrRefuse, parseQuery } from '../platform/http/parse.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { createAllowance } from '../platform/limits/rate-limit.ts';
import { mayAct } from '../shop/public.ts';
import type { ChannelDoor } from './channel-over.ts';
import { createChannelReads } from './channel-reads.ts';
import { findPurchase, markGivenBack, type PurchaseRow } from './channel-store.ts';
import type { TabId } from './reserved.ts';
import { encodeSettle } from './settle-channel.ts';

export interface ChannelRoutesContext {
	db: Queryable;
	/** Whoever leads. */
	channel: ChannelDoor;
	/** Chain time, Unix seconds. */
	now(): number;
	viewerOf: ViewerOf;
	/** A listing's file as the order's download answers it. */
	download(listingId: string, purchaseId: Hex): Promise<Response>;
	/** Has the operator call the tabs' contract, together with what else comes at the time; resolves once the tables know. */
	send(data: Hex): Promise<unknown>;
	/** Opens a tab by the account's signature; resolves once the tables know. */
	open(opening: TabOpening, signature: Hex): Promise<unknown>;
	publish(messages: readonly ServerMessage[]): void;
}

const signature = v.pipe(
	v.string(),
	v.regex(/^0x[0-9a-fA-F]{130}$/),
	v.transform((text) => text.toLowerCase() as Hex),
);
// A passkey's is its whole assertion.
const openingBody = v.strictObject({
	opening: tabOpeningWire,
	signature: v.pipe(
		v.string(),
		v.regex(/^0x([0-9a-fA-F]{2}){1,16384}$/),
		v.transform((text) => text.toLowerCase() as Hex),
	),
});
const purchaseBody = v.strictObject({ state: tabStateWire, purchase: purchaseWire, keySignature: signature });
const refundBody = v.strictObject({ state: tabStateWire, purchaseId: bytes32Text, keySignature: signature });
const settleBody = v.strictObject({ state: tabStateWire, keySignature: signature });
const channelBody = v.strictObject({
	account: addressText,
	key: addressText,
	token: addressText,
	at: v.pipe(v.number(), v.integer(), v.minValue(0)),
	signature,
});
const listQuery = v.object({ role: v.picklist(['buyer', 'seller', 'shop']), shopId: v.optional(idText) });

/** Of one tab: a lively evening, not a flood. */
const PURCHASES = { burst: 60, perSecond: 2 };

/** /tabs/*: purchases on tabs by states that key and operator sign. The key's signature is all the authority they need. */
export function channelRoutes(context: ChannelRoutesContext): Hono {
	const { db, channel, publish } = context;
	// Looked at first and spent last: what a stranger sends in a key's name uses up nothing of its owner's.
	const allowance = createAllowance(PURCHASES);
	const reads = createChannelReads({ db });
	const app = new Hono();
	const tell = ({ account, seller }: { account: string; seller: string }, event: string) => {
		const shop = shopOfAccount(seller as Address);
		const topics = [`account:${account.toLowerCase()}`, shop === null ? `account:${seller.toLowerCase()}` : `shop:${shop}`];
		publish(topics.map((topic) => ({ topic, block: '', event })));
	};

	app.post('/tabs/openings', async (c) => {
		const { opening, signature } = await parseBody(openingBody, c);
		return c.json(await context.open(opening, signature));
	});
	app.post('/tabs/purchases', async (c) => {
		const { state, purchase, keySignature } = await parseBody(purchaseBody, c);
		allowance.require(state.key);
		const { signed, first } = await channel.buyOnTab({ state, keySignature }, purchase);
		allowance.spend(state.key, 1);
		if (first) tell({ account: state.account, seller: purchase.seller }, 'TabPurchase');
		return c.json(signed);
	});
	app.post('/tabs/refunds', async (c) => {
		const { state, purchaseId, keySignature } = await parseBody(refundBody, c);
		allowance.require(state.key);
		const signed = await channel.refundOnTab({ state, keySignature }, purchaseId);
		allowance.spend(state.key, 1);
		const row = await findPurchase(db, purchaseId);
		if (row) tell(row, 'TabRefund');
		return c.json(signed);
	});
	app.post('/tabs/settle', async (c) => {
		const { state, keySignature } = await parseBody(settleBody, c);
		allowance.require(state.key);
		const signed = await channel.closeOnTab({ state, keySignature });
		allowance.spend(state.key, 1);
		return c.json(await context.send(encodeSettle(signed)));
	});
	app.post('/tabs/channel', async (c) => {
		const body = await parseBody(channelBody, c);
		await requireMayAsk(context, c, body);
		allowance.require(body.key);
		allowance.spend(body.key, 1);
		c.header('Cache-Control', 'private, no-store');
		return c.json(await channel.channelOf({ account: body.account, key: body.key, token: body.token }));
	});

	app.get('/tabs/purchases', async (c) => {
		const { role, shopId } = parseQuery(listQuery, c);
		const viewer = await requireViewer(context, c);
		c.header('Cache-Control', 'private, no-store');
		if (role === 'buyer') return c.json(await reads.purchasesOf(viewer));
		if (role === 'seller') return c.json(await reads.salesOf(viewer));
		return c.json(await reads.salesOfShop(await requireShop(context, viewer, shopId)));
	});
	app.post('/tabs/purchases/:id/give-back', async (c) => {
		const row = await requirePurchase(context, c);
		await requireSeller(context, await requireViewer(context, c), row);
		if (row.status !== 'open') throw new Refusal('Tab_AlreadyPaidOut', 'conflict', { purchaseId: row.id });
		await markGivenBack(db, row.id, context.now());
		tell(row, 'TabGivenBack');
		return c.body(null, 204);
	});
	app.get('/tabs/purchases/:id/download', async (c) => {
		const row = await requirePurchase(context, c);
		const viewer = await requireViewer(context, c);
		const mine = isAddressEqual(viewer, row.account) && row.given_back_at === null;
		if (row.listing_id === null || !mine) throw new Refusal('Order_NoDownload', 'forbidden', { orderId: row.id });
		return context.download(row.listing_id, row.id);
	});
	return app;
}

async function requireViewer({ viewerOf }: ChannelRoutesContext, c: Context): Promise<Address> {
	const viewer = await viewerOf(c.req.header('cookie') ?? null);
	if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
	return viewer.address;
}

/** The signed-in account, or the tab's key. */
async function requireMayAsk(context: ChannelRoutesContext, c: Context, { at, signature: signed, ...tab }: TabId & { at: number; signature: Hex }) {
	const viewer = await context.viewerOf(c.req.header('cookie') ?? null);
	if (viewer && isAddressEqual(viewer.address, tab.account)) return;
	const inTime = Math.abs(context.now() - at) <= CHANNEL_QUERY_SECONDS;
	const signer = recoverSigner(hashMessage(tabChannelStatement({ ...tab, at })), signed);
	if (!inTime || signer === null || !isAddressEqual(signer, tab.key)) throw new Refusal('Tabs_InvalidSignature', 'forbidden', { signer: tab.key });
}

async function requirePurchase({ db }: ChannelRoutesContext, c: Context): Promise<PurchaseRow> {
	const id = parseOrRefuse(bytes32Text, c.req.param('id'));
	const row = await findPurchase(db, id);
	if (row === null) throw new Refusal('Tab_UnknownPurchase', 'notFound', { purchaseId: id });
	return row;
}

async function requireShop({ db }: ChannelRoutesContext, viewer: Address, shopId = ''): Promise<string> {
	const id = parseOrRefuse(idText, shopId);
	const role = shopRoles.orders;
	if (!(await mayAct(db, id, viewer, role))) throw new Refusal('Shop_Unauthorized', 'forbidden', { shopId: id, actor: viewer, role: String(role) });
	return id;
}

async function requireSeller(context: ChannelRoutesContext, viewer: Address, row: PurchaseRow): Promise<void> {
	const shop = shopOfAccount(row.seller);
	if (shop !== null) await requireShop(context, viewer, shop.toString());
	else if (!isAddressEqual(viewer, row.seller)) throw new Refusal('Tab_UnknownPurchase', 'notFound', { purchaseId: row.id });
}
