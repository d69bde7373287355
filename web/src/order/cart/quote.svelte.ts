import type { CartLine, Quote, QuoteLine } from '@kaishi/protocol/order';
import { priceOfLine, sumByCurrency } from '@kaishi/protocol/order';
import type { Money } from '@kaishi/protocol/platform/money';
import { api } from '#platform/api/client.ts';

/** A line of the cart beside what it costs now. */
export interface QuotedLine {
	line: CartLine;
	quoted: QuoteLine;
}

/** The operator's answer to what a cart costs now, and until when. */
export class CartQuote {
	quote = $state.raw<Quote | null>(null);
	failure = $state.raw<unknown>(null);
	#asked = '';
	#turn = 0;

	/** Asks again when the lines differ from those asked about, or `anew`. */
	async ask(lines: readonly CartLine[], anew = false): Promise<void> {
		const wanted = lines.map(({ offerId, quantity }) => ({ offerId, quantity }));
		const key = JSON.stringify(wanted);
		if (!anew && key === this.#asked) return;
		this.#asked = key;
		const turn = ++this.#turn;
		if (wanted.length === 0) {
			this.quote = null;
			return;
		}
		try {
			const quote = await api.post<Quote>('/api/quotes', { lines: wanted });
			if (turn !== this.#turn) return;
			[this.quote, this.failure] = [quote, null];
		} catch (error) {
			if (turn !== this.#turn) return;
			[this.failure, this.#asked] = [error, ''];
		}
	}
}

/** Lines with their quotes, as far as there is an answer about them. */
export function quotedLines(lines: readonly CartLine[], quote: Quote | null): QuotedLine[] {
	return lines.flatMap((line) => {
		const quoted = quote?.lines.find(({ offerId }) => offerId === line.offerId);
		return quoted ? [{ line, quoted }] : [];
	});
}

/** By shop, in the order in which shops were first chosen from; offers that are gone for good stand apart. */
export function byShop(lines: readonly QuotedLine[]): { shop: NonNullable<QuoteLine['offer']>['shop'] | null; lines: QuotedLine[] }[] {
	const groups = new Map<string, { shop: NonNullable<QuoteLine['offer']>['shop'] | null; lines: QuotedLine[] }>();
	for (const one of lines) {
		const shop = one.quoted.offer?.shop ?? null;
		const group = groups.get(shop?.id ?? '') ?? { shop, lines: [] };
		group.lines.push(one);
		groups.set(shop?.id ?? '', group);
	}
	return [...groups.values()];
}

/** Goods, delivery and both, one sum per coin, of what can be bought. */
export function totalsOf(lines: readonly QuotedLine[]): { goods: Money[]; delivery: Money[]; total: Money[] } {
	const sums = { goods: [] as Money[], delivery: [] as Money[], total: [] as Money[] };
	for (const { line, quoted } of lines) {
		if (quoted.problem !== null || !quoted.offer) continue;
		const { terms } = quoted.offer;
		const price = priceOfLine(terms, line.quantity);
		for (const part of ['goods', 'delivery', 'total'] as const) sums[part].push({ currency: terms.currency, amount: price[part].toString() });
	}
	return { goods: sumByCurrency(sums.goods), delivery: sumByCurrency(sums.delivery.filter(({ amount }) => amount !== '0')), total: sumByCurrency(sums.total) };
}
