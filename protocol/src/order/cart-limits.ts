// Apart from the rest of the order, for pages that only count: this much of it every page loads.

/** Different offers in one cart: what one user operation places. */
export const MAX_CART_LINES = 20;
/** Pieces of one offer in a cart. */
export const MAX_CART_QUANTITY = 99;
