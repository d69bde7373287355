import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Page } from '@kaishi/protocol/platform/proof';

/** An opaque place in an ordered list: the sort values of the last row shown. */
export function encodeCursor(values: readonly (string | number)[]): string {
	return Buffer.from(JSON.stringify(values.map(String))).toString('base64url');
}

/** What a place is made of, no longer than its column holds: PostgreSQL must not stumble over what strangers write. */
const PARTS = { bigint: /^\d{1,18}$/, int: /^\d{1,9}$/, numeric: /^-?\d{1,120}$/, hash: /^0x[0-9a-f]{64}$/, hex16: /^[0-9a-f]{16}$/ };

/** Null for the first page. Throws a refusal on anything but a cursor with `parts` of ours. */
export function decodeCursor(cursor: string | null | undefined, parts: readonly (keyof typeof PARTS)[]): string[] | null {
	if (!cursor) return null;
	const values = parse(cursor);
	const fits = (value: unknown, i: number) => typeof value === 'string' && PARTS[parts[i] ?? 'int'].test(value);
	if (!Array.isArray(values) || values.length !== parts.length || !values.every(fits)) throw new Refusal('Request_InvalidCursor', 'invalid');
	return values as string[];
}

function parse(cursor: string): unknown {
	try {
		return JSON.parse(Buffer.from(cursor, 'base64url').toString());
	} catch {
		return null;
	}
}

/** Cuts one row more than a page holds into the page and the cursor of what follows. */
export function toPage<R, T>(rows: readonly R[], limit: number, item: (row: R) => T, place: (row: R) => readonly (string | number)[]): Page<T> {
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	return { items: shown.map(item), next: rows.length > limit && last !== undefined ? encodeCursor(place(last)) : null };
}

/** Between 1 and `max`; `usual` when not asked for. */
export function pageSize(limit: number | undefined, usual: number, max: number): number {
	if (limit === undefined || !Number.isInteger(limit)) return usual;
	return Math.min(Math.max(limit, 1), max);
}
