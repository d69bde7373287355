import type { Address, Hex } from 'viem';
import type { LocalText } from '../platform/local-text.ts';
import type { Currency } from '../platform/money.ts';
import type { Proof } from '../platform/proof.ts';
import type { Customs, LegalSeller, ListingContent, Parcel, ShopProfile, TaxClass } from '../shop/index.ts';
import type { DeliveryDetails } from './details.ts';
import { type Order, termsHashOf } from './order.ts';
import { containedTax, divideInProportion, type TaxRule, taxClassOf, taxRuleFor, taxStep } from './tax.ts';
import { type OrderWire, orderToWire } from './wire.ts';

export const INVOICE_SCHEMA = 'kaishi.invoice/1';

/** One thing that is paid for. Amounts are base units of the currency as decimal strings; `net + tax = gross`. */
export interface InvoiceLine {
	kind: 'goods' | 'shipping';
	title: LocalText | null;
	variant: LocalText[];
	sku: string | null;
	quantity: string;
	/** As agreed: tax included. */
	unitPrice: string;
	net: string;
	tax: string;
	gross: string;
}

/** All lines of one rate together (EN 16931 BG-23). */
export interface TaxSubtotal extends TaxRule {
	taxClass: TaxClass;
	net: string;
	tax: string;
	gross: string;
}

/** Where the money is: with the contract; with the seller; back with the buyer; divided. */
export type InvoiceState = 'held' | 'completed' | 'refunded' | 'divided';

/**
 * An invoice, or the credit note for what came back of it. A pure function of the agreed order, the listing and the shop's
 * profile as they stood on the chain when it was placed, the delivery details both sides hold, and how it ended: whoever has
 * these parts gets the same document. Names follow EN 16931; `docs/invoice.md` describes every field.
 */
export interface Invoice {
	schema: typeof INVOICE_SCHEMA;
	/** UNCL 1001: 380 invoice, 381 credit note. */
	typeCode: '380' | '381';
	number: string;
	/** Unix seconds of the block that brought it about. */
	issuedAt: number;
	/** The invoice that a credit note corrects. */
	precedingInvoice: string | null;
	currency: Currency;
	seller: { shopId: string; name: LocalText; account: Address; legal: LegalSeller | null };
	buyer: { account: Address; details: DeliveryDetails | null };
	lines: InvoiceLine[];
	taxes: TaxSubtotal[];
	totals: { net: string; tax: string; gross: string };
	/** How line amounts are to be written. */
	amounts: 'inclusive' | 'exclusive';
	settlement: { state: InvoiceState; toSeller: string; toBuyer: string; endedAt: number | null };
	goods: { kind: 'physical' | 'digital'; parcel: Parcel | null; customs: Customs | null };
	order: OrderWire;
	proof: InvoiceProof;
}

/** What it takes to check the document without asking this operator. */
export interface InvoiceProof {
	chainId: number;
	orderBook: Address;
	orderId: Hex;
	termsHash: Hex;
	placed: Proof;
	ended: Proof | null;
	/** Where the taxed listing stands. */
	listing: { id: string; version: number; proof: Proof } | null;
	/** The version of the shop's profile whose tax table was in force. */
	profile: Proof | null;
	/** With the buyer's details gives `order.detailsHash`. */
	detailsSalt: Hex | null;
}

/** Everything a document is computed from. */
export interface InvoiceParts {
	chainId: number;
	orderBook: Address;
	currency: Currency;
	orderId: Hex;
	order: Order;
	/** Which sale of the shop this is, counted from 1 in the order of the chain. */
	saleNumber: number;
	placed: Proof;
	/** Null until the order has ended. */
	end: { sellerAmount: bigint; buyerAmount: bigint; total: bigint; proof: Proof } | null;
	shop: { id: string; account: Address; name: LocalText };
	profile: { content: ShopProfile; proof: Proof } | null;
	listing: { id: string; variant: number; content: ListingContent; proof: Proof } | null;
	delivery: { details: DeliveryDetails; salt: Hex } | null;
}

/** Gapless per shop by construction: the chain counts a shop's sales, nobody hands numbers out. */
export const invoiceNumber = (shopId: string, saleNumber: number) => `KS${shopId}-${String(saleNumber).padStart(6, '0')}`;

/** An order ends once, so it has one credit note at most, named after its invoice. */
export const creditNoteNumber = (shopId: string, saleNumber: number) => `${invoiceNumber(shopId, saleNumber)}-C`;

export function buildInvoice(parts: InvoiceParts): Invoice {
	const { order, placed, shop, saleNumber } = parts;
	const goods = order.terms.unitPrice * order.quantity;
	const amounts = order.terms.shippingPrice > 0n ? [goods, order.terms.shippingPrice] : [goods];
	return {
		...documentOf(parts, amounts),
		typeCode: '380',
		number: invoiceNumber(shop.id, saleNumber),
		issuedAt: placed.timestamp,
		precedingInvoice: null,
	};
}

/** For what went back to the buyer, spread over the invoice's lines in proportion; null while nothing did. */
export function buildCreditNote(parts: InvoiceParts): Invoice | null {
	const { order, end, shop, saleNumber, currency } = parts;
	if (!end || end.buyerAmount === 0n) return null;
	const paid = [order.terms.unitPrice * order.quantity, ...(order.terms.shippingPrice > 0n ? [order.terms.shippingPrice] : [])];
	return {
		...documentOf(parts, divideInProportion(end.buyerAmount, paid, taxStep(currency, paid))),
		typeCode: '381',
		number: creditNoteNumber(shop.id, saleNumber),
		issuedAt: end.proof.timestamp,
		precedingInvoice: invoiceNumber(shop.id, saleNumber),
	};
}

type Document = Omit<Invoice, 'typeCode' | 'number' | 'issuedAt' | 'precedingInvoice'>;

/** @param amounts gross of the goods and, where it is paid for, of the shipping. */
function documentOf(parts: InvoiceParts, amounts: readonly bigint[]): Document {
	const { order, currency, shop, profile, listing, delivery } = parts;
	const settings = profile?.content.tax;
	const taxClass = taxClassOf(listing?.content ?? { kind: 'physical' });
	const place = delivery && { country: delivery.details.country, region: delivery.details.region };
	const rule = taxRuleFor(settings, taxClass, place, Boolean(delivery?.details.taxId));
	const taxes = containedTax(amounts, rule.bps, taxStep(currency, amounts));
	const lines = amounts.map((gross, i) => lineOf(parts, i, gross, taxes[i] ?? 0n));
	const totals = totalsOf(amounts, taxes);
	return {
		schema: INVOICE_SCHEMA,
		currency,
		seller: { shopId: shop.id, name: profile?.content.name ?? shop.name, account: shop.account, legal: settings?.seller ?? null },
		buyer: { account: order.buyer, details: delivery?.details ?? null },
		lines,
		// Shipping shares the fate of what is shipped, so one order has one rate.
		taxes: [{ ...rule, taxClass, ...totals }],
		totals,
		amounts: settings?.amounts ?? 'inclusive',
		settlement: settlementOf(parts),
		goods: { kind: listing?.content.kind ?? 'physical', parcel: listing?.content.parcel ?? null, customs: listing?.content.customs ?? null },
		order: orderToWire(order),
		proof: proofOf(parts),
	};
}

function lineOf({ order, listing }: InvoiceParts, index: number, gross: bigint, tax: bigint): InvoiceLine {
	const money = { net: (gross - tax).toString(), tax: tax.toString(), gross: gross.toString() };
	if (index === 1) return { kind: 'shipping', title: null, variant: [], sku: null, quantity: '1', unitPrice: order.terms.shippingPrice.toString(), ...money };
	const variant = listing?.content.variants[listing.variant];
	return {
		kind: 'goods',
		title: listing?.content.title ?? null,
		variant: variant?.values ?? [],
		sku: variant?.sku ?? null,
		quantity: order.quantity.toString(),
		unitPrice: order.terms.unitPrice.toString(),
		...money,
	};
}

function totalsOf(amounts: readonly bigint[], taxes: readonly bigint[]): Invoice['totals'] {
	const gross = amounts.reduce((sum, one) => sum + one, 0n);
	const tax = taxes.reduce((sum, one) => sum + one, 0n);
	return { net: (gross - tax).toString(), tax: tax.toString(), gross: gross.toString() };
}

function settlementOf({ end }: InvoiceParts): Invoice['settlement'] {
	if (!end) return { state: 'held', toSeller: '0', toBuyer: '0', endedAt: null };
	const state = end.buyerAmount === 0n ? 'completed' : end.buyerAmount === end.total ? 'refunded' : 'divided';
	return { state, toSeller: (end.total - end.buyerAmount).toString(), toBuyer: end.buyerAmount.toString(), endedAt: end.proof.timestamp };
}

function proofOf(parts: InvoiceParts): InvoiceProof {
	const { chainId, orderBook, orderId, order, placed, end, listing, profile, delivery } = parts;
	return {
		chainId,
		orderBook,
		orderId,
		termsHash: termsHashOf(order.terms),
		placed,
		ended: end?.proof ?? null,
		listing: listing && { id: listing.id, version: order.version, proof: listing.proof },
		profile: profile?.proof ?? null,
		detailsSalt: delivery?.salt ?? null,
	};
}

/** What one order's sides may print. */
export interface OrderDocuments {
	invoice: Invoice;
	creditNote: Invoice | null;
}

export interface InvoiceReads {
	/** Null for whoever is not a side of the order, and for orders that do not exist. */
	documents(orderId: Hex, viewer: Address | null): Promise<OrderDocuments | null>;
}
