import type { Order } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { shopOfListing } from '@kaishi/protocol/shop';
import { type Address, isAddressEqual } from 'viem';
import type { Held, Intent } from './promise.ts';
import { type OfferRow, type Snapshot, unitsId } from './snapshot.ts';

/** A promise must be kept while the money and the goods are still held for it: this long before either ends nothing is promised, seconds. */
export const MARGIN_SECONDS = 120;

/** What is asked of the contracts' parameters for each currency and arbitrator. */
export interface Rules {
	feeBps: number;
	currencyAllowed: boolean;
	arbitratorAllowed: boolean;
}

/** For an order that is refused whatever the rules are. */
export const unasked = ({ feeBps }: Order): Rules => ({ feeBps, currencyAllowed: true, arbitratorAllowed: true });

/**
 * What goods, tabs and accounts still have, less everything that is held for intents that the snapshot does not know yet.
 * Intents are judged one after the other, and each that passes takes its part.
 */
export class Remaining {
	readonly #snapshot: Snapshot;
	readonly #stock = new Map<string, bigint>();
	readonly #money = new Map<string, bigint>();
	readonly #units = new Map<string, bigint>();
	readonly #spentElsewhere: (tab: string) => bigint;

	/** @param spentElsewhere what is promised on tabs for other things than orders; asked anew each time, since it grows while intents are judged. */
	constructor(snapshot: Snapshot, held: Iterable<Held>, spentElsewhere: (tab: string) => bigint) {
		this.#snapshot = snapshot;
		this.#spentElsewhere = spentElsewhere;
		for (const [id, offer] of snapshot.offers) if (offer.stock !== null) this.#stock.set(id, offer.stock);
		for (const [id, tab] of snapshot.tabs) this.#money.set(id, tab.left);
		for (const [id, units] of snapshot.units) this.#units.set(id, units);
		for (const { intent } of held) if (!snapshot.placed.has(intent.orderId)) this.take(intent);
	}

	take({ order, offerId, tab, total }: Intent): void {
		const add = (map: Map<string, bigint>, id: string, amount: bigint) => {
			const now = map.get(id);
			if (now !== undefined) map.set(id, now + amount);
		};
		add(this.#stock, offerId, -order.quantity);
		add(this.#money, tab, -total);
		const id = unitsId(order.buyer, listingIdOf(order.offerId));
		this.#units.set(id, (this.#units.get(id) ?? 0n) + order.quantity);
	}

	/** Null: without end. */
	stockOf(offerId: string): bigint | null {
		const left = this.#stock.get(offerId);
		return left === undefined ? null : left > 0n ? left : 0n;
	}

	moneyOf(id: string): bigint {
		const left = (this.#money.get(id) ?? 0n) - this.#spentElsewhere(id);
		return left > 0n ? left : 0n;
	}

	unitsOf(account: string, listingId: string): bigint {
		return this.#units.get(unitsId(account, listingId)) ?? 0n;
	}

	get snapshot(): Snapshot {
		return this.#snapshot;
	}
}

export const listingIdOf = (offerId: bigint) => (offerId >> 16n).toString();

/** The offer, if there is still enough of it. Looked at before anything that costs time: most come too late. Throws `OrderBook_AlreadyPlaced` first: who got the last piece and asks again has not come too late. */
export function requireGoods({ order, orderId }: Pick<Intent, 'order' | 'orderId'>, remaining: Remaining): OfferRow {
	if (remaining.snapshot.placed.has(orderId)) throw new Refusal('OrderBook_AlreadyPlaced', 'conflict', { orderId });
	const offerId = order.offerId.toString();
	const offer = remaining.snapshot.offers.get(offerId);
	if (!offer) throw new Refusal('Catalog_TermsMismatch', 'conflict', { offerId });
	const left = remaining.stockOf(offerId);
	if (left !== null && left < order.quantity)
		throw new Refusal('Catalog_SoldOut', 'conflict', { offerId, left: left.toString(), wanted: order.quantity.toString() });
	return offer;
}

/**
 * Throws the refusal that the contract would give, or gives nothing: what passes is sure to be placed, as long as nobody but us takes
 * from offer and tab. `signer` is who signed for the tab's key, `sameTerms` says whether the order's terms are those on sale.
 */
export function requireSound(
	intent: Intent,
	{
		offer,
		remaining,
		rules,
		now,
		operatorId,
		signer,
		sameTerms,
	}: { offer: OfferRow; remaining: Remaining; rules: Rules; now: number; operatorId: number; signer: Address | null; sameTerms: boolean },
): void {
	const { order, key, total } = intent;
	if (order.validBefore < BigInt(now + MARGIN_SECONDS)) throw new Refusal('OrderBook_Expired', 'conflict', { validBefore: order.validBefore.toString() });
	if (order.quantity === 0n) throw new Refusal('OrderBook_InvalidQuantity', 'invalid', { quantity: '0' });
	if (isAddressEqual(order.affiliate, order.buyer)) throw new Refusal('OrderBook_InvalidAffiliate', 'invalid', { affiliate: order.affiliate });
	if (order.version !== offer.version || !sameTerms) throw new Refusal('Catalog_TermsMismatch', 'conflict', { offerId: offer.offerId });
	if (order.feeBps !== rules.feeBps) throw new Refusal('OrderBook_WrongFee', 'conflict', { feeBps: String(order.feeBps), expected: String(rules.feeBps) });
	if (!rules.currencyAllowed) throw new Refusal('OrderBook_CurrencyNotAllowed', 'invalid', { currency: order.terms.currency });
	if (!rules.arbitratorAllowed || isAddressEqual(order.terms.arbitrator, order.buyer))
		throw new Refusal('OrderBook_ArbitratorNotAllowed', 'invalid', { arbitrator: order.terms.arbitrator });
	if (offer.dealUntil !== null && now > offer.dealUntil)
		throw new Refusal('Catalog_Ended', 'conflict', { offerId: offer.offerId, until: String(offer.dealUntil) });
	if (offer.pledge !== null && offer.pledge.until >= now && offer.pledge.operatorId !== operatorId)
		throw new Refusal('Catalog_Pledged', 'conflict', { offerId: offer.offerId, until: String(offer.pledge.until) });
	requireUnits(intent, offer, remaining);
	const tab = remaining.snapshot.tabs.get(intent.tab);
	if (!tab || tab.validUntil < now + MARGIN_SECONDS)
		throw new Refusal('Tabs_NotOpen', 'conflict', { account: order.buyer, key, validUntil: String(tab?.validUntil ?? 0) });
	if (tab.operatorId !== operatorId) throw new Refusal('Tabs_OtherOperator', 'conflict', { operatorId: String(tab.operatorId) });
	const shopId = shopOfListing(order.offerId >> 16n).toString();
	if (tab.shopId !== null && tab.shopId !== shopId) throw new Refusal('Tabs_OtherShop', 'conflict', { shopId: tab.shopId, wanted: shopId });
	const left = remaining.moneyOf(intent.tab);
	if (left < total) throw new Refusal('Tabs_OverLimit', 'conflict', { left: left.toString(), wanted: total.toString() });
	if (signer !== key) throw new Refusal('OrderBook_InvalidSignature', 'forbidden', { signer: key });
}

function requireUnits({ order }: Intent, offer: OfferRow, remaining: Remaining): void {
	if (offer.perAccount === null) return;
	if (remaining.unitsOf(order.buyer, offer.listingId) + order.quantity > offer.perAccount)
		throw new Refusal('Operator_LimitReached', 'conflict', { most: offer.perAccount.toString() });
}

/** Whether the rules stay as they are while a promise is being kept: what governance has decided anybody carries out when they like. */
export function areRulesSettled({ decisions }: Snapshot, parameters: Address, now: number): boolean {
	return decisions.every(({ target, from }) => !isAddressEqual(target, parameters) || from > now + MARGIN_SECONDS);
}

/** Whether nobody but this operator can take from the offer, or change it, while a promise is being kept. */
export function isOurs({ pledge }: OfferRow, operatorId: number, now: number): boolean {
	return pledge !== null && pledge.operatorId === operatorId && pledge.until >= now + MARGIN_SECONDS;
}
