import type { InvoiceState, TaxCategory, TaxSubtotal } from '@kaishi/protocol/order';
import { formatRate } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/index.ts';

/** What a tax is called and how high it is. */
export const taxWords = (tax: Pick<TaxSubtotal, 'name' | 'bps'>) => ({ name: tax.name ?? m.invoice_tax(), rate: formatRate(tax.bps) });

export const untaxedWords: Record<Exclude<TaxCategory, 'S'>, () => string> = {
	Z: m.invoice_category_Z,
	E: m.invoice_category_E,
	AE: m.invoice_category_AE,
	G: m.invoice_category_G,
	O: m.invoice_category_O,
};

export const stateWords: Record<InvoiceState, (money: { seller: string; buyer: string }) => string> = {
	held: () => m.invoice_state_held(),
	completed: () => m.invoice_state_completed(),
	refunded: () => m.invoice_state_refunded(),
	divided: (money) => m.invoice_state_divided(money),
};
