import {
	cancelUntil,
	due,
	ended,
	isByRight,
	isOpen,
	type LifecycleTerms,
	type OrderAction,
	type OrderRole,
	type OrderSlot,
	type OrderState,
	orderActions,
	perform,
	type Remedy,
	rule,
} from './lifecycle.ts';

export interface NextAction {
	action: OrderAction | 'rule' | 'settle' | 'settleDue' | 'review';
	/** Unix seconds; null when open-ended. */
	until: number | null;
	/** Of a request: it takes effect at once, by the terms. */
	byRight?: boolean;
}

/** What happens by itself when a waiting state's deadline passes. */
export type DeadlineDefault =
	/** All that is held goes back to the buyer (a return without reason: less what the terms keep). */
	| 'refund'
	/** The part that the buyer asked for goes back, the rest to the seller. */
	| 'settle'
	/** The seller is paid; a warranty reserve waits on. */
	| 'release'
	/** The goods count as delivered and the return window runs. */
	| 'deliver'
	/** The buyer may send the goods back. */
	| 'return'
	/** The seller has to send another piece. */
	| 'replace'
	/** The claim is dropped and the warranty runs on. */
	| 'resume'
	/** Even parts for both. */
	| 'split';

const requested: Partial<Record<OrderAction, Remedy>> = { requestRefund: 'refund', requestReturn: 'return', requestExchange: 'exchange' };

/**
 * What `role` may do now, in the order in which it is worth offering. `now` is chain time in Unix seconds. Every entry is an
 * action that {@link perform} accepts; `confirm` and `refund` are possible concessions in every open state.
 */
export function nextActions(order: { slot: OrderSlot; terms: LifecycleTerms; reviewed?: boolean }, role: OrderRole | null, now: number): NextAction[] {
	const { slot, terms } = order;
	const actions: NextAction[] = [];
	if (role === 'buyer' || role === 'seller') {
		for (const action of orderActions) {
			if (typeof perform(terms, slot, action, role, now) === 'string') continue;
			const remedy = requested[action];
			actions.push({ action, until: until(terms, slot, action), ...(remedy && { byRight: isByRight(terms, slot, remedy, now) }) });
		}
		if (isOpen(slot.state)) actions.push({ action: 'settle', until: null });
		if ((ended(slot.state) || slot.state === 'warranty') && !order.reviewed) actions.push({ action: 'review', until: null });
	}
	if (typeof rule(slot, role, now) !== 'string') actions.push({ action: 'rule', until: slot.deadline });
	if (typeof due(terms, slot, now) !== 'string') actions.push({ action: 'settleDue', until: null });
	return actions;
}

/** Actions that a passed deadline takes away have that deadline; concessions stay. */
function until(terms: LifecycleTerms, slot: OrderSlot, action: OrderAction): number | null {
	if (action === 'cancel') return cancelUntil(terms, slot);
	return action === 'confirm' || action === 'refund' || action === 'grant' || action === 'acceptReturn' ? null : slot.deadline;
}

/** What {@link due} will make of the order; null when nothing waits. */
export function deadlineDefault(terms: LifecycleTerms, slot: OrderSlot): DeadlineDefault | null {
	const next = due(terms, slot, slot.deadline + 1);
	if (typeof next === 'string') return null;
	const outcomes: Partial<Record<OrderState, DeadlineDefault>> = {
		refunded: 'refund',
		settled: 'settle',
		completed: 'release',
		delivered: 'deliver',
		returning: 'return',
		replacing: 'replace',
		warranty: slot.warrantyEnd === 0 ? 'release' : 'resume',
		ruled: 'split',
	};
	return outcomes[next.state] ?? null;
}
