import {
	acceptOffer,
	due,
	type LifecycleTerms,
	type OrderAction,
	type OrderRole,
	type OrderSlot,
	perform,
	placedSlot,
	rule,
} from '../../protocol/src/order/lifecycle.ts';

/** Everything that can be asked of the order book about one order. `requestPart` is `requestRefund` for a half, `settle` the acceptance of the other side's offer. */
export const moves = [
	'place',
	'ship',
	'confirm',
	'cancel',
	'refund',
	'dispute',
	'acknowledge',
	'requestRefund',
	'requestPart',
	'requestReturn',
	'requestExchange',
	'grant',
	'sendBack',
	'acceptReturn',
	'join',
	'settle',
	'rule',
	'settleDue',
] as const;
export type Move = (typeof moves)[number];

export const actors = ['buyer', 'seller', 'arbitrator', 'stranger'] as const;
export type Actor = (typeof actors)[number];

const HALF_BPS = 5000;

/** What the model makes of a move; `slot` null before the order is placed. */
export function play(terms: LifecycleTerms, slot: OrderSlot | null, move: Move, actor: Actor, now: number): OrderSlot | string {
	const role: OrderRole | null = actor === 'stranger' ? null : actor;
	if (move === 'place') return place(terms, slot, role, now);
	if (slot === null) return 'OrderBook_WrongState';
	if (move === 'rule') return rule(slot, role, now);
	if (move === 'settle') return acceptOffer(slot, role);
	if (move === 'settleDue') return due(terms, slot, now);
	if (move === 'requestPart') return perform(terms, slot, 'requestRefund', role, now, HALF_BPS);
	return perform(terms, slot, move satisfies OrderAction, role, now);
}

/** An order is placed once, by its buyer. */
function place(terms: LifecycleTerms, slot: OrderSlot | null, role: OrderRole | null, now: number): OrderSlot | string {
	if (slot !== null) return 'OrderBook_AlreadyPlaced';
	return role === 'buyer' ? placedSlot(terms, now) : 'OrderBook_NotBuyer';
}
