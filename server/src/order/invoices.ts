import { buildCreditNote, buildInvoice, type Invoice, type InvoiceReads } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { roleOf } from './access.ts';
import { type InvoiceContext, invoiceParts } from './invoice-parts.ts';
import { findOrder } from './query.ts';
import { listInvoiced } from './query-invoice.ts';

/** So many orders in one report at most. */
export const MAX_REPORT_ORDERS = 5000;

export function createInvoiceReads(context: InvoiceContext): InvoiceReads {
	return {
		async documents(orderId, viewer) {
			const order = await findOrder(context.db, orderId.toLowerCase());
			if (!order) return null;
			const role = await roleOf(context.db, order, viewer);
			// An arbitrator rules on what happened; where the buyer lives and pays tax is no part of that.
			if (role !== 'buyer' && role !== 'seller') return null;
			const [parts] = await invoiceParts(context, [order]);
			return parts ? { invoice: buildInvoice(parts), creditNote: buildCreditNote(parts) } : null;
		},
	};
}

/** All documents of a shop that date from the period, oldest order first; refused beyond `MAX_REPORT_ORDERS`. */
export async function documentsOfPeriod(context: InvoiceContext, shopId: string, period: { from: number; to: number }): Promise<Invoice[]> {
	const orders = await listInvoiced(context.db, shopId, period, MAX_REPORT_ORDERS + 1);
	if (orders.length > MAX_REPORT_ORDERS) throw new Refusal('Order_ReportTooLong', 'invalid', { max: String(MAX_REPORT_ORDERS) });
	const dated = (invoice: Invoice | null): invoice is Invoice => invoice !== null && invoice.issuedAt >= period.from && invoice.issuedAt < period.to;
	return (await invoiceParts(context, orders)).flatMap((parts) => [buildInvoice(parts), buildCreditNote(parts)].filter(dated));
}
