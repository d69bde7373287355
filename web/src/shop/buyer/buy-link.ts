/** Where *Buy* leads: everything checkout needs is in the address, also which version of the listing was read. */
export function buyLink(offerId: string, version: number, quantity: number, referrer: string | null): string {
	const query = new URLSearchParams({ offer: offerId, v: String(version), n: String(quantity) });
	if (referrer) query.set('ref', referrer);
	return `/checkout?${query}`;
}

/** Who referred the visitor, if the address names an account. */
export function referrerOf(query: { get(name: string): string | null }): `0x${string}` | null {
	const ref = query.get('ref');
	return ref && /^0x[0-9a-fA-F]{40}$/.test(ref) && !/^0x0{40}$/.test(ref) ? (ref as `0x${string}`) : null;
}
