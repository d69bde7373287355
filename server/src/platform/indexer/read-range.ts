import type { Address } from 'viem';
import type { Range } from './apply-range.ts';
import type { DecodeLog } from './decode-log.ts';
import type { BlockRef, LogSource, RawLog } from './log-source.ts';
import type { ChainEvent } from './projection.ts';

/** What stands between `cursor` (null: before the first block) and at most `size` blocks further. */
export interface RangeRequest {
	source: LogSource;
	decode: DecodeLog;
	addresses: readonly Address[];
	from: bigint;
	/** Hash of the block before `from`, where known. */
	parentHash: string | null;
	head: BlockRef;
	size: bigint;
}

/** Reads a range; null when the chain changed under our hands, which the next try sees more clearly. */
export async function readRange(request: RangeRequest): Promise<{ range: Range; logs: number } | null> {
	const { source, head, from } = request;
	const last = from + request.size - 1n < head.number ? from + request.size - 1n : head.number;
	const finalized = await source.finalized(head);
	const logs = await source.logs(from, last, request.addresses);
	const wanted = new Set(logs.map((log) => log.blockNumber));
	for (let number = finalized + 1n > from ? finalized + 1n : from; number <= last; number++) wanted.add(number);
	wanted.add(last);
	const refs = await readBlocks(source, [...wanted]);
	if (refs === null || !isOneBranch(refs, logs, request)) return null;
	const to = refs.get(last);
	if (!to) return null;
	const blocks = [...refs.values()].filter((block) => block.number > finalized || block.number === last);
	return { logs: logs.length, range: { to, blocks, events: decodeAll(request.decode, logs, refs), finalized, announce: last === head.number } };
}

async function readBlocks(source: LogSource, numbers: bigint[]): Promise<Map<bigint, BlockRef> | null> {
	numbers.sort((a, b) => (a < b ? -1 : 1));
	const blocks = await Promise.all(numbers.map((number) => source.block(number)));
	const refs = new Map<bigint, BlockRef>();
	for (const block of blocks) {
		if (block === null) return null;
		refs.set(block.number, block);
	}
	return refs;
}

function isOneBranch(refs: Map<bigint, BlockRef>, logs: readonly RawLog[], request: RangeRequest): boolean {
	for (const block of refs.values()) {
		const parent = block.number === request.from ? request.parentHash : (refs.get(block.number - 1n)?.hash ?? null);
		if (parent !== null && parent !== block.parentHash) return false;
	}
	return logs.every((log) => refs.get(log.blockNumber)?.hash === log.blockHash);
}

function decodeAll(decode: DecodeLog, logs: readonly RawLog[], refs: Map<bigint, BlockRef>): ChainEvent<never>[] {
	const events: ChainEvent<never>[] = [];
	for (const log of logs) {
		const event = decode(log, refs.get(log.blockNumber)?.timestamp ?? 0);
		if (event) events.push(event);
	}
	return events;
}
