import { type Address, concat, type Hex, size } from 'viem';

/** In place of the buyer's signature of an order: the address of a tab's key and the key's ECDSA signature of the order's id. */
export const tabSignature = (key: Address, signature: Hex): Hex => concat([key, signature]);

/** No other signature that the order book knows has this length. */
export const isTabSignature = (signature: Hex): boolean => size(signature) === 85;
