import type { MinuteFigures, ShowCard, ShowFigures, ShowOrder, ShowReport } from '@kaishi/protocol/live';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Money } from '@kaishi/protocol/platform/money';
import type { Hex } from 'viem';
import { describeOrders } from '../../order/public.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { titlesOf } from '../../shop/public.ts';
import { pinsOf, type ShowRow } from './query.ts';
import { listSales, type SaleRow } from './sales.ts';

const LATEST = 50;
const MINUTE_MS = 60_000;

interface CounterRow {
	viewers: number;
	peak: number;
	likes: number;
	visitors: number;
	visits: number;
	stayed_ms: number;
}

/** What was counted and sold so far, the newest orders first. */
export async function readFigures(db: Queryable, id: string): Promise<ShowFigures> {
	const [counters, minutes, taps, lines, sales] = await Promise.all([
		countersOf(db, id),
		minutesOf(db, id),
		tapsOf(db, id),
		countLines(db, id),
		listSales(db, id),
	]);
	const latest = sales.slice(0, LATEST);
	const buyers = new Set(sales.map((sale) => sale.account)).size;
	const goods = await describeOrders(
		db,
		latest.map((sale) => sale.order_id),
	);
	return {
		minutes: withSales(minutes, sales),
		viewers: counters.viewers,
		peak: counters.peak,
		visitors: counters.visitors,
		likes: counters.likes,
		lines,
		taps: [...taps.values()].reduce((sum, n) => sum + n, 0),
		orders: sales.length,
		buyers,
		conversion: counters.visitors === 0 ? null : Math.min(1, buyers / counters.visitors),
		sales: sumOf(sales),
		latest: latest.map((sale) => toShowOrder(sale, goods.get(sale.order_id)?.title ?? {})),
	};
}

/** The figures of a whole show, with each product's part in them. */
export async function readReport(db: Queryable, show: ShowRow, card: ShowCard): Promise<ShowReport> {
	const [figures, counters, taps, sales, pins, airMs] = await Promise.all([
		readFigures(db, show.show_id),
		countersOf(db, show.show_id),
		tapsOf(db, show.show_id),
		listSales(db, show.show_id),
		pinsOf(db, show.show_id),
		timeOnAir(db, show.show_id),
	]);
	const titles = await titlesOf(db, [...taps.keys(), ...sales.map((sale) => sale.listing_id), ...pins.map((pin) => pin.listing_id)]);
	return {
		...figures,
		show: card,
		durationMs: airMs,
		meanStayMs: counters.visits === 0 ? 0 : Math.round(counters.stayed_ms / counters.visits),
		goods: [...titles].map(([listingId, title]) => {
			const own = sales.filter((sale) => sale.listing_id === listingId);
			return {
				listingId,
				title,
				shownMs: pins.filter((pin) => pin.listing_id === listingId).reduce((sum, pin) => sum + Math.max(0, (pin.until ?? pin.since) - pin.since), 0),
				taps: taps.get(listingId) ?? 0,
				orders: own.length,
				units: own.reduce((sum, sale) => sum + sale.quantity, 0),
				sales: sumOf(own),
			};
		}),
	};
}

async function countersOf(db: Queryable, id: string): Promise<CounterRow> {
	const { rows } = await db.query<CounterRow>('select viewers, peak, likes::int as likes, visitors, visits, stayed_ms from live.counters where show_id = $1', [
		id,
	]);
	return rows[0] ?? { viewers: 0, peak: 0, likes: 0, visitors: 0, visits: 0, stayed_ms: 0 };
}

type Minute = Omit<MinuteFigures, 'orders' | 'sales'>;

async function minutesOf(db: Queryable, id: string): Promise<Minute[]> {
	const { rows } = await db.query<Minute>('select minute as at, viewers, joined, lines, likes, taps from live.minutes where show_id = $1 order by minute', [
		id,
	]);
	return rows;
}

async function tapsOf(db: Queryable, id: string): Promise<Map<string, number>> {
	const { rows } = await db.query<{ listing_id: string; taps: number }>('select listing_id, taps from live.taps where show_id = $1', [id]);
	return new Map(rows.map((row) => [row.listing_id, row.taps]));
}

async function countLines(db: Queryable, id: string): Promise<number> {
	const { rows } = await db.query<{ n: number }>('select count(*)::int as n from live.lines where show_id = $1', [id]);
	return rows[0]?.n ?? 0;
}

function withSales(minutes: readonly Minute[], sales: readonly SaleRow[]): MinuteFigures[] {
	const byMinute = new Map<number, SaleRow[]>();
	for (const sale of sales) {
		const minute = sale.at - (sale.at % MINUTE_MS);
		byMinute.set(minute, [...(byMinute.get(minute) ?? []), sale]);
	}
	const counted = new Map(minutes.map((minute) => [minute.at, minute]));
	const all = [...new Set([...counted.keys(), ...byMinute.keys()])].toSorted((a, b) => a - b);
	return all.map((at) => {
		const sold = byMinute.get(at) ?? [];
		return { ...(counted.get(at) ?? { at, viewers: 0, joined: 0, lines: 0, likes: 0, taps: 0 }), orders: sold.length, sales: sumOf(sold) };
	});
}

function sumOf(sales: readonly SaleRow[]): Money[] {
	const sums = new Map<Money['currency'], bigint>();
	for (const { currency, total } of sales) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(total));
	return [...sums].map(([currency, amount]) => ({ currency, amount: amount.toString() }));
}

const toShowOrder = ({ order_id, listing_id, quantity, currency, total, placed_at, announced }: SaleRow, title: LocalText): ShowOrder => ({
	orderId: order_id as Hex,
	listingId: listing_id,
	title,
	quantity,
	total: { currency, amount: total },
	at: placed_at,
	announced,
});

/** Between each start and what took the picture away for good. */
async function timeOnAir(db: Queryable, id: string): Promise<number> {
	const { rows } = await db.query<{ began: number | null; over: number | null }>(
		`select min(at) filter (where kind = 'started') as began, max(at) filter (where kind = 'ended') as over from live.records where show_id = $1`,
		[id],
	);
	const [{ began, over } = { began: null, over: null }] = rows;
	return began === null || over === null ? 0 : over - began;
}
