import type { Invoice } from '@kaishi/protocol/order';
import { inLocale } from '@kaishi/protocol/platform/local-text';
import { formatAmount } from '@kaishi/protocol/platform/money';

const columns = [
	'number',
	'type',
	'date_utc',
	'corrects',
	'order_id',
	'buyer_account',
	'buyer_country',
	'buyer_region',
	'buyer_tax_id',
	'goods',
	'tax_class',
	'tax_region',
	'tax_category',
	'tax_name',
	'tax_percent',
	'net',
	'tax',
	'gross',
	'currency',
	'currency_address',
	'transaction',
] as const;

/** The seller's documents of a period, one row each (RFC 4180, UTF-8 with a mark so that spreadsheets see it). Credit notes count negative. */
export function writeInvoiceCsv(invoices: readonly Invoice[]): string {
	return `\uFEFF${[columns, ...invoices.flatMap(rowsOf)].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function rowsOf(invoice: Invoice): (string | number)[][] {
	const sign = invoice.typeCode === '381' ? '-' : '';
	const money = (amount: string) => (amount === '0' ? 0 : `${sign}${formatAmount(BigInt(amount), invoice.currency.decimals)}`);
	const details = invoice.buyer.details;
	return invoice.taxes.map((tax) => [
		invoice.number,
		invoice.typeCode === '380' ? 'invoice' : 'credit_note',
		new Date(invoice.issuedAt * 1000).toISOString().slice(0, 19),
		invoice.precedingInvoice ?? '',
		invoice.proof.orderId,
		invoice.buyer.account,
		details?.country ?? '',
		details?.region ?? '',
		details?.taxId ?? '',
		inLocale(invoice.lines[0]?.title ?? undefined, 'en'),
		tax.taxClass,
		tax.region ?? '',
		tax.category,
		tax.name ?? '',
		tax.bps / 100,
		money(tax.net),
		money(tax.tax),
		money(tax.gross),
		invoice.currency.symbol,
		invoice.currency.address,
		(invoice.typeCode === '381' ? invoice.proof.ended : invoice.proof.placed)?.transactionHash ?? '',
	]);
}

/** Text that a spreadsheet would run as a formula begins with an apostrophe (OWASP); plain numbers stay numbers. */
function cell(value: string | number): string {
	const text = String(value);
	const safe = /^-?\d+(\.\d+)?$/.test(text) || !/^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? text : `'${text}`;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
