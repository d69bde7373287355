import type { OrderState } from '@kaishi/protocol/order';

export type { NextAction, OrderView } from '@kaishi/protocol/order';

/** As in the protocol's lifecycle, without its hashing library. */
export const ended = (state: OrderState): boolean => state === 'completed' || state === 'refunded' || state === 'ruled' || state === 'settled';
