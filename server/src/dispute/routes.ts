import {
	type DisputeReads,
	MAX_EVIDENCE_BYTES,
	MAX_SEALED_KEYS,
	type OwnKeys,
	type PostSealedKeys,
	type PutReadingKey,
	type StoredBlob,
} from '@kaishi/protocol/dispute';
import { CONTENT_ID } from '@kaishi/protocol/platform/content-id';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import type { Queryable } from '../platform/db/database.ts';
import { bodyLimit } from '../platform/http/body-limit.ts';
import { addressText, bytes32Text, idText, parseBody, parseOrRefuse, parseQuery } from '../platform/http/parse.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { createAllowance, createRateLimiter } from '../platform/limits/rate-limit.ts';
import type { BlobStore } from '../platform/media/blob-store.ts';
import { caseRoleOf, readersOf } from './access.ts';
import { addBlob, addKeys, findBlob, findReadingKeys, keysFor, missingKeys, publishReadingKey } from './private-store.ts';
import { type CaseRow, findCase } from './query.ts';

export interface DisputeRoutesContext {
	db: Queryable;
	reads: DisputeReads;
	viewerOf: ViewerOf;
	/** Evidence by content id. */
	blobs: BlobStore;
	/** Whether `account` signed that its sealed files are for this key. */
	isReadingKeyOf(account: Address, publicKey: Hex, signature: Hex): Promise<boolean>;
}

/** Of one account; flows in over the day. */
const BYTES_A_DAY = 200 * 1024 * 1024;
const DAY_SECONDS = 86_400;
const SEALED_OVERHEAD = 64 * 1024;

const hexText = (bytes: number) =>
	v.pipe(
		v.string(),
		v.regex(new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`)),
		v.transform((text) => text.toLowerCase() as Hex),
	);
const quoteQuery = v.object({
	currency: addressText,
	amount: v.pipe(
		v.string(),
		v.regex(/^\d{1,39}$/),
		v.transform((text) => BigInt(text)),
	),
});
const blobQuery = v.object({ sealed: v.optional(v.literal('1')) });
const keysBody = v.strictObject({
	keys: v.pipe(
		v.array(
			v.strictObject({ cid: v.pipe(v.string(), v.regex(CONTENT_ID)), reader: addressText, publicKey: bytes32Text, enc: hexText(32), ciphertext: hexText(48) }),
		),
		v.minLength(1),
		v.maxLength(MAX_SEALED_KEYS),
	),
});
const readingKeyBody = v.strictObject({
	publicKey: bytes32Text,
	signature: v.pipe(
		v.string(),
		v.regex(/^0x([0-9a-fA-F]{2}){1,4096}$/),
		v.transform((text) => text as Hex),
	),
});

/** Cases, the court, the juror's desk; files of evidence and the keys they are sealed with. */
export function disputeRoutes(context: DisputeRoutesContext): Hono {
	const { reads, viewerOf } = context;
	const app = new Hono();
	const viewerIn = async (c: Context) => (await viewerOf(c.req.header('cookie') ?? null))?.address ?? null;
	app.get('/court', async (c) => c.json(await reads.overview()));
	app.get('/court/quote', async (c) => {
		const { currency, amount } = parseQuery(quoteQuery, c);
		return c.json(await reads.quote(currency, amount));
	});
	app.get('/court/desk', async (c) => c.json(await reads.desk(await requireViewer(c, viewerOf))));
	app.get('/disputes/:id', async (c) => {
		const id = parseOrRefuse(idText, c.req.param('id'));
		const found = await reads.case(id, await viewerIn(c));
		if (!found) throw unknown(id);
		c.header('Cache-Control', 'private, no-store');
		return c.json(found);
	});
	app.get('/orders/:id/dispute', async (c) => {
		c.header('Cache-Control', 'private, no-store');
		return c.json(await reads.caseOfOrder(parseOrRefuse(bytes32Text, c.req.param('id')), await viewerIn(c)));
	});
	app.route('/', evidenceRoutes(context));
	app.route('/', keyRoutes(context));
	return app;
}

function evidenceRoutes({ db, viewerOf, blobs }: DisputeRoutesContext): Hono {
	const app = new Hono();
	const quota = createAllowance({ burst: BYTES_A_DAY, perSecond: BYTES_A_DAY / DAY_SECONDS });
	const limit = MAX_EVIDENCE_BYTES + SEALED_OVERHEAD;
	const limitBody = bodyLimit({
		maxSize: limit,
		onError: () => {
			throw new Refusal('Media_TooLarge', 'invalid', { limit: String(limit) });
		},
	});
	app.post('/disputes/:id/blobs', async (c, next) => {
		// Before a byte of the body is read.
		const { viewer } = await requireParty(db, c, viewerOf);
		quota.require(viewer);
		await next();
	});
	app.post('/disputes/:id/blobs', limitBody, async (c) => {
		const { row, viewer } = await requireParty(db, c, viewerOf);
		const sealed = parseQuery(blobQuery, c).sealed === '1';
		const bytes = new Uint8Array(await c.req.arrayBuffer());
		if (bytes.length === 0) throw new Refusal('Request_Invalid', 'invalid', { field: 'body' });
		quota.spend(viewer, bytes.length);
		const cid = await blobs.put(bytes);
		await addBlob(db, { disputeId: row.dispute_id, cid, uploader: viewer, sealed, bytes: bytes.length });
		const body: StoredBlob = { cid, bytes: bytes.length };
		return c.json(body, 201);
	});
	app.get('/disputes/:id/blobs/:cid', async (c) => {
		const { row } = await requireCase(db, c);
		const cid = c.req.param('cid');
		const known = CONTENT_ID.test(cid) ? await findBlob(db, row.dispute_id, cid) : null;
		if (known?.sealed) await requireReader(db, c, viewerOf);
		const bytes = known && (await blobs.get(cid));
		if (!bytes) throw new Refusal('Dispute_UnknownFile', 'notFound', { cid: cid.slice(0, 80) });
		return c.body(new Uint8Array(bytes), 200, {
			'Cache-Control': known.sealed ? 'private, no-store' : 'public, max-age=31536000, immutable',
			// What the bytes are, the page finds out; no browser is to show them under this address.
			'Content-Type': 'application/octet-stream',
			'Content-Disposition': 'attachment',
			'Content-Length': String(bytes.length),
			'X-Content-Type-Options': 'nosniff',
			'Content-Security-Policy': "default-src 'none'; sandbox",
		});
	});
	return app;
}

function keyRoutes({ db, reads, viewerOf, isReadingKeyOf }: DisputeRoutesContext): Hono {
	const app = new Hono();
	const takeOne = createRateLimiter({ burst: 30, perSecond: 0.5 });
	app.get('/disputes/:id/readers', async (c) => {
		await requireReader(db, c, viewerOf);
		return c.json(await reads.readers(parseOrRefuse(idText, c.req.param('id'))));
	});
	app.get('/disputes/:id/keys', async (c) => {
		const { row, viewer } = await requireReader(db, c, viewerOf);
		const [keys, others] = await Promise.all([keysFor(db, row.dispute_id, viewer), readersOf(db, row)]);
		const body: OwnKeys = { keys, missing: await missingKeys(db, row.dispute_id, viewer, others) };
		c.header('Cache-Control', 'private, no-store');
		return c.json(body);
	});
	app.post('/disputes/:id/keys', async (c) => {
		const { row, viewer } = await requireReader(db, c, viewerOf);
		takeOne(viewer);
		const { keys }: PostSealedKeys = await parseBody(keysBody, c);
		const readers = new Set(await readersOf(db, row));
		for (const { cid, reader } of keys) {
			if (!readers.has(reader)) throw new Refusal('Dispute_NotReader', 'forbidden', { account: reader });
			if (!(await findBlob(db, row.dispute_id, cid))?.sealed) throw new Refusal('Dispute_UnknownFile', 'notFound', { cid });
		}
		await addKeys(db, row.dispute_id, viewer, keys);
		return c.body(null, 204);
	});
	app.get('/reading-key', async (c) => {
		const [key] = await findReadingKeys(db, [await requireViewer(c, viewerOf)]);
		c.header('Cache-Control', 'private, no-store');
		return c.json(key ?? null);
	});
	app.put('/reading-key', async (c) => {
		const viewer = await requireViewer(c, viewerOf);
		takeOne(viewer);
		const { publicKey, signature }: PutReadingKey = await parseBody(readingKeyBody, c);
		if (!(await isReadingKeyOf(viewer, publicKey, signature))) throw new Refusal('Dispute_InvalidReadingKey', 'invalid', { account: viewer });
		await publishReadingKey(db, { account: viewer, publicKey, signature });
		return c.body(null, 204);
	});
	return app;
}

const unknown = (id: string) => new Refusal('Court_UnknownDispute', 'notFound', { disputeId: id });

async function requireViewer(c: Context, viewerOf: ViewerOf): Promise<Address> {
	const viewer = await viewerOf(c.req.header('cookie') ?? null);
	if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
	return viewer.address;
}

async function requireCase(db: Queryable, c: Context): Promise<{ row: CaseRow }> {
	const id = parseOrRefuse(idText, c.req.param('id'));
	const row = await findCase(db, id);
	if (!row) throw unknown(id);
	return { row };
}

/** One of the two sides. */
async function requireParty(db: Queryable, c: Context, viewerOf: ViewerOf) {
	const [viewer, { row }] = [await requireViewer(c, viewerOf), await requireCase(db, c)];
	const role = await caseRoleOf(db, row, viewer);
	if (role !== 'buyer' && role !== 'seller') throw new Refusal('Court_NotParty', 'forbidden', { disputeId: row.dispute_id, caller: viewer });
	return { row, viewer };
}

/** A side or a drawn juror. */
async function requireReader(db: Queryable, c: Context, viewerOf: ViewerOf) {
	const [viewer, { row }] = [await requireViewer(c, viewerOf), await requireCase(db, c)];
	if ((await caseRoleOf(db, row, viewer)) === null) throw new Refusal('Dispute_NotReader', 'forbidden', { account: viewer });
	return { row, viewer };
}
