import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './page.ts';

const hash = `0x${'ab'.repeat(32)}`;

test('default: a cursor of ours comes back as it was', () => {
	expect(decodeCursor(encodeCursor([12, 3]), ['bigint', 'int'])).toEqual(['12', '3']);
	expect(decodeCursor(encodeCursor([12, hash]), ['bigint', 'hash'])).toEqual(['12', hash]);
	expect(decodeCursor(encodeCursor(['-5', '9'.repeat(110)]), ['numeric', 'numeric'])).toEqual(['-5', '9'.repeat(110)]);
	expect(decodeCursor(null, ['int'])).toBeNull();
});

test.each([
	['nonsense'],
	[encodeCursor([1])],
	[encodeCursor([1, 2, 3])],
	// Numbers that no column holds, and words of another list's cursor.
	[encodeCursor(['9'.repeat(30), 1])],
	[encodeCursor([1, '9'.repeat(15)])],
	[encodeCursor([hash, 1])],
	[encodeCursor([1, hash])],
	[Buffer.from('{"length":2}').toString('base64url')],
])('error: %s', (cursor) => {
	expect(() => decodeCursor(cursor, ['bigint', 'int'])).toThrow('Request_InvalidCursor');
});
