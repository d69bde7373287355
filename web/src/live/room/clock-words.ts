const two = (n: number) => String(n).padStart(2, '0');

/** 65_000 → 1:05, 3_661_000 → 1:01:01: a place in a recording. */
export function clockOf(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `1:05` or `65` of a link → milliseconds; 0 for anything else. */
export function placeOf(text: string | null): number {
	const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(text ?? '');
	if (clock) return ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000;
	return /^\d{1,6}$/.test(text ?? '') ? Number(text) * 1000 : 0;
}
