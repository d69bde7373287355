import type { Invoice } from '@kaishi/protocol/order';
import { inLocale, type Locale } from '@kaishi/protocol/platform/local-text';
import { CONTENT_WIDTH, Paper } from '../platform/pdf/paper.ts';
import { amountOf, countryOf, dateOf, lengthsOf, moneyOf, rateOf, termsOf, weightOf } from './invoice-format.ts';
import { type InvoiceWords, invoiceWords } from './invoice-words.ts';

const SOFT = '#6B655A';
const VERMILION = '#C2301F';
const JADE = '#1F7A5C';
const HALF = CONTENT_WIDTH / 2 - 10;

interface Page {
	paper: Paper;
	invoice: Invoice;
	locale: Locale;
	words: InvoiceWords;
}

/** Draws an invoice or credit note as PDF; equal documents give equal bytes. */
export function drawInvoice(invoice: Invoice, locale: Locale): Promise<Buffer> {
	const words = invoiceWords[locale];
	const title = `${invoice.typeCode === '380' ? words.invoice : words.creditNote} ${invoice.number}`;
	const paper = new Paper({
		title,
		author: invoice.seller.legal?.name ?? inLocale(invoice.seller.name, locale),
		subject: `${words.order} ${invoice.proof.orderId}`,
		keywords: `${invoice.schema} ${invoice.proof.placed.transactionHash}`,
		language: locale,
		createdAt: invoice.issuedAt,
		foot: `${title} · ${invoice.proof.orderId}`,
	});
	const page: Page = { paper, invoice, locale, words };
	drawHead(page);
	drawParties(page);
	drawLines(page);
	drawTotals(page);
	drawTerms(page);
	drawCustoms(page);
	drawProof(page);
	return paper.finish();
}

function drawHead({ paper, invoice, locale, words }: Page): void {
	paper.box({ x: 0, y: paper.y - 14, width: CONTENT_WIDTH, height: 4 }, VERMILION);
	const left = paper.write(invoice.typeCode === '380' ? words.invoice : words.creditNote, { size: 24, weight: 700, width: HALF });
	const facts = [
		[words.number, invoice.number],
		[words.date, dateOf(invoice.issuedAt, locale)],
		...(invoice.precedingInvoice ? [[words.corrects, invoice.precedingInvoice]] : []),
	] as [string, string][];
	const start = paper.y;
	for (const [name, value] of facts) {
		paper.write(name, { x: HALF + 20, width: 90, color: SOFT });
		paper.y += paper.write(value, { x: HALF + 110, width: HALF - 90, align: 'right', weight: 700, maxLines: 1 });
	}
	paper.y = Math.max(start + left, paper.y) + 14;
}

function drawParties(page: Page): void {
	const { paper, words } = page;
	const column = (x: number, title: string, lines: readonly string[]) => {
		const start = paper.y;
		paper.y += paper.write(title, { x, width: HALF, color: SOFT, size: 8 });
		lines.forEach((line, i) => {
			paper.y += paper.write(line, { x, width: HALF, weight: i === 0 ? 700 : 400, maxLines: 2 });
		});
		const end = paper.y;
		paper.y = start;
		return end;
	};
	const ends = [column(0, words.seller, sellerLines(page)), column(HALF + 20, words.buyer, buyerLines(page))];
	paper.y = Math.max(...ends) + 16;
}

function sellerLines({ invoice: { seller }, locale, words }: Page): string[] {
	const shop = inLocale(seller.name, locale);
	if (!seller.legal) return [shop, words.noLegal, `${words.account} ${seller.account}`];
	const { name, street, city, postcode = '', country, ids = [] } = seller.legal;
	return [name, shop, street, `${postcode} ${city}`, countryOf(country, locale), ...ids.map((id) => `${id.label} ${id.value}`)];
}

function buyerLines({ invoice: { buyer }, locale, words }: Page): string[] {
	const { details } = buyer;
	if (!details) return [buyer.account, words.noAddress];
	const place = [details.postcode, details.city, details.region].filter(Boolean).join(' ');
	return [
		details.company ?? details.name,
		...(details.company ? [details.name] : []),
		details.street,
		place,
		countryOf(details.country, locale),
		...(details.taxId ? [`${words.taxId} ${details.taxId}`] : []),
	];
}

const COLUMNS = [
	{ x: 0, width: 214 },
	{ x: 222, width: 34 },
	{ x: 260, width: 78 },
	{ x: 342, width: 40 },
	{ x: 386, width: CONTENT_WIDTH - 386 },
] as const;

function drawRow({ paper }: Page, cells: readonly string[], style: { weight?: 400 | 700; color?: string; size?: number }): void {
	const heights = cells.map((cell, i) => paper.write(cell, { ...COLUMNS[i], ...style, align: i === 0 ? 'left' : 'right', maxLines: i === 0 ? 4 : 2 }));
	paper.y += Math.max(...heights);
}

function drawLines(page: Page): void {
	const { paper, invoice, locale, words } = page;
	const exclusive = invoice.amounts === 'exclusive';
	drawRow(page, [words.item, words.quantity, words.unitPrice, words.taxRate, exclusive ? words.amountWithout : words.amountWith], { color: SOFT, size: 8 });
	paper.rule();
	paper.space(5);
	const [tax] = invoice.taxes;
	for (const line of invoice.lines) {
		paper.ensure(60);
		const named = line.kind === 'shipping' ? words.shipping : line.title ? inLocale(line.title, locale) : words.unreadable;
		const cells = [
			named,
			line.quantity,
			amountOf(line.unitPrice, invoice, locale),
			rateOf(tax?.bps ?? 0, locale),
			amountOf(exclusive ? line.net : line.gross, invoice, locale),
		];
		drawRow(page, cells, {});
		const more = [line.variant.map((value) => inLocale(value, locale)).join(' · '), line.sku ? `${words.sku} ${line.sku}` : ''].filter(Boolean).join('   ');
		if (more) paper.y += paper.write(more, { width: 214, size: 8, color: SOFT, maxLines: 2 });
		paper.space(4);
	}
	paper.rule();
	paper.space(8);
}

function drawTotals({ paper, invoice, locale, words }: Page): void {
	paper.ensure(110);
	const row = (name: string, amount: string, strong = false) => {
		paper.write(name, { x: 150, width: 220, align: 'right', weight: strong ? 700 : 400, size: strong ? 11 : 9, color: strong ? '#1B1A17' : SOFT, maxLines: 2 });
		paper.y += paper.write(amount, { x: 376, width: CONTENT_WIDTH - 376, align: 'right', weight: strong ? 700 : 400, size: strong ? 11 : 9 });
	};
	row(words.net, moneyOf(invoice.totals.net, invoice, locale));
	for (const tax of invoice.taxes) {
		const what = tax.category === 'S' ? `${tax.name ?? words.tax} ${rateOf(tax.bps, locale)}` : words.categories[tax.category];
		const inside = invoice.amounts === 'inclusive' && tax.category === 'S' ? ` (${words.contained})` : '';
		row(`${what}${inside}`, moneyOf(tax.tax, invoice, locale));
	}
	row(invoice.typeCode === '380' ? words.total : words.totalCredit, moneyOf(invoice.totals.gross, invoice, locale), true);
	paper.space(6);
	for (const tax of invoice.taxes) if (tax.note) paper.say(inLocale(tax.note, locale), { size: 8, color: SOFT });
	paper.say(words.paidIn(`${invoice.currency.symbol} (${invoice.currency.name})`), { size: 8, color: SOFT });
	const { settlement } = invoice;
	paper.say(words.states[settlement.state], { weight: 700, color: settlement.state === 'held' ? '#8A5A00' : JADE });
	if (settlement.state === 'divided')
		paper.say(words.divided(moneyOf(settlement.toSeller, invoice, locale), moneyOf(settlement.toBuyer, invoice, locale)), { size: 8 });
	paper.space(10);
}

function drawSection({ paper }: Page, title: string): void {
	paper.ensure(50);
	paper.say(title, { weight: 700, size: 10 });
	paper.space(2);
}

function drawTerms(page: Page): void {
	drawSection(page, page.words.terms);
	for (const sentence of termsOf(page.invoice, page.locale, page.words)) page.paper.say(`· ${sentence}`, { size: 8 });
	page.paper.space(10);
}

function drawCustoms(page: Page): void {
	const { invoice, locale, words, paper } = page;
	const { parcel, customs } = invoice.goods;
	const facts = [
		parcel?.weightGrams ? `${words.weight} ${weightOf(parcel.weightGrams, locale)}` : '',
		parcel?.sizeMm ? `${words.size} ${lengthsOf(parcel.sizeMm, locale)}` : '',
		customs?.origin ? `${words.origin} ${countryOf(customs.origin, locale)}` : '',
		customs?.hsCode ? `${words.hsCode} ${customs.hsCode}` : '',
	].filter(Boolean);
	if (facts.length === 0 && !customs?.duties) return;
	drawSection(page, words.customs);
	if (facts.length > 0) paper.say(facts.join('  ·  '), { size: 8 });
	if (customs?.duties) paper.say(words.duties[customs.duties], { size: 8 });
	paper.space(10);
}

function drawProof(page: Page): void {
	const { paper, invoice, words } = page;
	const { proof } = invoice;
	drawSection(page, words.proof);
	paper.say(words.proofText, { size: 8, color: SOFT, maxLines: 6 });
	paper.space(4);
	const at = invoice.typeCode === '381' && proof.ended ? proof.ended : proof.placed;
	const facts: [string, string][] = [
		[words.order, proof.orderId],
		[words.termsHash, proof.termsHash],
		[words.transaction, at.transactionHash],
		[words.block, `${at.blockNumber}  ${at.blockHash}`],
		[words.contract, proof.orderBook],
		[words.chain, String(proof.chainId)],
	];
	for (const [name, value] of facts) {
		paper.ensure(14);
		paper.write(name, { size: 7.5, color: SOFT, width: 90, maxLines: 1 });
		paper.y += paper.write(value, { x: 92, size: 7.5, maxLines: 1 });
	}
	if (proof.listing) paper.say(words.listing(proof.listing.id, proof.listing.version), { size: 7.5, color: SOFT });
}
