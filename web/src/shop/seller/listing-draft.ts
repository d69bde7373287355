import { type OfferTerms, termsFromWire } from '@kaishi/protocol/order';
import { toCanonicalBytes } from '@kaishi/protocol/platform/canonical-json';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { MediaView } from '@kaishi/protocol/platform/media';
import { formatAmount } from '@kaishi/protocol/platform/money';
import { type Category, type ListingContent, type ListingView, MAX_PER_ACCOUNT, UNLIMITED_STOCK } from '@kaishi/protocol/shop';
import { parsePrice } from '#platform/i18n/parse-price.ts';
import { emptyGoods, type GoodsDraft, goodsFromDraft, goodsToDraft } from './goods-draft.ts';
import { digitalOf, type Policy, policyOfTerms, termsOfPolicy, usualPolicy } from './policy.ts';
import { type OptionDraft, optionsOfRows, usableOptions, type VariantDraft } from './variants.ts';

/** A picture in the editor: what the server stored, and what the seller says about it. */
export interface PictureDraft {
	view: MediaView;
	alt: LocalText;
}

/** A listing while it is being written; survives a reload as JSON. */
export interface ListingDraft {
	title: LocalText;
	description: LocalText;
	category: Category;
	kind: 'physical' | 'digital';
	pictures: PictureDraft[];
	options: OptionDraft[];
	rows: VariantDraft[];
	currency: `0x${string}`;
	/** Flat price of delivery per order, as typed; '' is free. */
	shipping: string;
	/** Pieces one person may have, as typed; '' is no limit. */
	perAccount: string;
	policy: Policy;
	attributes: { name: LocalText; value: LocalText }[];
	goods: GoodsDraft;
}

export function emptyDraft(currency: `0x${string}`): ListingDraft {
	return {
		title: {},
		description: {},
		category: 'craft',
		kind: 'physical',
		pictures: [],
		options: [],
		rows: [{ values: [], price: '', stock: '10', sku: '', media: null }],
		currency,
		shipping: '',
		perAccount: '',
		policy: structuredClone(usualPolicy),
		attributes: [],
		goods: emptyGoods(),
	};
}

/** The editor's view of what is published now. `decimals` are the listing's currency's. */
export function draftOfListing(listing: ListingView, decimals: number): ListingDraft {
	const first = listing.offers[0];
	if (!first) throw new RangeError('a listing without offers');
	return {
		title: { ...listing.title },
		description: { ...(listing.description ?? {}) },
		category: listing.category,
		kind: listing.kind,
		pictures: listing.media.map((view) => ({ view, alt: { ...(view.alt ?? {}) } })),
		options: optionsOfRows(listing.options, listing.offers),
		rows: listing.offers.map((offer) => ({
			values: offer.values,
			price: formatAmount(BigInt(offer.terms.unitPrice), decimals),
			stock: offer.stock === null ? '' : String(offer.stock),
			sku: offer.sku ?? '',
			media: offer.media,
		})),
		currency: first.terms.currency,
		shipping: first.terms.shippingPrice === '0' ? '' : formatAmount(BigInt(first.terms.shippingPrice), decimals),
		perAccount: listing.perAccount === null ? '' : String(listing.perAccount),
		policy: policyOfTerms(termsFromWire(first.terms), decimals),
		attributes: listing.attributes.map((a) => ({ name: { ...a.name }, value: { ...a.value } })),
		goods: goodsToDraft(listing),
	};
}

/** Without empty languages; undefined when nothing is left. */
export function cleanText(text: LocalText): LocalText | undefined {
	const clean: LocalText = {};
	if (text.en?.trim()) clean.en = text.en.trim();
	if (text['zh-CN']?.trim()) clean['zh-CN'] = text['zh-CN'].trim();
	return clean.en || clean['zh-CN'] ? clean : undefined;
}

/** What would stand on the chain; fields that are missing are left out or empty, so it can be counted at any time. */
export function contentOfDraft(draft: ListingDraft): ListingContent {
	const options = usableOptions(draft.options);
	const description = cleanText(draft.description);
	const perAccount = parsePerAccount(draft.perAccount);
	const attributes = draft.attributes.flatMap((a) => {
		const [name, value] = [cleanText(a.name), cleanText(a.value)];
		return name && value ? [{ name, value }] : [];
	});
	return {
		title: cleanText(draft.title) ?? {},
		...(description && { description }),
		category: draft.category,
		kind: draft.kind,
		media: draft.pictures.map(({ view, alt }) => {
			const text = cleanText(alt);
			return { cid: view.cid, width: view.width, height: view.height, ...(text && { alt: text }) };
		}),
		options: options.map((o) => cleanText(o.name) ?? {}),
		variants: draft.rows.map((row) => ({
			values: row.values.slice(0, options.length).map((value) => cleanText(value) ?? {}),
			...(row.sku.trim() && { sku: row.sku.trim() }),
			...(row.media !== null && row.media < draft.pictures.length && { media: row.media }),
		})),
		...(attributes.length > 0 && { attributes }),
		...goodsFromDraft(draft.goods, draft.kind),
		...(typeof perAccount === 'number' && { perAccount }),
	};
}

export function contentBytes(draft: ListingDraft): number {
	return toCanonicalBytes(contentOfDraft(draft)).length;
}

/** '' is unlimited; null when it is no whole number that the contract can hold. */
export function parseStock(text: string): bigint | null {
	const clean = text.trim();
	if (clean === '') return UNLIMITED_STOCK;
	if (!/^\d{1,15}$/.test(clean)) return null;
	const stock = BigInt(clean);
	return stock < UNLIMITED_STOCK ? stock : null;
}

/** '' is no limit: undefined; null when it is no number that a listing can name. */
export function parsePerAccount(text: string): number | undefined | null {
	const clean = text.trim();
	if (clean === '') return undefined;
	const most = /^\d{1,4}$/.test(clean) ? Number(clean) : 0;
	return most >= 1 && most <= MAX_PER_ACCOUNT ? most : null;
}

/** Terms and stock of each variant, in order. The draft must have passed `problemsOfDraft`. */
export function offersOfDraft(draft: ListingDraft, decimals: number, arbitrator: `0x${string}`): { terms: OfferTerms[]; stocks: bigint[] } {
	const digital = draft.kind === 'digital';
	const policy = termsOfPolicy(digital ? digitalOf(draft.policy) : draft.policy, decimals);
	const shippingPrice = digital || draft.shipping.trim() === '' ? 0n : amountOrThrow(parsePrice(draft.shipping, decimals));
	return {
		terms: draft.rows.map((row) => ({
			currency: draft.currency,
			unitPrice: amountOrThrow(parsePrice(row.price, decimals)),
			shippingPrice,
			...policy,
			arbitrator,
		})),
		stocks: draft.rows.map((row) => amountOrThrow(parseStock(row.stock))),
	};
}

function amountOrThrow(amount: bigint | null): bigint {
	if (amount === null) throw new RangeError('the draft still has problems');
	return amount;
}
