import type { Rpc } from '#platform/api/json-rpc.ts';

export type Search = { kind: 'hash'; hash: `0x${string}` } | { kind: 'slug'; slug: string } | { kind: 'nothing' };

/** What somebody may have pasted: 32 bytes are an order or a transaction, a word is a shop, links end in either. */
export function readSearch(text: string): Search {
	const last =
		text
			.trim()
			.replace(/[#?].*$/, '')
			.replace(/\/+$/, '')
			.split('/')
			.at(-1) ?? '';
	if (/^(0x)?[0-9a-fA-F]{64}$/.test(last)) return { kind: 'hash', hash: `0x${last.replace(/^0x/, '').toLowerCase()}` };
	const slug = last.toLowerCase();
	return /^[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$/.test(slug) ? { kind: 'slug', slug } : { kind: 'nothing' };
}

/** The first order that a transaction touched, asked of the chain by this browser; null when it touched none. */
export async function orderOfTransaction(hash: `0x${string}`, orderBook: string, rpc: Rpc): Promise<`0x${string}` | null> {
	const receipt = await rpc<{ logs: { address: string; topics: `0x${string}`[] }[] } | null>('eth_getTransactionReceipt', [hash]);
	// Every event about an order names it first; balances' events name an account, which is padded with zeros.
	const log = receipt?.logs.find(
		(l) => l.address.toLowerCase() === orderBook.toLowerCase() && l.topics[1] && !l.topics[1].startsWith('0x000000000000000000000000'),
	);
	return log?.topics[1] ?? null;
}
