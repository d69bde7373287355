import { expect, test } from 'vitest';
import type { Rpc } from '#platform/api/json-rpc.ts';
import { orderOfTransaction, readSearch } from './find.ts';

const hash = `0x${'ab'.repeat(32)}` as const;

test('default: hashes with or without prefix, slugs, whole links', () => {
	expect(readSearch(` ${hash} `)).toEqual({ kind: 'hash', hash });
	expect(readSearch('AB'.repeat(32))).toEqual({ kind: 'hash', hash });
	expect(readSearch('Blue-Harbor')).toEqual({ kind: 'slug', slug: 'blue-harbor' });
	expect(readSearch(`http://localhost:4000/orders/${hash}?x=1`)).toEqual({ kind: 'hash', hash });
	expect(readSearch('https://kaishi.example/s/tea-house/')).toEqual({ kind: 'slug', slug: 'tea-house' });
});

test('error: nothing to look for', () => {
	expect(readSearch('')).toEqual({ kind: 'nothing' });
	expect(readSearch('茶')).toEqual({ kind: 'nothing' });
});

test('default: the order that a transaction touched', async () => {
	const answer =
		(logs: unknown[] | null): Rpc =>
		async <T>() =>
			(logs ? { logs } : null) as T;
	const account = `0x${'0'.repeat(24)}${'1'.repeat(40)}`;
	expect(
		await orderOfTransaction(
			hash,
			'0xBB',
			answer([
				{ address: '0xaa', topics: ['0x1', hash] },
				{ address: '0xbb', topics: ['0x2', account] },
				{ address: '0xbb', topics: ['0x3', hash] },
			]),
		),
	).toBe(hash);
	expect(await orderOfTransaction(hash, '0xbb', answer([]))).toBeNull();
	expect(await orderOfTransaction(hash, '0xbb', answer(null))).toBeNull();
});
