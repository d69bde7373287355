import type { OfferTerms } from './order.ts';

/** In the contract's order (`State` in IOrderBook.sol): the index is the stored number. */
export const orderStates = ['none', 'placed', 'shipped', 'disputed', 'completed', 'refunded', 'ruled'] as const;
export type OrderState = (typeof orderStates)[number];

/** In the contract's order (`Action` in IOrderBook.sol). */
export const orderActions = ['ship', 'confirm', 'cancel', 'refund', 'dispute'] as const;
export type OrderAction = (typeof orderActions)[number];
export type OrderRole = 'buyer' | 'seller' | 'arbitrator';

export const ended = (state: OrderState) => state === 'completed' || state === 'refunded' || state === 'ruled';

/** What happens by itself when a waiting state's deadline passes. */
export const deadlineDefault: Partial<Record<OrderState, 'refund' | 'release' | 'split'>> = {
	placed: 'refund',
	shipped: 'release',
	disputed: 'split',
};

export interface NextAction {
	action: OrderAction | 'rule' | 'settleDue' | 'review';
	/** Unix seconds; null when open-ended. */
	until: number | null;
}

/**
 * What `role` may do now. `deadline` is the state's, `now` chain time, both in Unix seconds.
 * The same table as `vectors/order-lifecycle.json`.
 */
export function nextActions(
	order: { state: OrderState; deadline: number; terms: Pick<OfferTerms, 'shipBySeconds' | 'cancelSeconds'>; reviewed?: boolean },
	role: OrderRole | null,
	now: number,
): NextAction[] {
	const { state, deadline } = order;
	const open = now <= deadline;
	const actions: NextAction[] = [];
	if (role === 'buyer') {
		if (state === 'placed') {
			const cancelUntil = deadline - order.terms.shipBySeconds + order.terms.cancelSeconds;
			if (now <= cancelUntil && open) actions.push({ action: 'cancel', until: Math.min(cancelUntil, deadline) });
			actions.push({ action: 'confirm', until: null });
		}
		if (state === 'shipped') {
			actions.push({ action: 'confirm', until: null });
			if (open) actions.push({ action: 'dispute', until: deadline });
		}
		if (state === 'disputed') actions.push({ action: 'confirm', until: null });
	}
	if (role === 'seller') {
		if (state === 'placed' && open) actions.push({ action: 'ship', until: deadline });
		if (state === 'placed' || state === 'shipped' || state === 'disputed') actions.push({ action: 'refund', until: null });
	}
	if (role === 'arbitrator' && state === 'disputed' && open) actions.push({ action: 'rule', until: deadline });
	if (role && role !== 'arbitrator' && ended(state) && !order.reviewed) actions.push({ action: 'review', until: null });
	if (!open && deadlineDefault[state]) actions.push({ action: 'settleDue', until: null });
	return actions;
}
