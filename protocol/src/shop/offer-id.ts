/** `shopId << 32 | sequence`, as in ICatalog.sol. */
export const listingIdOf = (shopId: bigint, sequence: bigint): bigint => (shopId << 32n) | sequence;
/** `listingId << 16 | variant`. */
export const offerIdOf = (listingId: bigint, variant: number): bigint => (listingId << 16n) | BigInt(variant);
export const listingOfOffer = (offerId: bigint): bigint => offerId >> 16n;
export const shopOfListing = (listingId: bigint): bigint => listingId >> 32n;
export const sequenceOfListing = (listingId: bigint): number => Number(listingId & 0xffffffffn);
export const variantOfOffer = (offerId: bigint): number => Number(offerId & 0xffffn);
/** The vault account that holds a shop's proceeds. */
export const shopAccountOf = (shopId: bigint): `0x${string}` => `0x${shopId.toString(16).padStart(40, '0')}`;
/** `stock` of offers that never run out. */
export const UNLIMITED_STOCK = (1n << 48n) - 1n;
