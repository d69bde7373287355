import type { OrderState } from '@kaishi/protocol/order';

export type { NextAction, OrderView } from '@kaishi/protocol/order';

// As in the protocol, without its hashing library.

export const ended = (state: OrderState): boolean => state === 'completed' || state === 'refunded' || state === 'ruled' || state === 'settled';

export const MAX_REASON_PICTURES = 6;
export const MAX_OFFER_SECONDS = 48 * 3600;
