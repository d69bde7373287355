import type { Hit } from '../load/messages.ts';
import { peers, percentile } from '../peers.ts';
import type { Chart } from './chart.ts';
import type { DropResult } from './run-drop.ts';

/** What is printed last, for programs. Times in milliseconds. */
export interface DropFigures {
	sold: number;
	refused: number;
	lost: number;
	doubled: number;
	allAnsweredMs: number;
	receiptP50Ms: number;
	receiptP95Ms: number;
	refusalP50Ms: number;
	/** Everything the market and its PostgreSQL did during the race, pages and refusals included, over the orders sold. */
	cpuMsPerOrder: number | null;
	receiptP99Ms: number;
	refusalP95Ms: number;
	refusalP99Ms: number;
	/** From the moment when somebody was first told so of the same product, or its last receipt if that was earlier; or from one's own tap if that was later. */
	refusalOnceSoldOutP50Ms: number;
	pageP50Ms: number | null;
	pageP95Ms: number | null;
	pages: number;
	/** Everything that was answered, sold or not. */
	cpuMsPerAnswer: number | null;
	/** From the first request written to the last. */
	firedWithinMs: number;
	/** When a server that only reads and answers, asked by the same buyers a moment before, has answered all. */
	bareAllAnsweredMs: number;
	bareP50Ms: number;
	/** CPU of the buyers' side, which shares the cores with the market. */
	racerCpuMs: number;
	settledMs: number;
	/** Anything that must not be: unclear answers, wrong money, tables that differ. */
	problems: number;
	busy: number;
	awayMs: number | null;
	eventLoopMaxMs: number;
	buyers: number;
	stock: number;
	products: number;
	forged: number;
	door: string;
}

const round = (value: number) => Math.round(value * 10) / 10;
const took = ({ sentMs, answeredMs }: Hit) => answeredMs - sentMs;

export function figuresOf(result: DropResult): DropFigures {
	const { options, verdict, cpu, pages, eventLoop, awayMs } = result;
	const { receipts, refusals } = split(result);
	const firstMs = Math.min(...result.hits.map(({ sentMs }) => sentMs));
	const onceSoldOut = waitsOnceSoldOut(result);
	const cpuMs = cpu === null ? null : cpu.node + (cpu.postgres ?? 0);
	const shown = pages.filter(({ status }) => status === 200).map(({ milliseconds }) => milliseconds);
	const at = (hits: readonly Hit[], share: number) => round(percentile(hits.map(took), share));
	return {
		sold: verdict.sold,
		refused: Object.values(verdict.refused).reduce((sum, times) => sum + times, 0),
		lost: verdict.lost.length,
		doubled: verdict.doubled.length,
		allAnsweredMs: round(Math.max(...result.hits.map(({ answeredMs }) => answeredMs)) - firstMs),
		receiptP50Ms: at(receipts, 0.5),
		receiptP95Ms: at(receipts, 0.95),
		refusalP50Ms: at(refusals, 0.5),
		cpuMsPerOrder: cpuMs === null ? null : round(cpuMs / Math.max(1, verdict.sold)),
		receiptP99Ms: at(receipts, 0.99),
		refusalP95Ms: at(refusals, 0.95),
		refusalP99Ms: at(refusals, 0.99),
		refusalOnceSoldOutP50Ms: round(percentile(onceSoldOut, 0.5)),
		pageP50Ms: shown.length === 0 ? null : round(percentile(shown, 0.5)),
		pageP95Ms: shown.length === 0 ? null : round(percentile(shown, 0.95)),
		pages: shown.length,
		cpuMsPerAnswer: cpuMs === null ? null : round(cpuMs / result.hits.length),
		firedWithinMs: round(Math.max(...result.hits.map(({ sentMs }) => sentMs)) - firstMs),
		bareAllAnsweredMs: round(result.bare.allAnsweredMs),
		bareP50Ms: round(result.bare.p50Ms),
		racerCpuMs: round(result.racerCpuMs),
		settledMs: round(result.settledMs),
		problems: verdict.problems.length,
		busy: result.hits.reduce((sum, { busy }) => sum + busy, 0),
		awayMs: awayMs === null ? null : Math.round(awayMs),
		eventLoopMaxMs: round(eventLoop.maxMs),
		...{ buyers: options.buyers, stock: options.stock, products: options.products, forged: options.forged, door: options.door },
	};
}

/** How long each honest buyer who came too late waited while it was known that nothing is left of what they wanted, milliseconds. */
function waitsOnceSoldOut({ hits, answers, intents }: DropResult): number[] {
	const known = new Map<bigint, { firstRefusal: number; lastReceipt: number }>();
	const productOf = (i: number) => intents[i]?.order.offerId ?? 0n;
	const late: number[] = [];
	for (const [i, { answeredMs }] of hits.entries()) {
		const answer = answers[i];
		const product = known.get(productOf(i)) ?? { firstRefusal: Number.POSITIVE_INFINITY, lastReceipt: 0 };
		known.set(productOf(i), product);
		if (answer?.kind === 'promised' || answer?.kind === 'placed') product.lastReceipt = Math.max(product.lastReceipt, answeredMs);
		if (answer?.kind !== 'refused' || answer.code !== 'Catalog_SoldOut' || intents[i]?.forged) continue;
		product.firstRefusal = Math.min(product.firstRefusal, answeredMs);
		late.push(i);
	}
	return late.map((i) => {
		const { answeredMs = 0, sentMs = 0 } = hits[i] ?? {};
		const { firstRefusal = 0, lastReceipt = 0 } = known.get(productOf(i)) ?? {};
		return answeredMs - Math.max(sentMs, lastReceipt > 0 ? Math.min(firstRefusal, lastReceipt) : firstRefusal);
	});
}

/** Who was told yes, and which honest buyer was told no. */
function split({ hits, answers, intents }: DropResult): { receipts: Hit[]; refusals: Hit[] } {
	const told = (kinds: readonly string[], i: number) => kinds.includes(answers[i]?.kind ?? '');
	return {
		receipts: hits.filter((_, i) => told(['promised', 'placed'], i)),
		refusals: hits.filter((_, i) => told(['refused'], i) && !intents[i]?.forged),
	};
}

export function reportDrop(result: DropResult, figures: DropFigures): void {
	const { verdict, cpu, eventLoop } = result;
	const f = figures;
	console.log(
		`\n${f.buyers} buyers, ${f.stock} pieces of ${f.products} products, ${f.forged} % forged, door ${f.door}${f.awayMs === null ? '' : ', killed in the middle'}`,
	);
	console.log(
		`  sold ${f.sold}, refused ${f.refused} (${Object.entries(verdict.refused)
			.map(([code, times]) => `${times} ${code}`)
			.join(', ')}), lost ${f.lost}, doubled ${f.doubled}`,
	);
	console.log(`  all requests written within ${f.firedWithinMs} ms; writing and listening cost ${f.racerCpuMs} ms CPU on the same cores`);
	if (f.awayMs === null)
		console.log(
			`  a bare server that sells nothing answers all of them after ${f.bareAllAnsweredMs} ms, p50 ${f.bareP50Ms}: the market takes ${(f.allAnsweredMs / f.bareAllAnsweredMs).toFixed(1)} times as long`,
		);
	console.log(`  all answered after ${f.allAnsweredMs} ms, on the chain and in the tables after ${f.settledMs} ms`);
	console.log(
		`  receipts p50 ${f.receiptP50Ms}, p95 ${f.receiptP95Ms}, p99 ${f.receiptP99Ms} ms; refusals p50 ${f.refusalP50Ms}, p95 ${f.refusalP95Ms}, p99 ${f.refusalP99Ms} ms (p50 ${f.refusalOnceSoldOutP50Ms} ms once sold out)`,
	);
	if (f.pageP95Ms !== null) console.log(`  product page meanwhile: ${f.pages} times, p50 ${f.pageP50Ms}, p95 ${f.pageP95Ms} ms`);
	if (f.awayMs !== null) console.log(`  the market was away for ${f.awayMs} ms`);
	if (f.busy > 0) console.log(`  "busy" was said ${f.busy} times`);
	if (cpu !== null)
		console.log(
			`  CPU: market ${cpu.node} ms, PostgreSQL ${cpu.postgres ?? '?'} ms: ${f.cpuMsPerOrder} ms per order sold, ${f.cpuMsPerAnswer} ms per answer; event loop ${Math.round(eventLoop.utilization * 100)} % busy, longest stop ${f.eventLoopMaxMs} ms`,
		);
	for (const [name, peer] of Object.entries(peers.drop))
		console.log(
			`  ${name} sold ${peer.sold} of ${peer.stock} to ${peer.buyers} buyers${peer.lastAnswerMs === null ? '' : `, the last answer after ${peer.lastAnswerMs / 1000} s`}`,
		);
	for (const [name, peer] of Object.entries(peers.orders))
		if (f.cpuMsPerOrder !== null) console.log(`  ${name} spends ${peer.cpuSecondsPerOrder * 1000} ms CPU per order`);
	const wrong = [...verdict.lost.map((text) => `lost: ${text}`), ...verdict.doubled.map((text) => `doubled: ${text}`), ...verdict.problems];
	for (const text of wrong.slice(0, 20)) console.log(`  ✗ ${text}`);
	if (wrong.length > 20) console.log(`  ✗ and ${wrong.length - 20} more`);
}

export function chartOf(result: DropResult, figures: DropFigures): Chart {
	const { receipts, refusals } = split(result);
	const firstMs = Math.min(...result.hits.map(({ sentMs }) => sentMs));
	const since = (hits: readonly Hit[]) => hits.map(({ answeredMs }) => answeredMs - firstMs).sort((a, b) => a - b);
	return {
		title: `${figures.buyers} buyers tap at once, ${figures.stock} pieces`,
		subtitle: `Answered by when. Receipts p50 ${Math.round(figures.receiptP50Ms)} ms; nobody waits longer than ${Math.round(figures.allAnsweredMs)} ms.`,
		series: [
			{ name: 'receipts', color: 'receipts', times: since(receipts) },
			{ name: 'sold out', color: 'refusals', times: since(refusals) },
		],
	};
}
