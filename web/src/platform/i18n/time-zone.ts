export const TIME_ZONE_COOKIE = 'kaishi_tz';

/** A time zone that Intl knows, else UTC. Server and browser write dates in the same zone, so nothing jumps on load. */
export function timeZoneOf(value: string | undefined): string {
	if (!value || value.length > 64) return 'UTC';
	try {
		return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
	} catch {
		return 'UTC';
	}
}

/** Remembers the browser's zone; true when it differs from the one the page was written in. */
export function rememberTimeZone(shown: string): boolean {
	const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
	if (!own || own === shown) return false;
	document.cookie = `${TIME_ZONE_COOKIE}=${own}; Path=/; Max-Age=31536000; SameSite=Lax`;
	return true;
}
