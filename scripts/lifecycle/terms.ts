import type { LifecycleTerms } from '../../protocol/src/order/lifecycle.ts';
import { REMEDY_EXCHANGE, REMEDY_REFUND_ONLY } from '../../protocol/src/order/order.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** When the orders of the table are placed: the second after a new test chain's market is set up lies before it. */
export const PLACED_AT = Date.parse('2030-06-01T00:00:00Z') / 1000;

const plain: LifecycleTerms = {
	shipDate: 0,
	shipBySeconds: 2 * DAY,
	confirmBySeconds: 7 * DAY,
	cancelSeconds: HOUR,
	returnSeconds: 0,
	warrantySeconds: 0,
	warrantyBps: 0,
	remedies: 0,
	court: false,
};
const everything: LifecycleTerms = {
	...plain,
	returnSeconds: 10 * DAY,
	warrantySeconds: 60 * DAY,
	warrantyBps: 1000,
	remedies: REMEDY_EXCHANGE | REMEDY_REFUND_ONLY,
};

/** The kinds of terms under which the table is worked out. */
export const termsByName: Record<string, LifecycleTerms> = {
	/** No return, no warranty; a person rules. */
	plain,
	/** Returns without reason, but neither exchange nor money back for kept goods. */
	returns: { ...plain, returnSeconds: 10 * DAY },
	/** Every remedy by right and a warranty; a person rules. */
	everything,
	/** The same before a court, which takes a fee from both sides. */
	everythingBeforeACourt: { ...everything, court: true },
	/** A file that cannot be given back. */
	digital: { ...plain, shipBySeconds: 0, cancelSeconds: 0, court: true },
	/** A file that can be given back for a day, unless the key was taken. */
	digitalWithReturn: { ...plain, shipBySeconds: 0, cancelSeconds: 0, returnSeconds: DAY, remedies: REMEDY_EXCHANGE | REMEDY_REFUND_ONLY },
	/** Ships in twenty days, and may be cancelled until an hour after that. */
	preOrder: { ...plain, shipDate: PLACED_AT + 20 * DAY },
};
