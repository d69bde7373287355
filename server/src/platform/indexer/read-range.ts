import type { Address } from 'viem';
import type { DecodeLog } from './decode-log.ts';
import type { BlockRef, LogSource, RawLog } from './log-source.ts';
import type { ChainEvent } from './projection.ts';

/** A stretch of the chain, all on one branch. */
export interface Range {
	/** Last block of the range; the cursor's next place. */
	to: BlockRef;
	/** The block `finalized` if it is in the range, every one above it, and `to`. */
	blocks: readonly BlockRef[];
	events: readonly ChainEvent<never>[];
	finalized: bigint;
	/** False while catching up: nobody waits for news of long ago. */
	announce: boolean;
}

/** At most `size` blocks after `cursor` (null: from the first that can hold our events). */
export interface RangeRequest {
	source: LogSource;
	decode: DecodeLog;
	addresses: readonly Address[];
	from: bigint;
	cursor: { number: bigint; hash: string } | null;
	head: BlockRef;
	size: bigint;
}

/**
 * Reads a range; null when the chain changed under our hands, which the next try sees more clearly. All is read between
 * two looks at the last block: as long as that one stays the same, so does everything below it.
 */
export async function readRange(request: RangeRequest): Promise<{ range: Range; logs: number } | null> {
	const { source, head, from, cursor } = request;
	const last = from + request.size - 1n < head.number ? from + request.size - 1n : head.number;
	const to = await source.block(last);
	if (to === null) return null;
	const finalized = await source.finalized(head);
	const logs = await source.logs(from, last, request.addresses);
	const refs = await readBlocks(source, numbersToRead(logs, from, last, finalized));
	if (refs === null || !logs.every((log) => refs.get(log.blockNumber)?.hash === log.blockHash)) return null;
	if (cursor && (await source.block(cursor.number))?.hash !== cursor.hash) return null;
	if ((await source.block(last))?.hash !== to.hash) return null;
	refs.set(last, to);
	const blocks = [...refs.values()].filter((block) => block.number >= finalized || block.number === last);
	return { logs: logs.length, range: { to, blocks, events: decodeAll(request.decode, logs, refs), finalized, announce: last === head.number } };
}

/** Blocks with logs, for their times; and the last final one with all above, for finding back after a reorganisation. */
function numbersToRead(logs: readonly RawLog[], from: bigint, last: bigint, finalized: bigint): bigint[] {
	const wanted = new Set(logs.map((log) => log.blockNumber));
	for (let number = finalized > from ? finalized : from; number <= last; number++) wanted.add(number);
	return [...wanted];
}

async function readBlocks(source: LogSource, numbers: readonly bigint[]): Promise<Map<bigint, BlockRef> | null> {
	const blocks = await Promise.all(numbers.map((number) => source.block(number)));
	const refs = new Map<bigint, BlockRef>();
	for (const block of blocks) {
		if (block === null) return null;
		refs.set(block.number, block);
	}
	return refs;
}

function decodeAll(decode: DecodeLog, logs: readonly RawLog[], refs: Map<bigint, BlockRef>): ChainEvent<never>[] {
	const events: ChainEvent<never>[] = [];
	for (const log of logs) {
		const event = decode(log, refs.get(log.blockNumber)?.timestamp ?? 0);
		if (event) events.push(event);
	}
	return events;
}
