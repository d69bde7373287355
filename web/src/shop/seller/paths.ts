/** Where buyers see a shop. */
export const shopPath = (slug: string) => `/s/${slug}`;
/** Where buyers see a product. */
export const listingPath = (listingId: string) => `/p/${listingId}`;
/** Where the parties see an order. */
export const orderPath = (orderId: string) => `/orders/${orderId}`;
