/**
 * For one order, action or deadline alone: many times what it takes, and little for a contract that signs by burning gas.
 * It is looked at with this much and sent with this much.
 */
export const INTENT_GAS = 1_500_000n;

/** For each of many in one transaction, where only keys sign: twice what an order takes. Who needs more is found by halving. */
const SHARED_GAS = 250_000n;

export const gasOfOrders = (count: number): bigint => INTENT_GAS + BigInt(Math.max(0, count - 1)) * SHARED_GAS;
