/** JSON that says how long it is: Node reads exactly so much, so nobody has to count along. */
export function isMeasuredJson(headers: Headers): boolean {
	return headers.has('content-length') && !headers.has('transfer-encoding') && (headers.get('content-type') ?? '').startsWith('application/json');
}
