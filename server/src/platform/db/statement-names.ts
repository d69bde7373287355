import { createHash } from 'node:crypto';

const names = new Map<string, string>();

/** Statements beyond this many are not prepared: each prepared one occupies memory in every connection. */
const LIMIT = 400;

/** A name under which PostgreSQL keeps the parsed statement, so hot statements are parsed once per connection. */
export function nameOfStatement(sql: string): string | undefined {
	const known = names.get(sql);
	if (known) return known;
	if (names.size >= LIMIT) return undefined;
	const name = `s${createHash('sha1').update(sql).digest('base64url')}`;
	names.set(sql, name);
	return name;
}
