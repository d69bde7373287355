import { createHash } from 'node:crypto';
import type { Invoice, InvoiceReads, OrderDocuments } from '@kaishi/protocol/order';
import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Locale, locales } from '@kaishi/protocol/platform/local-text';
import { shopRoles } from '@kaishi/protocol/shop';
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { idText, parseOrRefuse, parseQuery } from '../platform/http/parse.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import { createRateLimiter } from '../platform/limits/rate-limit.ts';
import { LruMap } from '../platform/media/lru-map.ts';
import { createWorkQueue } from '../platform/media/work-queue.ts';
import { mayAct } from '../shop/public.ts';
import { contentDisposition } from './downloads.ts';
import { writeInvoiceCsv } from './invoice-csv.ts';
import type { InvoiceContext } from './invoice-parts.ts';
import { documentsOfPeriod } from './invoices.ts';
import { orderIdParam, requireViewer } from './routes-context.ts';

export interface InvoiceRoutesContext extends InvoiceContext {
	reads: InvoiceReads;
	viewerOf: ViewerOf;
}

const DAY = 86_400;
const MAX_DAYS = 366;
/** Drawing takes tens of milliseconds of CPU, a report up to a second. */
const DRAWINGS = { burst: 30, perSecond: 0.5 };
const REPORTS = { burst: 6, perSecond: 0.05 };
const CACHED = 200;

const day = v.pipe(
	v.string(),
	v.isoDate(),
	v.transform((text) => Date.parse(`${text}T00:00:00Z`) / 1000),
	v.check((seconds) => Number.isInteger(seconds) && seconds >= 0, 'a day'),
);
const periodQuery = v.pipe(
	v.object({ from: day, to: day }),
	v.check(({ from, to }) => to >= from && to - from < MAX_DAYS * DAY, 'a period of at most a year'),
);
const pdfQuery = v.object({ lang: v.optional(v.picklist(locales), 'en') });

/** GET /api/orders/:id/{invoice,credit-note}[.pdf] for an order's two sides, /api/shops/:shopId/invoices.csv for the shop (orders role). */
export function invoiceRoutes(context: InvoiceRoutesContext): Hono {
	const { reads, viewerOf, db } = context;
	const app = new Hono();
	const draw = createDrawing();
	const [allowDrawing, allowReport] = [createRateLimiter(DRAWINGS), createRateLimiter(REPORTS)];

	const find = async (c: Context, which: keyof OrderDocuments) => {
		const orderId = orderIdParam(c);
		const viewer = await requireViewer(c, viewerOf);
		const documents = await reads.documents(orderId, viewer);
		if (!documents) throw new Refusal('Order_Unknown', 'notFound', { orderId });
		const document = documents[which];
		if (!document) throw new Refusal('Order_NoCreditNote', 'notFound', { orderId });
		c.header('Cache-Control', 'private, no-store');
		return { document, viewer };
	};
	const pdf = async (c: Context, which: keyof OrderDocuments) => {
		const { lang } = parseQuery(pdfQuery, c);
		const { document, viewer } = await find(c, which);
		allowDrawing(viewer);
		const bytes = await draw(document, lang);
		return c.body(new Uint8Array(bytes), 200, {
			'Content-Type': 'application/pdf',
			'Content-Disposition': contentDisposition(`${document.number}.pdf`),
			'Content-Length': String(bytes.length),
		});
	};

	app.get('/orders/:id/invoice', async (c) => c.json((await find(c, 'invoice')).document));
	app.get('/orders/:id/credit-note', async (c) => c.json((await find(c, 'creditNote')).document));
	app.get('/orders/:id/invoice.pdf', (c) => pdf(c, 'invoice'));
	app.get('/orders/:id/credit-note.pdf', (c) => pdf(c, 'creditNote'));
	app.get('/shops/:shopId/invoices.csv', async (c) => {
		const shopId = parseOrRefuse(idText, c.req.param('shopId'));
		const { from, to } = parseQuery(periodQuery, c);
		const viewer = await requireViewer(c, viewerOf);
		if (!(await mayAct(db, shopId, viewer, shopRoles.orders)))
			throw new Refusal('Shop_Unauthorized', 'forbidden', { shopId, actor: viewer, role: String(shopRoles.orders) });
		allowReport(viewer);
		const csv = writeInvoiceCsv(await documentsOfPeriod(context, shopId, { from, to: to + DAY }));
		const name = `invoices-${shopId}-${c.req.query('from')}-${c.req.query('to')}.csv`;
		return c.body(csv, 200, {
			'Content-Type': 'text/csv; charset=utf-8',
			'Content-Disposition': contentDisposition(name),
			'Cache-Control': 'private, no-store',
		});
	});
	return app;
}

/** Draws one after the other, and the same content once: the cache's key is the hash of everything that is drawn. */
function createDrawing(): (document: Invoice, locale: Locale) => Promise<Buffer> {
	const drawn = new LruMap<string, Buffer>(CACHED);
	const queue = createWorkQueue({ atOnce: 1, waiting: 40, code: 'Request_TooMany' });
	return (document, locale) => {
		const key = createHash('sha256').update(`${locale} `).update(toCanonicalBytes(document)).digest('hex');
		const known = drawn.get(key);
		if (known) return Promise.resolve(known);
		return queue(async () => {
			// Fonts and their reader are loaded when somebody first asks for a document.
			const { drawInvoice } = await import('./invoice-pdf.ts');
			const bytes = drawn.get(key) ?? (await drawInvoice(document, locale));
			drawn.set(key, bytes);
			return bytes;
		});
	};
}
