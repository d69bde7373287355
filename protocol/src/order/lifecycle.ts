import type { OfferTerms } from './order.ts';
import { REMEDY_EXCHANGE, REMEDY_REFUND_ONLY } from './order.ts';

/** In the contract's order (`State` in IOrderBook.sol): the index is the stored number. */
export const orderStates = [
	'none',
	'placed',
	'shipped',
	'disputed',
	'completed',
	'refunded',
	'ruled',
	'delivered',
	'requested',
	'returning',
	'returned',
	'replacing',
	'contested',
	'warranty',
	'settled',
] as const;
export type OrderState = (typeof orderStates)[number];

/** In the contract's order (`Action` in IOrderBook.sol). */
export const orderActions = [
	'ship',
	'confirm',
	'cancel',
	'refund',
	'dispute',
	'acknowledge',
	'requestRefund',
	'requestReturn',
	'requestExchange',
	'grant',
	'sendBack',
	'acceptReturn',
	'join',
] as const;
export type OrderAction = (typeof orderActions)[number];

/** In the contract's order (`Remedy` in IOrderBook.sol). */
export const remedies = ['refund', 'return', 'exchange'] as const;
export type Remedy = (typeof remedies)[number];

/** In the contract's order (`Side` in IArbitration.sol). */
export const sides = ['buyer', 'seller'] as const;
export type Side = (typeof sides)[number];

export type OrderRole = 'buyer' | 'seller' | 'arbitrator';

/** How long a side has to answer the other; how long goods may take back, to be looked at, and to be replaced; how long the arbitrator has. */
export const ANSWER_SECONDS = 3 * 86_400;
export const PARCEL_SECONDS = 7 * 86_400;
export const RULING_SECONDS = 30 * 86_400;

const BPS = 10_000;

/** What stands in an order's storage word: `Slot` in Lifecycle.sol. */
export interface OrderSlot {
	state: OrderState;
	/** Unix seconds; 0 when nothing waits. */
	deadline: number;
	/** Steps taken since the order was placed: what is signed, is signed for one of them. */
	step: number;
	/** End of the warranty; not 0 once the sale is completed and only the reserve is left in escrow. */
	warrantyEnd: number;
	remedy: Remedy;
	/** The asked part of what the escrow holds. */
	bps: number;
	/** The terms grant the remedy without anyone's consent. */
	byRight: boolean;
	exchanged: boolean;
	/** Who brought the order before the court. */
	opener: Side;
}

/** The terms that the lifecycle reads, and whether the arbitrator is a court, which takes a fee from both sides. */
export type LifecycleTerms = Pick<
	OfferTerms,
	'shipDate' | 'shipBySeconds' | 'confirmBySeconds' | 'cancelSeconds' | 'returnSeconds' | 'warrantySeconds' | 'warrantyBps' | 'remedies'
> & { court: boolean };

/** The names of the contract's errors. */
export type LifecycleRefusal =
	| 'OrderBook_WrongState'
	| 'OrderBook_NotBuyer'
	| 'OrderBook_NotSeller'
	| 'OrderBook_NotArbitrator'
	| 'OrderBook_TooEarly'
	| 'OrderBook_TooLate'
	| 'OrderBook_NotAgreed'
	| 'OrderBook_InvalidShare';

export const ended = (state: OrderState) => state === 'completed' || state === 'refunded' || state === 'ruled' || state === 'settled';

/** Paid and not yet over: every such state has a deadline and a default. */
export const isOpen = (state: OrderState) => state !== 'none' && !ended(state);

export const isDigital = (terms: Pick<OfferTerms, 'shipBySeconds'>) => terms.shipBySeconds === 0;

/** A freshly placed order's slot. `now` is chain time in Unix seconds. */
export function placedSlot(terms: LifecycleTerms, now: number): OrderSlot {
	const digital = isDigital(terms);
	const deadline = Math.max(now, terms.shipDate) + (digital ? terms.confirmBySeconds : terms.shipBySeconds);
	const fresh = { step: 0, warrantyEnd: 0, remedy: 'refund', bps: 0, byRight: false, exchanged: false, opener: 'buyer' } as const;
	return { state: digital ? 'shipped' : 'placed', deadline, ...fresh };
}

/** Until when a placed order may be cancelled: a pre-order some time after its ship date. */
export const cancelUntil = (terms: Pick<OfferTerms, 'shipBySeconds' | 'cancelSeconds'>, slot: OrderSlot) =>
	slot.deadline - terms.shipBySeconds + terms.cancelSeconds;

/**
 * What a step of one of the sides makes of an order: the next slot, or why the contract refuses it. Checks come in the
 * contract's order: state, actor, time, terms. The same table as `vectors/order-lifecycle.json`.
 */
export function perform(
	terms: LifecycleTerms,
	slot: OrderSlot,
	action: OrderAction,
	role: OrderRole | null,
	now: number,
	bps = BPS,
): OrderSlot | LifecycleRefusal {
	const rule = rules[action];
	if (!rule.from(slot.state)) return 'OrderBook_WrongState';
	const side = typeof rule.by === 'function' ? rule.by(slot) : rule.by;
	if (role !== side) return side === 'buyer' ? 'OrderBook_NotBuyer' : 'OrderBook_NotSeller';
	if (rule.inTime && now > slot.deadline) return 'OrderBook_TooLate';
	return rule.to(terms, slot, now, bps);
}

/** What becomes of an order whose deadline has passed, whoever asks for it; see {@link perform}. */
export function due(terms: LifecycleTerms, slot: OrderSlot, now: number): OrderSlot | LifecycleRefusal {
	if (!isOpen(slot.state)) return 'OrderBook_WrongState';
	if (now <= slot.deadline) return 'OrderBook_TooEarly';
	switch (slot.state) {
		case 'placed':
		case 'replacing':
		case 'returned':
			return end(slot, 'refunded');
		case 'shipped':
			return presumeDelivered(terms, slot, now);
		case 'requested':
			return granted(terms, slot, now);
		case 'contested':
			return slot.opener === 'buyer' ? end(slot, 'refunded') : concluded(terms, slot, now);
		case 'disputed':
			return end(slot, 'ruled');
		default:
			return concluded(terms, slot, now);
	}
}

/** The agreed arbitrator decides. */
export function rule(slot: OrderSlot, role: OrderRole | null, now: number): OrderSlot | LifecycleRefusal {
	if (slot.state !== 'disputed') return 'OrderBook_WrongState';
	if (role !== 'arbitrator') return 'OrderBook_NotArbitrator';
	return now > slot.deadline ? 'OrderBook_TooLate' : end(slot, 'ruled');
}

/** One side accepts the other's signed offer of a split. */
export function acceptOffer(slot: OrderSlot, role: OrderRole | null): OrderSlot | LifecycleRefusal {
	if (!isOpen(slot.state)) return 'OrderBook_WrongState';
	return role === 'buyer' || role === 'seller' ? end(slot, 'settled') : 'OrderBook_NotSeller';
}

/** What the terms grant without anyone's consent: inside the return window, before a digital key is taken. */
export function isByRight(terms: LifecycleTerms, slot: OrderSlot, remedy: Remedy, now: number): boolean {
	if (terms.returnSeconds === 0 || slot.warrantyEnd !== 0) return false;
	if (isDigital(terms)) {
		if (slot.state !== 'shipped' || slot.exchanged || now > slot.deadline - terms.confirmBySeconds + terms.returnSeconds) return false;
	} else if (slot.state !== 'delivered') return false;
	if (remedy === 'return') return true;
	if (remedy === 'refund') return (terms.remedies & REMEDY_REFUND_ONLY) !== 0;
	return (terms.remedies & REMEDY_EXCHANGE) !== 0 && !slot.exchanged;
}

interface Rule {
	from: (state: OrderState) => boolean;
	by: Side | ((slot: OrderSlot) => Side);
	inTime: boolean;
	to: (terms: LifecycleTerms, slot: OrderSlot, now: number, bps: number) => OrderSlot | LifecycleRefusal;
}

const among =
	(...states: OrderState[]) =>
	(state: OrderState) =>
		states.includes(state);
const otherSide = (side: Side): Side => (side === 'buyer' ? 'seller' : 'buyer');

const rules: Record<OrderAction, Rule> = {
	ship: { from: among('placed', 'replacing'), by: 'seller', inTime: true, to: (terms, slot, now) => enter(slot, 'shipped', now + terms.confirmBySeconds) },
	confirm: { from: isOpen, by: 'buyer', inTime: false, to: concluded },
	cancel: {
		from: among('placed'),
		by: 'buyer',
		inTime: false,
		to: (terms, slot, now) => (now > cancelUntil(terms, slot) ? 'OrderBook_TooLate' : end(slot, 'refunded')),
	},
	refund: { from: isOpen, by: 'seller', inTime: false, to: (_, slot) => end(slot, 'refunded') },
	dispute: {
		from: among('shipped', 'delivered', 'requested', 'returned'),
		by: buyersToDispute,
		inTime: true,
		to: (terms, slot, now) => {
			const opened = { ...slot, opener: buyersToDispute(slot) };
			return terms.court ? enter(opened, 'contested', now + ANSWER_SECONDS) : enter(opened, 'disputed', now + RULING_SECONDS);
		},
	},
	acknowledge: {
		from: among('shipped'),
		by: 'buyer',
		inTime: true,
		to: (terms, slot, now) => {
			if (terms.returnSeconds === 0 || slot.warrantyEnd !== 0) return 'OrderBook_NotAgreed';
			return enter(slot, 'delivered', now + (isDigital(terms) ? terms.confirmBySeconds : terms.returnSeconds));
		},
	},
	requestRefund: request('refund'),
	requestReturn: request('return'),
	requestExchange: request('exchange'),
	grant: { from: among('requested'), by: 'seller', inTime: false, to: granted },
	sendBack: { from: among('returning'), by: 'buyer', inTime: true, to: (_, slot, now) => enter(slot, 'returned', now + PARCEL_SECONDS) },
	acceptReturn: { from: among('returned'), by: 'seller', inTime: false, to: (_, slot, now) => taken(slot, now) },
	join: { from: among('contested'), by: (slot) => otherSide(slot.opener), inTime: true, to: (_, slot, now) => enter(slot, 'disputed', now + RULING_SECONDS) },
};

function buyersToDispute({ state }: OrderSlot): Side {
	return state === 'shipped' || state === 'delivered' ? 'buyer' : 'seller';
}

function request(remedy: Remedy): Rule {
	return {
		from: among('shipped', 'delivered', 'warranty'),
		by: 'buyer',
		inTime: true,
		to: (terms, slot, now, bps) => {
			const asked = remedy === 'refund' ? bps : BPS;
			if (asked === 0 || asked > BPS) return 'OrderBook_InvalidShare';
			const wanted = { ...slot, remedy, bps: asked, byRight: isByRight(terms, slot, remedy, now) };
			return wanted.byRight ? granted(terms, wanted, now) : enter(wanted, 'requested', now + ANSWER_SECONDS);
		},
	};
}

function granted(terms: LifecycleTerms, slot: OrderSlot, now: number): OrderSlot {
	if (slot.remedy === 'refund') return end(slot, slot.bps === BPS ? 'refunded' : 'settled');
	return isDigital(terms) ? taken(slot, now) : enter(slot, 'returning', now + PARCEL_SECONDS);
}

function taken(slot: OrderSlot, now: number): OrderSlot {
	return slot.remedy === 'exchange' ? enter({ ...slot, exchanged: true }, 'replacing', now + PARCEL_SECONDS) : end(slot, 'refunded');
}

/** The sale stands; under a warranty the reserve waits for its end, and a claim that is over leads back to it. */
function concluded(terms: LifecycleTerms, slot: OrderSlot, now: number): OrderSlot {
	if (terms.warrantyBps === 0 || slot.state === 'warranty') return end(slot, 'completed');
	const warrantyEnd = slot.warrantyEnd || now + terms.warrantySeconds;
	return enter({ ...slot, warrantyEnd }, 'warranty', warrantyEnd);
}

function presumeDelivered(terms: LifecycleTerms, slot: OrderSlot, now: number): OrderSlot {
	const windowEnd = slot.deadline + terms.returnSeconds;
	if (now > windowEnd || slot.warrantyEnd !== 0 || isDigital(terms)) return concluded(terms, slot, now);
	return enter(slot, 'delivered', windowEnd);
}

function enter(slot: OrderSlot, state: OrderState, deadline: number): OrderSlot {
	return { ...slot, state, deadline, step: slot.step + 1 };
}

function end(slot: OrderSlot, state: OrderState): OrderSlot {
	return { state, deadline: 0, step: slot.step + 1, warrantyEnd: 0, remedy: 'refund', bps: 0, byRight: false, exchanged: false, opener: 'buyer' };
}
