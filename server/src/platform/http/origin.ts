/**
 * Whether a request that changes something may come from this page. Browsers send `Origin` with every such request;
 * programs without a browser send none and carry no ambient cookies of somebody else.
 */
export function isOwnOrigin(origin: string | null | undefined, publicUrl: string): boolean {
	return origin === null || origin === undefined || origin === new URL(publicUrl).origin;
}
